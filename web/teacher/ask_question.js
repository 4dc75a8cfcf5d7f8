/** Asks the class: which item, as a question or a vote, and how long. */
import { useState } from "preact/hooks";
import { html } from "../live/html.js";
import { ItemPicker } from "./item_picker.js";

const LIMITS_S = [30, 60, 90, 120, 180, 300, 600];

function limitText(ms) {
  if (ms === null) return "no limit";
  return ms < 120_000 ? `${ms / 1_000} s` : `${ms / 60_000} min`;
}

export function AskQuestion({ lesson, course, usualMs, isAsked, isDisabled }) {
  const [itemId, setItemId] = useState("");
  const [purpose, setPurpose] = useState("question");
  const [limitS, setLimitS] = useState("");
  async function submit(event) {
    event.preventDefault();
    const limit_ms = limitS === "" ? null : Number(limitS) * 1_000;
    if (await lesson.send("next", { item_id: itemId === "" ? null : itemId, purpose, limit_ms })) setItemId("");
  }
  return html`
    <form class="stack" onSubmit=${submit}>
      <div class="row ask">
        <${ItemPicker} course=${course} label="Item" none="Drawn for the class" value=${itemId} onPick=${setItemId} />
        <label class="field"><span>As</span>
            <select value=${purpose} onChange=${({ target }) => setPurpose(target.value)}>
              <option value="question">a question</option>
              <option value="vote">a vote, to talk over</option>
            </select>
          </label>
        <label class="field"><span>Time</span>
            <select value=${limitS} onChange=${({ target }) => setLimitS(target.value)}>
              <option value="">usual (${limitText(usualMs)})</option>
              ${LIMITS_S.map((s) => html`<option key=${s} value=${s}>${limitText(s * 1_000)}</option>`)}
            </select>
          </label>
        <button class="primary" disabled=${isDisabled || isAsked}>${isAsked ? "Bringing it…" : "Ask the class"}</button>
      </div>
    </form>
  `;
}
