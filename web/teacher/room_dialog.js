/** One room for those who teach: who is in it, its task, its words, reports, notes and board; told, muted, ended. */
import { useEffect, useState } from "preact/hooks";
import { Dialog } from "../live/dialog.js";
import { html } from "../live/html.js";
import { openRoom } from "../live/open_room.js";
import { RoomPapers } from "../live/room_papers.js";
import { RoomPeople } from "../live/room_people.js";
import { RoomTask, StartTask } from "../live/room_task.js";
import { useStore } from "../live/store.js";
import { useAction } from "../live/use_action.js";
import { WithReason } from "../live/with_reason.js";
import { RoomHeld, RoomReports, RoomSaid } from "./room_said.js";

const MUTED = "Think about what you write.";
const SPEAKS = "You may write again.";
const END = "Time is up.";

function Word({ member: { user_id, muted }, send, isBusy }) {
  if (muted) {
    const speak = { user_id, muted: false, reason: SPEAKS };
    return html`<button class="small" disabled=${isBusy} onClick=${() => send("mute_member", speak)}>
      Give the word back</button>`;
  }
  return html`
    <${WithReason} label="Take the word" asks="Why, for them to read" preset=${MUTED} tone="link tiny"
      isBusy=${isBusy} onGiven=${(reason) => send("mute_member", { user_id, muted: true, reason })} />
  `;
}

function Tell({ send, isBusy }) {
  return html`
    <form class="row" onSubmit=${(event) => {
      event.preventDefault();
      const form = event.target;
      void send("tell_room", { text: new FormData(form).get("text") }).then((wasTold) => wasTold && form.reset());
    }}>
      <label class="field grow"><span>A word to this room</span>
          <input name="text" required maxlength="500" autocomplete="off" /></label>
      <button class="bottom" disabled=${isBusy}>Say it</button>
    </form>
  `;
}

function Inside({ view, channel, place, nameOf }) {
  const [run, isBusy, fault] = useAction();
  const send = (command, args) => run(() => channel.send(command, args));
  const parts = { nameOf, send, isBusy };
  const isOpen = view.status === "open";
  return html`
    ${!isOpen && html`<p class="note">This room is over.</p>`}
    <${RoomReports} view=${view} ...${parts} />
    <${RoomPeople} view=${view} nameOf=${nameOf}
      act=${(member) => isOpen && html`<${Word} member=${member} send=${send} isBusy=${isBusy} />`} />
    ${view.task && html`
      <${RoomTask} task=${view.task} members=${view.members} nameOf=${nameOf} nowMs=${() => place.nowMs()} />
    `}
    <${StartTask} view=${view} channel=${channel} />
    <${RoomHeld} held=${view.held} nameOf=${nameOf} />
    <${RoomSaid} messages=${view.messages} ...${parts} />
    ${isOpen && html`<${Tell} send=${send} isBusy=${isBusy} />`}
    <${RoomPapers} view=${view} channel=${channel} ownId=${null} title="Their notes and their board"
      mayWrite=${false} />
    ${isOpen && view.lesson_id === null && html`
      <div class="row">
        <${WithReason} label="End this room" asks="Why, for the room to read" preset=${END} tone="small danger"
          isBusy=${isBusy} onGiven=${(reason) => send("end_room", { reason })} />
      </div>
    `}
    ${fault && html`<p class="fault" role="alert">${fault}</p>`}
  `;
}

/** `place`: `{client, account, nowMs}` of the page; `nameOf`: of those who are not in the room. */
export function RoomDialog({ place, roomId, title, nameOf, onClose }) {
  const [{ channel, store }] = useState(() => openRoom(place.client, roomId, place.account.user.id));
  const { view, refusal } = useStore(store);
  useEffect(() => () => channel.leave(), [channel]);
  const names = Object.fromEntries(view?.members?.map(({ user_id, name }) => [user_id, name]) ?? []);
  return html`
    <${Dialog} title=${title} onClose=${onClose}>
      <div class="stack">
        ${refusal && html`<p class="fault" role="alert">${refusal}</p>`}
        ${view === null && !refusal && html`<p class="quiet" role="status">One moment…</p>`}
        ${view !== null && html`
          <${Inside} view=${view} channel=${channel} place=${place}
            nameOf=${(userId) => names[userId] ?? nameOf(userId)} />
        `}
      </div>
      <//>
  `;
}
