/** What is said in one room, and what was reported of it or held back, for those who teach. */
import { useEffect, useRef } from "preact/hooks";
import { html } from "../live/html.js";
import { Ratings } from "../live/ratings.js";
import { WithReason } from "../live/with_reason.js";

const REASON = "It does not belong into class.";
const NOTE = "Seen to.";
/** Texts held back that are shown, the latest ones. */
const HELD_SHOWN = 3;

function TakeAway({ message, tone, send, isBusy }) {
  return html`
    <${WithReason} label="Take away" asks="Why, for the room to read" preset=${REASON} tone=${tone} isBusy=${isBusy}
      onGiven=${(reason) => send("hide_message", { message, reason })} />
  `;
}

export function RoomSaid({ messages, nameOf, send, isBusy }) {
  const log = useRef(null);
  useEffect(() => {
    if (log.current !== null) log.current.scrollTop = log.current.scrollHeight;
  }, [messages.length]);
  if (messages.length === 0) return html`<p class="quiet">Nothing has been said.</p>`;
  return html`<ol class="chat" tabindex="0" aria-label="What is said" role="log" ref=${log}>${
    messages.map(({ message, user_id, kind, text, hidden, ratings }) =>
      html`
        <li key=${message} class=${kind}>
          <small>${nameOf(user_id)}${kind === "explanation" && " explains"}</small>
          <p>${text}</p>
          <${Ratings} ratings=${ratings} />
          ${hidden !== null ? html`<small>taken away: ${hidden}</small>` : kind !== "staff" &&
            html`<${TakeAway} message=${message} tone="link tiny" send=${send} isBusy=${isBusy} />`}
        </li>
      `
    )
  }</ol>`;
}

/** Open reports, each with what was said around the message. */
export function RoomReports({ view, nameOf, send, isBusy }) {
  const isHidden = (number) => view.messages.some(({ message, hidden }) => message === number && hidden !== null);
  return view.reports.filter(({ settled }) => settled === null).map((
    { report, message: reported, by, reason, context },
  ) =>
    html`
      <section key=${report} class="note stack" aria-label=${`Report by ${nameOf(by)}`}>
        <p><strong>${nameOf(by)} reports:</strong> ${reason}</p>
        <ul class="context">${context.map(({ message, user_id, text }) =>
          html`
            <li key=${message} aria-current=${message === reported ? "true" : null}>${nameOf(user_id)}: ${text}</li>
          `
        )}</ul>
        <div class="row">
          ${!isHidden(reported) && html`
            <${TakeAway} message=${reported} tone="small danger" send=${send} isBusy=${isBusy} />
          `}
          <${WithReason} label="Settled" asks="What was done, for your colleagues" preset=${NOTE} tone="small"
            isBusy=${isBusy} onGiven=${(note) => send("settle_report", { report, note })} />
        </div>
      </section>
    `
  );
}

export function RoomHeld({ held, nameOf }) {
  return held.slice(-HELD_SHOWN).map(({ user_id, text, document }, i) =>
    html`<p key=${i} class="quiet">
      ${document ? `${nameOf(user_id)} wrote into the ${document}` : `Held back of ${nameOf(user_id)}`}: “${text}”</p>`
  );
}
