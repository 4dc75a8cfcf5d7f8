/** A step that is told with its reason: the button asks for one before anything is done. */
import { useState } from "preact/hooks";
import { html } from "../live/html.js";

/** `preset` stands there to be taken or written over; `tone`: classes of the button; `onGiven(reason)` does it. */
export function WithReason({ label, asks, preset, tone, isBusy, onGiven }) {
  const [phase, setPhase] = useState("shut");
  if (phase === "shut") {
    return html`<button type="button" class=${tone} onClick=${() => setPhase("open")}>${label}</button>`;
  }
  return html`
    <form class="row with-reason" onSubmit=${(event) => {
      event.preventDefault();
      onGiven(new FormData(event.target).get("reason").trim());
      setPhase("shut");
    }}>
      <label class="field grow"><span>${asks}</span>
          <input name="reason" required maxlength="300" defaultValue=${preset} autocomplete="off"
            ref=${(input) => input?.select()} /></label>
      <button class="bottom" disabled=${isBusy}>${label}</button>
      <button type="button" class="bottom" onClick=${() => setPhase("shut")}>Do not</button>
    </form>
  `;
}
