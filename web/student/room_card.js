/** The room in which a student learns with a few others: who is there, their task, what is said, help from the teacher. */
import { useEffect, useState } from "preact/hooks";
import { Countdown } from "../live/countdown.js";
import { html } from "../live/html.js";
import { openRoom } from "../live/open_room.js";
import { RoomPapers } from "../live/room_papers.js";
import { ROLES, RoomPeople } from "../live/room_people.js";
import { useStore } from "../live/store.js";
import { useAction } from "../live/use_action.js";
import { RoomChat } from "./room_chat.js";
import { RoomWork } from "./room_work.js";

/** The student's own part, and its way on to the next one. */
function OwnRole({ view, channel, ownId }) {
  const [run, isBusy] = useAction();
  const own = view.roles.find(({ user_id }) => user_id === ownId);
  if (own === undefined || view.status === "ended") return null;
  const [, asked] = ROLES[own.role];
  return html`
    <div class="row">
      <p class="grow" role="status">${asked}</p>
      <button class="small" disabled=${isBusy} onClick=${() => run(() => channel.send("rotate_roles"))}>
          Pass the parts on</button>
    </div>
  `;
}

function AskTeacher({ view, channel, ownId }) {
  const [run, isBusy] = useAction();
  const asks = view.members.find(({ user_id }) => user_id === ownId)?.asks_help === true;
  return html`
    <button class="small" aria-pressed=${asks} disabled=${isBusy}
      onClick=${() => run(() => channel.send("ask_help", { asked: !asks }))}>
        ${asks ? "You have asked your teacher in" : "Ask our teacher in"}</button>
  `;
}

/** `nameOf` says "you" of the student and "your teacher" of whoever teaches. */
function namer({ members }, ownId) {
  const names = Object.fromEntries(members.map(({ user_id, name }) => [user_id, name]));
  return (userId) => userId === ownId ? "you" : names[userId] ?? "your teacher";
}

function Inside({ view, channel, ownId, nowMs, foot }) {
  const nameOf = namer(view, ownId);
  const isOpen = view.status === "open";
  return html`
    <${RoomPeople} view=${view} nameOf=${nameOf} />
    ${view.staff_here && html`<p class="quiet" role="status">Your teacher is in the room and reads along.</p>`}
    ${isOpen && view.ends_at_ms !== null && html`<p class="quiet">Back to the class in${" "}
      <${Countdown} question=${{ deadline_ms: view.ends_at_ms }} pausedAt=${null} nowMs=${nowMs} /></p>`}
    ${!isOpen && html`<p class="note" role="status">This room is over${view.end_reason ? `: ${view.end_reason}` : "."}
      What was said in it stays for you to read.</p>`}
    <${OwnRole} view=${view} channel=${channel} ownId=${ownId} />
    <${RoomWork} view=${view} channel=${channel} ownId=${ownId} nameOf=${nameOf} nowMs=${nowMs} />
    <${RoomChat} view=${view} channel=${channel} ownId=${ownId} nameOf=${nameOf} />
    <${RoomPapers} view=${view} channel=${channel} ownId=${ownId} title="Our notes and our board"
      mayWrite=${isOpen} />
    ${isOpen && html`
      <div class="row">
        <${AskTeacher} view=${view} channel=${channel} ownId=${ownId} />
        ${foot?.(channel)}
      </div>
    `}
  `;
}

/** `place`: `{client, account, nowMs}` of the page; `title` and `says(view)`: null where the room's own title says it; `foot(channel)` stands last while the room is open. */
export function RoomCard({ place, roomId, title, says, foot }) {
  const ownId = place.account.user.id;
  const [{ channel, store }] = useState(() => openRoom(place.client, roomId, ownId));
  const { view, refusal } = useStore(store);
  useEffect(() => () => channel.leave(), [channel]);
  const isOpened = view !== null && view.status !== "not_opened";
  return html`<section class="card stack room-card" aria-labelledby="room-title">
    <h2 id="room-title">${title ?? view?.title ?? "Your room"}</h2>
    ${says(view) && html`<p>${says(view)}</p>`}
    ${refusal && html`<p class="fault" role="alert">${refusal}</p>`}
    ${!isOpened && !refusal && html`<p class="quiet" role="status">One moment…</p>`}
    ${
    isOpened && html`
      <${Inside} view=${view} channel=${channel} ownId=${ownId} nowMs=${() => place.nowMs()} foot=${foot} />
    `
  }
  </section>`;
}
