/** A debate of the class, as its teacher opens and leads it. */
import { useEffect, useState } from "preact/hooks";
import { Statements, TurnLine } from "../live/debate_log.js";
import { html } from "../live/html.js";
import { useAction } from "../live/use_action.js";
import { useDebate, useDebateOfClass } from "../live/use_debate.js";
import { Judge } from "./judge.js";

const TURN_S = ["60", "120", "180", "300"];
const REASON = "Your teacher leads the debate.";
const MORE_MS = 60_000;

function Speaker({ name, label, students, mayBeAi }) {
  return html`<label class="field grow"><span>${label}</span><select name=${name} required>
    <option value="" disabled selected>choose…</option>
    ${mayBeAi && html`<option value="ai">the AI</option>`}
    ${students.map(({ user_id, name: who }) => html`<option key=${user_id} value=${user_id}>${who}</option>`)}
  </select></label>`;
}

/** Sides of the debate, as REST takes them, from the form. */
function planOf(given, classId) {
  const [pro, con, seconds] = [given.get("for"), given.get("against"), Number(given.get("seconds"))];
  return {
    motion_id: given.get("motion"),
    class_id: classId,
    sides: { for: [pro], against: con === "ai" ? [] : [con] },
    ai_side: con === "ai" ? "against" : null,
    opening_seconds: seconds,
    rebuttal_seconds: seconds,
    closing_seconds: seconds,
  };
}

function NewDebate({ account, classId, students, onOpened }) {
  const [motions, setMotions] = useState([]);
  const [run, isBusy, fault] = useAction();
  useEffect(() => void run(async () => setMotions((await account.get("/debate-motions")).rows)), []);
  return html`<form class="stack" onSubmit=${(event) => {
    event.preventDefault();
    const plan = planOf(new FormData(event.target), classId);
    void run(async () => {
      await account.send("POST", "/debates", plan);
      await onOpened();
    });
  }}>
    <label class="field"><span>Motion</span><select name="motion">
      ${motions.map(({ motion_id, title }) => html`<option key=${motion_id} value=${motion_id}>${title}</option>`)}
    </select></label>
    <div class="row ask">
      <${Speaker} name="for" label="For it" students=${students} />
      <${Speaker} name="against" label="Against it" students=${students} mayBeAi=${true} />
      <label class="field"><span>A turn</span><select name="seconds">
        ${TURN_S.map((s) => html`<option key=${s} value=${s}>${s} s</option>`)}</select></label>
      <button disabled=${isBusy}>Open the debate</button>
    </div>
    ${fault && html`<p class="fault" role="alert">${fault}</p>`}
  </form>`;
}

function Steps({ status, send, onPutAway }) {
  switch (status) {
    case "waiting":
      return html`<button class="primary" onClick=${() => send("start")}>Begin</button>`;
    case "running":
      return html`
        <button onClick=${() => send("extend_turn", { by_ms: MORE_MS, reason: REASON })}>1 min more</button>
        <button onClick=${() => send("pause", { reason: REASON })}>Pause</button>
        <button class="danger" onClick=${() => send("end_debate", { reason: REASON })}>End it</button>
      `;
    case "paused":
      return html`<button class="primary" onClick=${() => send("resume", { reason: REASON })}>Go on</button>`;
    case "ended":
      return html`<button onClick=${onPutAway}>Put away</button>`;
  }
}

function Led({ lesson, debateId, nameOf, onPutAway }) {
  const [view, channel] = useDebate(lesson.client, debateId);
  const [run, , fault] = useAction();
  if (view === null) return null;
  return html`<section class="card stack" aria-labelledby="debate-title">
    <header class="row"><h2 id="debate-title" class="grow">Debate: ${view.motion.title}</h2>
      <${Steps} status=${view.status} onPutAway=${onPutAway} send=${(command, args = {}) =>
    run(() => channel.send(command, args))} /></header>
    <${TurnLine} view=${view} nameOf=${nameOf} nowMs=${() => lesson.nowMs()} />
    <${Statements} view=${view} nameOf=${nameOf} />
    ${
    view.judgements.map((judgement) =>
      html`
        <${Judge} key=${judgement.user_id} account=${lesson.account} debateId=${debateId} judgement=${judgement}
          name=${nameOf(judgement.user_id)} />
      `
    )
  }
    ${fault && html`<p class="fault" role="alert">${fault}</p>`}
  </section>`;
}

export function Debate({ lesson, classId, students, nameOf }) {
  const { debateId, look, putAway } = useDebateOfClass(lesson.account, classId);
  if (debateId !== null) {
    return html`<${Led} key=${debateId} lesson=${lesson} debateId=${debateId} nameOf=${nameOf} onPutAway=${putAway} />`;
  }
  return html`
    <details class="card">
      <summary>Hold a debate</summary>
      <${NewDebate} account=${lesson.account} classId=${classId} students=${students} onOpened=${look} />
    </details>
  `;
}
