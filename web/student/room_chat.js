/** What is said in a room: words, explanations that peers rate, and the report of what does not belong there. */
import { useEffect, useRef, useState } from "preact/hooks";
import { html } from "../live/html.js";
import { Ratings } from "../live/ratings.js";
import { useAction } from "../live/use_action.js";
import { WithReason } from "../live/with_reason.js";

const EXPLANATION_LENGTH_MIN = 20;
const STARS = [1, 2, 3, 4, 5];

/** Tells the teacher of a message; they are shown it with what was said around it. */
function Report({ channel, message }) {
  const [run, isBusy, fault] = useAction();
  const [phase, setPhase] = useState("open");
  if (phase === "told") return html`<small role="status">Your teacher is told.</small>`;
  return html`
    <${WithReason} label="Report" does="Tell the teacher" asks="What is wrong with it?" tone="link tiny"
      isBusy=${isBusy} onGiven=${(reason) =>
        run(async () => {
          await channel.send("report", { message, reason });
          setPhase("told");
        })} />
    ${fault && html`<p class="fault" role="alert">${fault}</p>`}
  `;
}

function Rate({ channel, message }) {
  const [run, isBusy, fault] = useAction();
  return html`<div class="row stars" role="group" aria-label="How well does it explain?">
    <small>How well does it explain?</small>
    <span>${
    STARS.map((stars) =>
      html`
        <button key=${stars} type="button" class="small" disabled=${isBusy} aria-label=${`${stars} of 5 stars`}
          onClick=${() =>
            run(() => channel.send("rate", { message, stars }))}>${stars} <span aria-hidden="true">★</span></button>
      `
    )
  }</span>
    ${fault && html`<p class="fault" role="alert">${fault}</p>`}
  </div>`;
}

function Message({ said, ownId, nameOf, isPeers, mayRate, channel }) {
  const { message, user_id, kind, text, hidden, ratings } = said;
  const isOwn = user_id === ownId;
  const isRated = ratings.some(({ by }) => by === ownId);
  return html`<li class=${`${kind} ${isOwn ? "own" : ""}`}>
    <small>${nameOf(user_id)}${kind === "explanation" ? isOwn ? " explain" : " explains" : ""}</small>
    <p>${hidden === null ? text : html`<em>Taken away: ${hidden}</em>`}</p>
    ${kind === "explanation" && hidden === null && html`<${Ratings} ratings=${ratings} />`}
    ${
    kind === "explanation" && mayRate && isPeers && !isRated && html`<${Rate} channel=${channel} message=${message} />`
  }
    ${isPeers && html`<${Report} channel=${channel} message=${message} />`}
  </li>`;
}

function Said({ view, ownId, nameOf, channel }) {
  const log = useRef(null);
  const { messages, members, status } = view;
  const isMember = (userId) => members.some(({ user_id }) => user_id === userId);
  useEffect(() => {
    log.current.scrollTop = log.current.scrollHeight;
  }, [messages.length]);
  return html`<ol class="chat" role="log" aria-live="polite" aria-label="What is said" tabindex="0" ref=${log}>
    ${messages.length === 0 && html`<li class="empty">Nothing has been said yet.</li>`}
    ${
    messages.map((said) =>
      html`
        <${Message} key=${said.message} said=${said} ownId=${ownId} nameOf=${nameOf} channel=${channel}
          mayRate=${status === "open"}
          isPeers=${said.user_id !== ownId && said.hidden === null && isMember(said.user_id)} />
      `
    )
  }
  </ol>`;
}

function Say({ channel }) {
  const [run, isBusy, fault] = useAction();
  return html`<form class="row" onSubmit=${(event) => {
    event.preventDefault();
    const form = event.target;
    const text = new FormData(form).get("text").trim();
    if (text !== "") void run(() => channel.send("say", { text })).then((wasSaid) => wasSaid && form.reset());
  }}>
    <label class="field grow"><span class="unseen">Say something to your room</span>
      <input name="text" maxlength="500" autocomplete="off" placeholder="Say why you think so" /></label>
    <button disabled=${isBusy}>Say it</button>
    ${fault && html`<p class="fault" role="alert">${fault}</p>`}
  </form>`;
}

/** Of the task, once its answers are shown; before that of anything. */
function Explain({ channel, task }) {
  const [run, isBusy, fault] = useAction();
  const about = task === null || task.step === "alone" ? null : task.task;
  return html`
    <details>
      <summary>Explain something to the others</summary>
      <form class="stack" onSubmit=${(event) => {
        event.preventDefault();
        const form = event.target;
        const text = new FormData(form).get("text").trim();
        void run(() => channel.send("explain", { text, task: about })).then((wasSaid) => wasSaid && form.reset());
      }}>
          <label class="field"><span>${about === null
            ? "In your own words"
            : "Why is that so, in your own words?"}</span>
            <textarea name="text" rows="3" required minlength=${EXPLANATION_LENGTH_MIN} maxlength="2000"></textarea>
            <small>The others say how much it helped them.</small></label>
          <div class="row"><button disabled=${isBusy}>Explain it</button></div>
          ${fault && html`<p class="fault" role="alert">${fault}</p>`}
        </form>
    </details>
  `;
}

/** What was held back of the student's own words, until they have said something else. */
function heldOf({ held, messages }, ownId) {
  const latest = held.at(-1);
  const saidSince = messages.some(({ message, user_id }) => user_id === ownId && message > latest?.after);
  return latest?.after === undefined || saidSince ? null : latest;
}

export function RoomChat({ view, channel, ownId, nameOf }) {
  const heldNow = heldOf(view, ownId);
  const isMuted = view.members.find(({ user_id }) => user_id === ownId)?.muted === true;
  return html`
    <${Said} view=${view} ownId=${ownId} nameOf=${nameOf} channel=${channel} />
    ${heldNow !== null && html`<p class="note" role="status">Held back, because of its words:
      “${heldNow.text}”. Say it another way.</p>`}
    ${isMuted && html`<p class="note" role="status">You may read what is said. Ask your teacher for the word.</p>`}
    ${view.status === "open" && !isMuted && html`
      <${Say} channel=${channel} />
      <${Explain} channel=${channel} task=${view.task} />
    `}
  `;
}
