/** Who needs their teacher, most urgent first, with what was seen and what might be done. */
import { useState } from "preact/hooks";
import { ago } from "../live/ago.js";
import { html } from "../live/html.js";

const KINDS = {
  struggling: ["struggling", "bad"],
  waiting: ["waits for you", "wait"],
  gaming: ["guessing", "wait"],
  idle: ["idle", ""],
};

/** Shown unless all are asked for. */
const SHOWN = 6;

/** `inLobby`: user ids of those who wait outside; one line for all of them, whom the roster lets in. */
export function HelpQueue({ help: all, inLobby, nameOf, nowMs, onOpen }) {
  const help = all.filter(({ user_id, kind }) => kind !== "waiting" || !inLobby.has(user_id));
  const [extent, setExtent] = useState("few");
  const shown = extent === "all" ? help : help.slice(0, SHOWN);
  return html`<section class="card needs" aria-labelledby="help-title">
    <h2 id="help-title">Who needs you <span class="pill">${help.length}</span></h2>
    ${
    inLobby.size > 0 &&
    html`<p class="note">${inLobby.size === 1 ? "One waits" : `${inLobby.size} wait`} in the lobby.</p>`
  }
    ${help.length === 0 && inLobby.size === 0 && html`<p class="quiet">Nobody just now.</p>`}
    <ol class="help">${
    shown.map(({ user_id, kind, since, evidence, move }) => {
      const [word, tone] = KINDS[kind];
      return html`
        <li key=${`${user_id} ${kind}`}>
          <div class="row">
            <button class="link" onClick=${() => onOpen(user_id)}>${nameOf(user_id)}</button>
            <span class=${`pill ${tone}`}>${word}</span>
            <small>${ago(since, nowMs)}</small>
          </div>
          <p>${evidence.slice(0, 1).toUpperCase()}${evidence.slice(1)}.</p>
          <p class="move"><span aria-hidden="true">→ </span>${move}</p>
        </li>
      `;
    })
  }</ol>
  ${
    help.length > SHOWN && html`<button class="link" onClick=${() => setExtent(extent === "all" ? "few" : "all")}>
      ${extent === "all" ? "Show the most urgent" : `Show all ${help.length}`}
    </button>`
  }
  </section>`;
}
