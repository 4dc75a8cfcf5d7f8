/** A room's task as all who see the room read it: the question, who answered what, whose turn it is, what came of it. */
import { Countdown } from "./countdown.js";
import { html } from "./html.js";
import { ResponseLine } from "./response_line.js";
import { RichLine, RichText } from "./rich_text.js";
import { useAction } from "./use_action.js";

/** Nobody does a task alone. */
const TASK_MEMBERS_MIN = 2;

const list = new Intl.ListFormat("en");

function capital(text) {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** Names as in "Ada, Ben and you". */
function namesOf(userIds, nameOf) {
  return list.format(userIds.map(nameOf));
}

function Answers({ answers, form, nameOf }) {
  if (answers === null || answers.length === 0) return null;
  return html`<ul class="answers" aria-label="What each has answered">${
    answers.map(({ user_id, response }) =>
      html`
        <li key=${user_id}><strong>${nameOf(
          user_id,
        )}:</strong> <${ResponseLine} response=${response} form=${form} /></li>
      `
    )
  }</ul>`;
}

function Outcome({ outcome: { by, answer, correct, correct_answer, explanation }, nameOf }) {
  const tone = correct === null ? "" : correct ? "good" : "bad";
  return html`<div class="stack" role="status">
    <p class=${answer === null ? "verdict wait" : `verdict ${tone || "plain"}`}>${
    answer === null ? "No answer came of it." : html`${correct === null ? "" : correct ? "✓ Right! " : "Not right. "}
        ${capital(namesOf(by, nameOf))} answered: <${RichLine} text=${answer} />`
  }</p>
    ${
    correct_answer !== null && !correct && html`<p>Right is <strong><${RichLine} text=${correct_answer} /></strong></p>`
  }
    ${
    explanation && html`
      <details>
        <summary>Why</summary>
        <${RichText} text=${explanation} />
      </details>
    `
  }
  </div>`;
}

function stepInWords({ step, mode, answered, turn_of, proposal }, members, nameOf) {
  if (step === "alone") {
    const awaited = members.filter(({ user_id, standing }) => standing === "in" && !answered.includes(user_id));
    return `Each answers alone. Waiting for ${namesOf(awaited.map(({ user_id }) => user_id), nameOf)}.`;
  }
  const turn = nameOf(turn_of) === "you" ? "It is your turn" : `It is the turn of ${nameOf(turn_of)}`;
  if (proposal === null) return `${turn} to ${mode === "by_turn" ? "answer for the room" : "propose an answer"}.`;
  return proposal.agreed.length === 0 ? "" : `${capital(namesOf(proposal.agreed, nameOf))} agreed.`;
}

/** `children`: what the reader may do at it. `nameOf` says "you" of the reader. */
export function RoomTask({ task, members, nameOf, nowMs, children }) {
  const { item, step, proposal, outcome } = task;
  const isOver = step === "over";
  return html`<section class="task stack" aria-labelledby="task-title" data-step=${step}>
    <header class="row">
      <h3 id="task-title" class="grow">${task.graded ? "Task" : "To talk about"}</h3>
      ${!isOver && html`<${Countdown} question=${{ deadline_ms: task.due_at_ms }} pausedAt=${null} nowMs=${nowMs} />`}
    </header>
    <${RichText} text=${item.prompt} class="prompt" />
    <${Answers} answers=${task.answers} form=${item.form} nameOf=${nameOf} />
    ${
    isOver ? html`<${Outcome} outcome=${outcome} nameOf=${nameOf} />` : html`
      ${proposal &&
        html`<p class="note">${nameOf(proposal.by) === "you" ? "You propose" : `${nameOf(proposal.by)} proposes`}:
          <strong> <${ResponseLine} response=${proposal.response} form=${item.form} /></strong></p>`}
      <p class="quiet" role="status">${stepInWords(task, members, nameOf)}</p>
    `
  }
    ${children}
  </section>`;
}

/** Asks for a task: no other one may be on. */
export function StartTask({ view, channel }) {
  const [run, isBusy, fault] = useAction();
  if (view.course_id === null || view.status === "ended") return null;
  if (view.task !== null && view.task.step !== "over") return null;
  if (view.members.filter(({ standing }) => standing === "in").length < TASK_MEMBERS_MIN) {
    return html`<p class="quiet">A task begins once two are in the room.</p>`;
  }
  if (view.task_asked) return html`<p class="quiet" role="status">A task is being chosen…</p>`;
  const start = (mode) => run(() => channel.send("start_task", { mode }));
  return html`<div class="stack">
    <div class="row" role="group" aria-label="Work on a task together">
      <button disabled=${isBusy} onClick=${() => start("agreed")}>A task: agree on one answer</button>
      <button disabled=${isBusy} onClick=${() => start("by_turn")}>A task: take turns</button>
    </div>
    ${(fault ?? view.task_fault) && html`<p class="fault" role="alert">${fault ?? view.task_fault}</p>`}
  </div>`;
}
