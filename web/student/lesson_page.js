/** A lesson as a student is in it, from its lobby to its end. */
import { useEffect, useState } from "preact/hooks";
import { html } from "../live/html.js";
import { PageStatus } from "../live/page_status.js";
import { useStore } from "../live/store.js";
import { useAction } from "../live/use_action.js";
import { DebateCard } from "./debate_card.js";
import { QuestionCard } from "./question_card.js";
import { RoomCard } from "./room_card.js";
import { SessionCard } from "./session_card.js";
import { StudentLesson } from "./student_lesson.js";

const FAULTS = {
  turned_away: "Your teacher has not let you in.",
  lesson_closed: "This lesson is over.",
  not_found: "There is no such lesson for you. Join its class first.",
};

function Lobby({ view }) {
  const isOut = view.admission === "turned_away";
  return html`
    <section class="card hero" role="status">
      <h2>${isOut ? "You were not let in" : "You are in the lobby"}</h2>
      <p>${isOut ? FAULTS.turned_away : "Your teacher sees you and lets you in. Leave this page open."}</p>
    </section>
  `;
}

function Messages({ messages }) {
  if (messages.length === 0) return null;
  const latest = messages.slice(-3).reverse();
  return html`
    <section class="card messages" aria-labelledby="messages-title">
      <h2 id="messages-title">From your teacher</h2>
      <ul role="log" aria-live="polite">${latest.map(({ message, to, text, at }) =>
        html`
          <li key=${message}>
            <p>${text}</p>
            <small>${to === "you" ? "to you" : "to all"}, ${new Date(at).toLocaleTimeString([], {
              timeStyle: "short",
            })}</small>
          </li>
        `
      )}</ul>
    </section>
  `;
}

function Hand({ lesson, isRaised }) {
  const [run, isBusy] = useAction();
  return html`<button aria-pressed=${isRaised} disabled=${isBusy} onClick=${() =>
    run(() => lesson.raiseHand(!isRaised))}>
    ${isRaised ? "Your hand is up" : "Raise my hand"}
  </button>`;
}

function BeginWork({ lesson }) {
  const [run, isBusy, fault] = useAction();
  return html`<section class="card hero">
    <h2>Work at your own pace</h2>
    <p>Each item is chosen for you. Your teacher sees how you get on.</p>
    <p><button class="primary" disabled=${isBusy} onClick=${() => run(() => lesson.beginWork())}>Begin</button></p>
    ${fault && html`<p class="fault" role="alert">${fault}</p>`}
  </section>`;
}

function Work({ lesson, view }) {
  if (view.mode === "teacher_paced" || view.status !== "running") return null;
  if (view.session_id === null) return html`<${BeginWork} lesson=${lesson} />`;
  // The class's question comes first; own work waits unseen until it is answered.
  const waits = view.question?.step === "open" && view.question.your_answer === null;
  return html`
    <div hidden=${waits}>
      <${SessionCard} key=${view.session_id} client=${lesson.client} sessionId=${view.session_id} />
    </div>
  `;
}

const WAITING = {
  open: ["You are in", "The lesson has not started yet."],
  running: ["You are in", "The next question comes from your teacher."],
  paused: ["The lesson is paused", "Your time stands still. It goes on when your teacher says so."],
  closed: ["The lesson is over", "Thank you for taking part."],
};

function Waiting({ view }) {
  const isInRoom = view.breakouts?.over_at_ms === null;
  const hasMatter = view.question !== null || view.session_id !== null || view.mode === "self_paced" || isInRoom;
  if (hasMatter && view.status === "running") return null;
  const [title, says] = WAITING[view.status];
  return html`<section class="card hero" role="status">
    <h2>${title}</h2>
    <p>${says}</p>
    ${view.status_reason && html`<p class="quiet">Your teacher says: ${view.status_reason}</p>`}
  </section>`;
}

function Tally({ view }) {
  if (view.answered === 0 || view.has_untold) return null;
  return html`<p class="quiet">So far: ${view.correct} of ${view.answered} right.</p>`;
}

const STEPS = {
  open: "A question is open.",
  closing: "Pens are going down.",
  down: "Pens are down.",
  revealed: "The answer is revealed.",
};

/** Says to screen readers what those who see notice at once; nothing else on the page interrupts. */
function Spoken({ question }) {
  return html`<p class="unseen" role="status">${question === null ? "" : STEPS[question.step]}</p>`;
}

function LessonRoom({ lesson, breakouts: { room_id, room, task } }) {
  return html`
    <${RoomCard} place=${lesson} roomId=${room_id} title=${room === null ? "Your room" : `Room ${room}`}
      says=${() => task ?? "Tell each other what you answered, and why."} />
  `;
}

function Inside({ lesson, view, sent, connection }) {
  if (view.settings !== undefined) {
    return html`<p class="note">You teach this lesson: <a href=${`/teach#lesson=${lesson.lessonId}`}>lead it</a>.</p>`;
  }
  if (view.admission !== "admitted") return html`<${Lobby} view=${view} />`;
  return html`
    <${Spoken} question=${view.question} />
    <${Waiting} view=${view} />
    ${view.question && html`<${QuestionCard} lesson=${lesson} view=${view} sent=${sent} connection=${connection} />`}
    ${view.breakouts?.room_id && view.breakouts.over_at_ms === null &&
      html`<${LessonRoom} key=${view.breakouts.room_id} lesson=${lesson} breakouts=${view.breakouts} />`}
    ${view.status !== "closed" && html`<${DebateCard} lesson=${lesson} classId=${view.class_id} />`}
    <${Work} lesson=${lesson} view=${view} />
    <${Messages} messages=${view.messages} />
    <footer class="row">
      ${view.status !== "closed" && html`<${Hand} lesson=${lesson} isRaised=${view.hand_raised} />`}
      <${Tally} view=${view} />
    </footer>
  `;
}

export function LessonPage({ account, lessonId, onLeave }) {
  const [lesson] = useState(() => new StudentLesson(account, lessonId));
  const { view, connection, sent, fault } = useStore(lesson.store);
  useEffect(() => () => lesson.close(), [lesson]);
  return html`
    <header class="top">
      <h1>${view?.title ?? "Your lesson"}</h1>
      <span class="quiet">${account.username}</span>
      <button class="link" onClick=${onLeave}>Leave</button>
    </header>
    <${PageStatus} connection=${connection} waiting=${sent?.state === "sending" ? 1 : 0} />
    <main class="narrow">
      ${fault && view === null
        ? html`<p class="fault" role="alert">${FAULTS[fault] ?? `The server says no: ${fault}.`}</p>`
        : view === null
        ? html`<p class="quiet" role="status">One moment…</p>`
        : html`<${Inside} lesson=${lesson} view=${view} sent=${sent} connection=${connection} />`}
    </main>
  `;
}
