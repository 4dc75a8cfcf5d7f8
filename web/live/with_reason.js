/** A step that is told with its reason: the button asks for one before anything is done. */
import { useEffect, useRef, useState } from "preact/hooks";
import { html } from "./html.js";

function Reason({ does, asks, preset, isBusy, onGiven, onShut }) {
  const input = useRef(null);
  // Once: what is being typed is not to be selected anew.
  useEffect(() => input.current.select(), []);
  return html`
    <form class="row" onSubmit=${(event) => {
      event.preventDefault();
      onGiven(input.current.value.trim());
    }}>
      <label class="field grow"><span>${asks}</span>
          <input required maxlength="300" defaultValue=${preset} autocomplete="off" ref=${input} /></label>
      <button class="bottom" disabled=${isBusy}>${does}</button>
      <button type="button" class="bottom" onClick=${onShut}>Do not</button>
    </form>
  `;
}

/**
 * `label` opens it and `does` it; `preset` stands there to be taken or written over; `tone`: classes of the button;
 * `onGiven(reason)` resolves to whether it was done.
 */
export function WithReason({ label, does = label, asks, preset = "", tone, isBusy, onGiven }) {
  const [phase, setPhase] = useState("shut");
  const shut = () => setPhase("shut");
  if (phase === "shut") {
    return html`<button type="button" class=${tone} onClick=${() => setPhase("open")}>${label}</button>`;
  }
  return html`
    <${Reason} does=${does} asks=${asks} preset=${preset} isBusy=${isBusy} onShut=${shut}
      onGiven=${(reason) => onGiven(reason).then((wasDone) => wasDone && shut())} />
  `;
}
