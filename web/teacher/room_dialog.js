/** What is said in one room, for its teacher to read, to answer, and to take away from. */
import { useEffect, useState } from "preact/hooks";
import { Dialog } from "../live/dialog.js";
import { html } from "../live/html.js";
import { openRoom } from "../live/open_room.js";
import { useStore } from "../live/store.js";
import { useAction } from "../live/use_action.js";

const REASON = "It does not belong into class.";

function Said({ messages, nameOf, onHide }) {
  if (messages.length === 0) return html`<p class="quiet">Nothing has been said.</p>`;
  return html`<ol class="chat" tabindex="0" aria-label="What is said" role="log">${
    messages.map(({ message, user_id, text, hidden }) =>
      html`
        <li key=${message}>
          <small>${nameOf(user_id)}</small>
          <p>${text}</p>
          ${hidden === null
            ? html`<button class="link tiny" onClick=${() => onHide(message)}>Take away</button>`
            : html`<small>taken away: ${hidden}</small>`}
        </li>
      `
    )
  }</ol>`;
}

function Reports({ reports, nameOf, onSettle }) {
  const open = reports.filter(({ settled }) => settled === null);
  return open.map(({ report, by, reason, context }) =>
    html`
      <div key=${report} class="note">
        <p><strong>${nameOf(by)} reports:</strong> ${reason}</p>
        <ul>${context.map(({ message, user_id, text }) =>
          html`<li key=${message}>${nameOf(user_id)}: ${text}</li>`
        )}</ul>
        <button class="small" onClick=${() => onSettle(report)}>Settled</button>
      </div>
    `
  );
}

function Held({ held, nameOf }) {
  return held.slice(-3).map(({ user_id, text }, i) =>
    html`<p key=${i} class="quiet">Held back of ${nameOf(user_id)}: “${text}”</p>`
  );
}

export function RoomDialog({ client, room, nameOf, onClose }) {
  const [{ channel, store }] = useState(() => openRoom(client, room.room_id));
  const { view } = useStore(store);
  const [run, isBusy, fault] = useAction();
  useEffect(() => () => channel.leave(), [channel]);
  const send = (command, args) => run(() => channel.send(command, args));
  return html`
    <${Dialog} title=${`Room ${room.room}`} onClose=${onClose}>
      <div class="stack">
          ${view === null && html`<p class="quiet" role="status">One moment…</p>`}
          ${view !== null && html`
            <${Reports} reports=${view.reports} nameOf=${nameOf}
              onSettle=${(report) => send("settle_report", { report, note: "Seen to." })} />
            <${Held} held=${view.held} nameOf=${nameOf} />
            <${Said} messages=${view.messages} nameOf=${nameOf}
              onHide=${(message) => send("hide_message", { message, reason: REASON })} />
            <form class="row" onSubmit=${(event) => {
              event.preventDefault();
              const form = event.target;
              void send("tell_room", { text: new FormData(form).get("text") }).then((wasTold) =>
                wasTold && form.reset()
              );
            }}>
              <label
                class="field grow"><span>A word to this room</span><input name="text" required maxlength="500" autocomplete="off" />
              </label>
              <button class="bottom" disabled=${isBusy}>Say it</button>
            </form>
          `}
          ${fault && html`<p class="fault" role="alert">${fault}</p>`}
        </div>
      <//>
  `;
}
