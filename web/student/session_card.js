/** A student's own work in a lesson: an item, hints, what an answer was worth, the next item. */
import { useEffect, useState } from "preact/hooks";
import { AnswerForm } from "../live/answer_form.js";
import { html } from "../live/html.js";
import { RichLine, RichText } from "../live/rich_text.js";
import { Store, useStore } from "../live/store.js";
import { useAction } from "../live/use_action.js";
import { foldSession } from "./session_fold.js";

/** Listens from the start: the first answer may be there before anything is drawn. */
function openSession(client, sessionId) {
  const channel = client.channel(`session/${sessionId}`);
  const store = new Store({ view: null });
  channel.on("*", (data, { type, event }) => {
    const name = type === "joined" || type === "reset" ? "state" : event;
    if (name !== undefined && !Array.isArray(data)) store.set({ view: foldSession(store.value.view, name, data) });
  });
  return { channel, store };
}

/** The session's view, kept up with its channel. */
function useSession(client, sessionId) {
  const [{ channel, store }] = useState(() => openSession(client, sessionId));
  useEffect(() => () => channel.leave(), [channel]);
  return [useStore(store).view, channel];
}

function LastAnswer({ last }) {
  return html`<div class=${`last ${last.correct ? "good" : "bad"}`} role="status">
    <p><strong>${last.correct ? "✓ Right!" : "Not right."}</strong>
      ${
    !last.correct && html`
      Right is <${RichLine} text=${last.correct_answer} />.
    `
  }</p>
    ${
    !last.correct && html`
      <details>
        <summary>Why</summary>
        <${RichText} text=${last.explanation} />
      </details>
    `
  }
  </div>`;
}

function Hints({ open, onHint, isBusy }) {
  const worth = Math.round(open.score_share * 100);
  return html`<div class="stack">
    ${
    open.hints.length > 0 && html`<ol class="hints" aria-live="polite">
      ${
      open.hints.map((hint, i) =>
        html`
          <li key=${i}>
            <${RichText} text=${hint} />
          </li>
        `
      )
    }
    </ol>`
  }
    ${open.hints.length > 0 && html`<p class="quiet">A right answer is now worth ${worth} %.</p>`}
    ${
    open.hints_left > 0 && html`<button type="button" disabled=${isBusy} onClick=${onHint}>
      Give me a hint (${open.hints_left} left)
    </button>`
  }
  </div>`;
}

function Suggestion({ suggestion, onReply }) {
  return html`
    <div class="note" role="status">
      <p>${suggestion.message}</p>
      <div class="row">
          ${[["helped", "That helps"], ["not_now", "Not now"], ["stop", "No more of these"]].map(([reply, text]) =>
            html`
              <button key=${reply} type="button" onClick=${() => onReply(reply)}>${text}</button>
            `
          )}
        </div>
    </div>
  `;
}

function OpenItem({ open, channel }) {
  const [run, isBusy, fault] = useAction();
  const item = open.item_ref;
  return html`
    <div class="stack">
      <${RichText} text=${open.item.prompt} class="prompt" />
      <${AnswerForm} key=${item} name=${`own${item}`} form=${open.item.form} given=${null} label="Check my answer"
        isDisabled=${isBusy} onSend=${(response) => run(() => channel.send("answer", { item, response }))}>
          <button type="button" class="link" disabled=${isBusy} onClick=${() =>
            run(() => channel.send("skip", { item }))}>
            Skip it
          </button>
        <//>
        ${fault && html`<p class="fault" role="alert">${fault}</p>`}
        <${Hints} open=${open} isBusy=${isBusy} onHint=${() => run(() => channel.send("hint", { item }))} />
        <p class="quiet">Why this one: ${open.reason}</p>
      </div>
  `;
}

function Body({ view, channel, run }) {
  const open = view.current_item;
  if (view.status === "completed") return html`<p class="verdict good">You have done all of it. Well done!</p>`;
  if (view.status === "paused") {
    return html`
      <div class="stack">
        <p>${view.paused_says ?? "Your work is paused."}</p>
        <p><button onClick=${() => run(() => channel.send("resume"))}>Go on</button></p>
      </div>
    `;
  }
  if (open === null) return html`<p class="quiet" role="status">Your next item is being chosen…</p>`;
  return html`<${OpenItem} key=${open.item_ref} open=${open} channel=${channel} />`;
}

export function SessionCard({ client, sessionId }) {
  const [view, channel] = useSession(client, sessionId);
  const [run, , fault] = useAction();
  if (view === null) {
    return html`
      <section class="card" aria-busy="true">
        <p class="quiet">One moment…</p>
      </section>
    `;
  }
  const reply = (answer) => run(() => channel.send("intervention_reply", { id: view.intervention.id, reply: answer }));
  return html`<section class="card" aria-labelledby="work-title">
    <header class="row">
      <h2 id="work-title" class="grow">Your own work</h2>
      <progress max="1" value=${view.progress} aria-label="How much of it is done"></progress>
    </header>
    ${view.last && html`<${LastAnswer} last=${view.last} />`}
    ${view.intervention && html`<${Suggestion} suggestion=${view.intervention} onReply=${reply} />`}
    <${Body} view=${view} channel=${channel} run=${run} />
    ${fault && html`<p class="fault" role="alert">${fault}</p>`}
  </section>`;
}
