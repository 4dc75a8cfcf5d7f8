/** The room in which a student talks with a few others: who is there, what is said, help from the teacher. */
import { useEffect, useRef, useState } from "preact/hooks";
import { Countdown } from "../live/countdown.js";
import { html } from "../live/html.js";
import { openRoom } from "../live/open_room.js";
import { useStore } from "../live/store.js";
import { useAction } from "../live/use_action.js";
import { RoomBoard } from "./room_board.js";
import { RoomNotes } from "./room_notes.js";

function Members({ members, ownId }) {
  return html`<p class="quiet">With ${
    members.filter(({ user_id, standing }) => user_id !== ownId && standing === "in")
      .map(({ name, here }) => here ? name : `${name} (away)`).join(", ") || "nobody yet"
  }.</p>`;
}

/** Tells the teacher of a message; they are shown it with what was said around it. */
function Report({ channel, message }) {
  const [run, isBusy, fault] = useAction();
  const [phase, setPhase] = useState("shut");
  if (phase === "done") return html`<small>Your teacher is told.</small>`;
  if (phase === "shut") {
    return html`<button type="button" class="link tiny" onClick=${() => setPhase("open")}>Report</button>`;
  }
  return html`<form class="row" onSubmit=${(event) => {
    event.preventDefault();
    const reason = new FormData(event.target).get("reason").trim();
    void run(() => channel.send("report", { message, reason })).then((wasTold) => wasTold && setPhase("done"));
  }}>
    <label class="field grow"><span>What is wrong with it?</span><input name="reason" required maxlength="300" /></label>
    <button class="bottom" disabled=${isBusy}>Tell the teacher</button>
    ${fault && html`<p class="fault" role="alert">${fault}</p>`}
  </form>`;
}

function Said({ messages, members, ownId, channel }) {
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
          ${user_id in names && user_id !== ownId && hidden === null && html`
            <${Report} channel=${channel} message=${message} />
          `}
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

/** What was held back of the student's own words, until they have said something else. */
function heldOf({ held, messages }, ownId) {
  const latest = held.at(-1);
  const saidSince = messages.some(({ message, user_id }) => user_id === ownId && message > latest?.after);
  return latest?.after === undefined || saidSince ? null : latest;
}

function Inside({ view, channel, ownId, nowMs }) {
  const [run] = useAction();
  const own = view.members.find(({ user_id }) => user_id === ownId);
  const heldNow = heldOf(view, ownId);
  const asks = own?.asks_help === true;
  return html`
    <${Members} members=${view.members} ownId=${ownId} />
    ${view.ends_at_ms !== null && html`<p class="quiet">Back to the class in${" "}
      <${Countdown} question=${{ deadline_ms: view.ends_at_ms }} pausedAt=${null} nowMs=${nowMs} /></p>`}
    <${Said} messages=${view.messages} members=${view.members} ownId=${ownId} channel=${channel} />
    ${heldNow !== null && html`<p class="note" role="status">Held back, because of its words:
      “${heldNow.text}”. Say it another way.</p>`}
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
    <h2 id="room-title">${room === "" ? "Your room" : `Room ${room}`}</h2>
    <p>${task ?? "Tell each other what you answered, and why."}</p>
    ${
    view !== null && view.status !== "not_opened" && html`
      <${Inside} view=${view} channel=${channel} ownId=${lesson.account.user.id} nowMs=${() => lesson.nowMs()} />
    `
  }
  </section>`;
}
