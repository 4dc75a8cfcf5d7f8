/** The lesson as a whole: its status, and what starts, rests and ends it. */
import { useState } from "preact/hooks";
import { Dialog } from "../live/dialog.js";
import { html } from "../live/html.js";
import { JoinCode } from "./join_code.js";

const STATUS = {
  open: ["not started", ""],
  running: ["running", "good"],
  paused: ["paused", "wait"],
  closed: ["over", "bad"],
};

function Steps({ lesson, status, isQuestionOpen }) {
  switch (status) {
    case "open":
      return html`<button class="primary" onClick=${() => lesson.send("start")}>Start the lesson</button>`;
    case "running":
      return html`
        <button onClick=${() => lesson.send("pause")}>Pause</button>
        <button class="danger" disabled=${isQuestionOpen} title=${isQuestionOpen ? "Close the question first" : null}
          onClick=${() => lesson.send("close_lesson")}>End the lesson</button>
      `;
    case "paused":
      return html`<button class="primary" onClick=${() => lesson.send("resume")}>Go on</button>`;
    case "closed":
      return html`<button onClick=${() => lesson.send("reopen_lesson")}>Open it again</button>`;
  }
}

function Reason({ lesson, reason }) {
  return html`
    <label class="reason">
      <span class="unseen">Reason, told to the class with what you do next</span>
      <input value=${reason} maxlength="300" placeholder="Reason, if you want to give one"
        onInput=${({ target }) => lesson.store.set({ reason: target.value })} />
    </label>
  `;
}

export function LessonBar({ lesson, view, reason, onBack }) {
  const [isCodeShown, setCodeShown] = useState(null);
  const [word, tone] = STATUS[view.status];
  const isQuestionOpen = view.question?.step === "open" || view.question?.step === "closing";
  return html`<header class="top">
    <button class="link" onClick=${onBack}>Class</button>
    <h1>${view.title} <span class=${`pill ${tone}`}>${word}</span></h1>
    <${Reason} lesson=${lesson} reason=${reason} />
    <div class="row">
      <${Steps} lesson=${lesson} status=${view.status} isQuestionOpen=${isQuestionOpen} />
      <button onClick=${() => setCodeShown("shown")}>Code</button>
      <a class="button" href=${`/projector#lesson=${lesson.lessonId}`} target="_blank" rel="noopener">Projector</a>
    </div>
    ${
    isCodeShown && html`
      <${Dialog} title="Join this class" onClose=${() => setCodeShown(null)}>
        <${JoinCode} account=${lesson.account} classId=${view.class_id} />
        <//>
    `
  }
  </header>`;
}
