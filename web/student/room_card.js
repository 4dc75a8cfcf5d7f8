/** The room in which a student talks with a few others: who is there, what is said, help from the teacher. */
import { useEffect, useRef, useState } from "preact/hooks";
import { Countdown } from "../live/countdown.js";
import { html } from "../live/html.js";
import { Store, useStore } from "../live/store.js";
import { useAction } from "../live/use_action.js";
import { RoomBoard } from "./room_board.js";
import { foldRoom } from "./room_fold.js";
import { RoomNotes } from "./room_notes.js";

/** Listens from the start: the first answer may be there before anything is drawn. */
function openRoom(client, roomId) {
  const channel = client.channel(`room/${roomId}`);
  const store = new Store({ view: null });
  channel.on("*", (data, { type, event, at_ms }) => {
    const isState = type === "joined" || type === "reset";
    const name = Array.isArray(data) ? "presence" : isState ? "state" : event;
    if (name !== undefined) store.set({ view: foldRoom(store.value.view, name, data, at_ms) });
  });
  return { channel, store };
}

function Members({ members, ownId }) {
  return html`<p class="quiet">With ${
    members.filter(({ user_id, standing }) => user_id !== ownId && standing === "in")
      .map(({ name, here }) => here ? name : `${name} (away)`).join(", ") || "nobody yet"
  }.</p>`;
}

function Said({ messages, members, ownId }) {
  const log = useRef(null);
  const names = Object.fromEntries(members.map(({ user_id, name }) => [user_id, name]));
  useEffect(() => {
    log.current.scrollTop = log.current.scrollHeight;
  }, [messages.length]);
  return html`<ol class="chat" role="log" aria-live="polite" aria-label="What is said" tabindex="0" ref=${log}>
    ${
    messages.map(({ message, user_id, text, hidden }) =>
      html`
        <li key=${message} class=${user_id === ownId ? "own" : ""}>
          <small>${user_id === ownId ? "you" : names[user_id] ?? "your teacher"}</small>
          <p>${hidden === null ? text : html`<em>Taken away by your teacher: ${hidden}</em>`}</p>
        </li>
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

/** Read only once they are wanted. */
function Together({ view, channel, ownId }) {
  const [shown, setShown] = useState("nothing");
  const isOver = view.status === "ended";
  return html`<details class="together" onToggle=${({ target }) => setShown(target.open ? "both" : "nothing")}>
    <summary>Our notes and our board</summary>
    ${
    shown === "both" && html`
      <${RoomNotes} channel=${channel} isOver=${isOver} />
      <${RoomBoard} channel=${channel} members=${view.members} ownId=${ownId} isOver=${isOver} />
    `
  }
  </details>`;
}

function Inside({ view, channel, ownId, nowMs }) {
  const [run] = useAction();
  const own = view.members.find(({ user_id }) => user_id === ownId);
  const asks = own?.asks_help === true;
  return html`
    <${Members} members=${view.members} ownId=${ownId} />
    ${view.ends_at_ms !== null && html`<p class="quiet">Back to the class in${" "}
      <${Countdown} question=${{ deadline_ms: view.ends_at_ms }} pausedAt=${null} nowMs=${nowMs} /></p>`}
    <${Said} messages=${view.messages} members=${view.members} ownId=${ownId} />
    <${Say} channel=${channel} />
    <${Together} view=${view} channel=${channel} ownId=${ownId} />
    <button class="small" aria-pressed=${asks} onClick=${() => run(() => channel.send("ask_help", { asked: !asks }))}>
      ${asks ? "You have asked your teacher in" : "Ask our teacher in"}</button>
  `;
}

export function RoomCard({ lesson, breakouts }) {
  const { room_id: roomId, room, task } = breakouts;
  const [{ channel, store }] = useState(() => openRoom(lesson.client, roomId));
  const { view } = useStore(store);
  useEffect(() => () => channel.leave(), [channel]);
  return html`<section class="card stack" aria-labelledby="room-title">
    <h2 id="room-title">Room ${room}</h2>
    <p>${task ?? "Tell each other what you answered, and why."}</p>
    ${
    view !== null && view.status !== "not_opened" && html`
      <${Inside} view=${view} channel=${channel} ownId=${lesson.account.user.id} nowMs=${() => lesson.nowMs()} />
    `
  }
  </section>`;
}
