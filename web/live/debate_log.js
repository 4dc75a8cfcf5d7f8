/** What was said in a debate, whose turn it is and how long: the same for all who watch. */
import { Countdown } from "./countdown.js";
import { html } from "./html.js";

const SIDES = { for: "for", against: "against" };

/** `nameOf` says who a learner is. */
export function speakerInWords(speaker, nameOf) {
  return speaker.kind === "ai" ? "AI" : nameOf(speaker.user_id);
}

export function turnNow({ now, turns }) {
  return now === null ? null : turns.find(({ turn }) => turn === now.turn) ?? null;
}

export function TurnLine({ view, nameOf, nowMs }) {
  const turn = turnNow(view);
  if (turn === null) return html`<p class="quiet">${view.status === "ended" ? "It is over." : "It has not begun."}</p>`;
  const { status, now } = view;
  return html`<div class="row" role="status">
    <span class="pill">${turn.round}</span>
    <span class="grow">Now <strong>${speakerInWords(turn.speaker, nameOf)}</strong>, ${
    SIDES[turn.side]
  } the motion</span>
    ${
    status === "paused"
      ? html`<span class="pill wait">paused</span>`
      : html`<${Countdown} question=${{ deadline_ms: Date.parse(now.due_at) }} pausedAt=${null} nowMs=${nowMs} />`
  }
  </div>`;
}

export function Statements({ view, nameOf }) {
  const sideOf = Object.fromEntries(view.turns.map(({ turn, side }) => [turn, side]));
  return html`<ol class="chat debate" role="log" aria-label="What was said" tabindex="0">
    ${
    view.statements.map(({ statement, turn, by, kind, target, text, source }) =>
      html`
        <li key=${statement} data-side=${sideOf[turn]}>
          <small>${statement}. ${speakerInWords(by, nameOf)}, ${SIDES[sideOf[turn]]}: ${kind}${target === null
            ? ""
            : ` to ${target}`}</small>
          <p>${text}</p>
          ${source && html`<small>Source: ${source}</small>`}
        </li>
      `
    )
  }
  </ol>`;
}
