/** One student: what the lesson knows of them, and what their teacher may do for them. */
import { useState } from "preact/hooks";
import { Dialog } from "../live/dialog.js";
import { html } from "../live/html.js";
import { ItemPicker } from "./item_picker.js";
import { MessageForm } from "./message_form.js";
import { WellBeing } from "./well_being.js";

const MORE_MS = [30_000, 120_000];

function Admission({ lesson, row }) {
  const { user_id, admission } = row;
  if (admission !== "waiting" && admission !== "turned_away") return null;
  return html`<div class="row">
    <button class="primary" onClick=${() => lesson.send("admit", { user_id })}>Let in</button>
    ${
    admission === "waiting" && html`
      <button class="danger" onClick=${() => lesson.send("turn_away", { user_id })}>Turn away</button>
    `
  }
  </div>`;
}

function MoreTime({ lesson, row, question }) {
  if (question?.step !== "open" || question.deadline_ms === null || row.time_multiplier === null) return null;
  return html`<div class="row"><span>More time:</span>${
    MORE_MS.map((by_ms) =>
      html`
        <button key=${by_ms} onClick=${() => lesson.send("extend_time", { user_id: row.user_id, by_ms })}>
          ${by_ms / 1_000} s
        </button>
      `
    )
  }</div>`;
}

function GiveItem({ lesson, row, course }) {
  const [itemId, setItemId] = useState("");
  if (row.work === null || row.work.status === "completed") return null;
  return html`
    <form class="row" onSubmit=${async (event) => {
      event.preventDefault();
      if (await lesson.send("override_item", { user_id: row.user_id, item_id: itemId })) setItemId("");
    }}>
      <${ItemPicker} course=${course} label="Give them another item" none="choose…" value=${itemId} onPick=${setItemId} />
      <button class="bottom" disabled=${itemId === ""}>Give</button>
    </form>
  `;
}

export function StudentDialog({ lesson, view, row, course, onClose }) {
  const { user_id, name, answered, correct } = row;
  const needs = view.help.filter((need) => need.user_id === user_id);
  return html`
    <${Dialog} title=${name} onClose=${onClose}>
      <div class="stack">
          ${needs.map(({ kind, evidence, move }) =>
            html`<p key=${kind} class="note">
        <strong>${evidence.slice(0, 1).toUpperCase()}${evidence.slice(1)}.</strong> ${move}</p>`
          )}
          <${Admission} lesson=${lesson} row=${row} />
          <p>${correct} of ${answered} answers to the class’s questions right.</p>
          ${row.work && html`<${WellBeing} key=${row.work.session_id} client=${lesson.client} work=${row.work} />`}
          <${MoreTime} lesson=${lesson} row=${row} question=${view.question} />
          <${MessageForm} lesson=${lesson} userId=${user_id} label="A line to them" />
          <${GiveItem} lesson=${lesson} row=${row} course=${course} />
        </div>
      <//>
  `;
}
