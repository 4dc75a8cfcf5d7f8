/** Breakout rooms as their teacher sees them: who talks, who is alone, who asks; sent out, told and called back. */
import { useState } from "preact/hooks";
import { Countdown } from "../live/countdown.js";
import { html } from "../live/html.js";
import { RoomDialog } from "./room_dialog.js";

const RECALL_MS = 60_000;
const LIMITS_MIN = ["", "2", "3", "5", "10"];

function Form({ lesson, hasAnswers, isRunning }) {
  const [how, setHow] = useState("random");
  function submit(event) {
    event.preventDefault();
    const given = new FormData(event.target);
    const [task, minutes] = [given.get("task").trim(), given.get("minutes")];
    void lesson.send("form_breakouts", {
      how,
      size: Number(given.get("size")),
      task: task === "" ? null : task,
      limit_ms: minutes === "" ? null : Number(minutes) * 60_000,
    });
  }
  return html`
    <form class="row ask" onSubmit=${submit}>
      <label class="field"><span>Who with whom</span>
          <select value=${how} onChange=${({ target }) => setHow(target.value)}>
            <option value="random">by chance</option>
            <option value="difference" disabled=${!hasAnswers}>who answered apart</option>
          </select></label>
      <label class="field"><span>In each</span><select name="size">
          ${["2", "3", "4"].map((n) => html`<option key=${n} value=${n}>${n}</option>`)}</select></label>
      <label class="field"><span>Back after</span><select name="minutes">${LIMITS_MIN.map((n) =>
        html`
          <option key=${n} value=${n}>${n === "" ? "my call" : `${n} min`}</option>
        `
      )}</select></label>
      <label class="field grow"><span>What to talk about</span>
          <input name="task" maxlength="120" placeholder="The question before the class" /></label>
      <button disabled=${!isRunning}>Send them to rooms</button>
    </form>
  `;
}

function Room({ room, rooms, lesson, nameOf, onLookIn }) {
  const { room_id, room: number, present, members, written, help, agreed, open_reports } = room;
  return html`
    <li class="room" data-help=${help !== null || open_reports > 0}>
      <div class="row">
          <button class="link" onClick=${() => onLookIn(room_id)}>Room ${number}</button>
          <span class="quiet grow">${present} of ${members.length} here, ${written} said</span>
          ${help && html`<span class="pill wait">${nameOf(help.user_id)} asks for help</span>`}
          ${open_reports > 0 && html`<span class="pill bad">${open_reports} reported</span>`}
          ${agreed && html`<span class="pill good">agreed: ${agreed}</span>`}
        </div>
      <ul>${members.map(({ user_id, written: words }) =>
        html`
          <li key=${user_id}>
            <span class="grow">${nameOf(user_id)} ${words === 0 && html`<small>silent</small>`}</span>
            <select class="small" aria-label=${`Move ${nameOf(user_id)}`} value=${room_id}
              onChange=${({ target }) => lesson.send("move_student", { user_id, room_id: target.value })}>
                  ${rooms.map((other) =>
                    html`<option key=${other.room_id} value=${other.room_id}>${other.room}</option>`
                  )}
                </select>
          </li>
        `
      )}</ul>
    </li>
  `;
}

function Tell({ lesson }) {
  return html`
    <form class="row" onSubmit=${async (event) => {
      event.preventDefault();
      const form = event.target;
      if (await lesson.send("tell_rooms", { room_id: null, text: new FormData(form).get("text") })) form.reset();
    }}>
      <label
        class="field grow"><span>A word to all rooms</span><input name="text" required maxlength="500" autocomplete="off" />
        </label>
      <button class="bottom">Say it</button>
    </form>
  `;
}

function Open({ lesson, breakouts, nameOf }) {
  const { rooms, recall_at_ms, task } = breakouts;
  const recall = { deadline_ms: recall_at_ms };
  const [lookedIn, lookIn] = useState(null);
  const shown = rooms.find(({ room_id }) => room_id === lookedIn) ?? null;
  return html`
    <div class="stack">
      <div class="row">
          ${task && html`<span class="grow">${task}</span>`}
          ${recall_at_ms !== null && html`<span>back in <${Countdown} question=${recall} pausedAt=${null}
        nowMs=${() => lesson.nowMs()} /></span>`}
          <button onClick=${() => lesson.send("recall_rooms", { in_ms: RECALL_MS })}>Call back in 1 min</button>
          <button class="primary" onClick=${() => lesson.send("recall_rooms", { in_ms: 0 })}>Call back now</button>
        </div>
      <ol class="rooms">${rooms.map((room) =>
        html`
          <${Room} key=${room.room_id} room=${room} rooms=${rooms} lesson=${lesson} nameOf=${nameOf}
            onLookIn=${lookIn} />
        `
      )}</ol>
      <${Tell} lesson=${lesson} />
    ${shown &&
      html`
        <${RoomDialog} key=${shown.room_id} place=${lesson} roomId=${shown.room_id} title=${`Room ${shown.room}`}
          nameOf=${nameOf} onClose=${() => lookIn(null)} />
      `}
    </div>
  `;
}

export function Rooms({ lesson, breakouts, hasAnswers, isRunning, nameOf }) {
  const areOpen = breakouts !== null && breakouts.over_at_ms === null;
  if (!areOpen) {
    return html`
      <details class="card">
        <summary>Send the class to rooms</summary>
        <${Form} lesson=${lesson} hasAnswers=${hasAnswers} isRunning=${isRunning} />
      </details>
    `;
  }
  return html`
    <section class="card" aria-labelledby="rooms-title">
      <h2 id="rooms-title">Rooms <span class="pill">${breakouts.rooms.length}</span></h2>
      <${Open} lesson=${lesson} breakouts=${breakouts} nameOf=${nameOf} />
    </section>
  `;
}
