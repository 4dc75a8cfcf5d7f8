/** Rooms of one's classes outside any lesson: those that have a place, those one is in, and a new one. */
import { useEffect, useState } from "preact/hooks";
import { html } from "../live/html.js";
import { useAction } from "../live/use_action.js";

const LOOK_EVERY_MS = 10_000;
const SIZES = [2, 3, 4, 5, 6, 7, 8];
const SIZE_USUAL = 4;

const pathOf = (classId) => `/rooms?class_id=${classId}&status=open`;

/** Looks now and every few seconds while the page is shown. */
function useRooms(account, classIds) {
  const [rooms, setRooms] = useState([]);
  useEffect(() => {
    // While the server is away what was found last stays; the next look tells.
    const look = () =>
      document.hidden || Promise.all(classIds.map((id) => account.rows(pathOf(id), 100))).then(
        (found) => setRooms(found.flat().filter(({ lesson_id }) => lesson_id === null)),
        () => setRooms((before) => before),
      );
    look();
    const timer = setInterval(look, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [account, classIds.join()]);
  return rooms;
}

function Room({ account, room, classTitle, onEnter }) {
  const [run, isBusy, fault] = useAction();
  const { room_id, title, members, size_max, is_member } = room;
  const enter = () =>
    run(async () => {
      if (!is_member) await account.send("PUT", `/rooms/${room_id}/members/${account.user.id}`);
      onEnter(room_id);
    });
  return html`<li>
    <button class="choice" disabled=${isBusy} onClick=${enter}>
      <strong>${title}</strong>
      <span class="quiet">${classTitle}, ${members} of ${size_max} in it${is_member ? ", you too" : ""}</span>
    </button>
    ${fault && html`<p class="fault" role="alert">${fault}</p>`}
  </li>`;
}

function NewRoom({ account, classes, courses, onEnter }) {
  const [run, isBusy, fault] = useAction();
  function submit(event) {
    event.preventDefault();
    const given = new FormData(event.target);
    const body = {
      class_id: given.get("class"),
      title: given.get("title").trim(),
      course_id: given.get("course") || null,
      size_max: Number(given.get("size")),
      roles: given.has("roles") ? "rotating" : "none",
    };
    void run(async () => onEnter((await account.send("POST", "/rooms", body)).room_id));
  }
  return html`
    <details>
      <summary>Open a room</summary>
      <form class="stack" onSubmit=${submit}>
          <label class="field"><span>What it is about</span>
            <input name="title" required maxlength="120" autocomplete="off" placeholder="Homework on lines" /></label>
          <label class="field"><span>Class</span><select name="class">${classes.map(({ class_id, title }) =>
            html`<option key=${class_id} value=${class_id}>${title}</option>`
          )}</select></label>
          <label class="field"><span>Tasks from</span><select name="course" key=${courses.length}>
            ${courses.map(({ id, title }) => html`<option key=${id} value=${id}>${title}</option>`)}
            <option value="">no course: only talk</option></select></label>
          <label class="field"><span>Places</span><select name="size">${SIZES.map((size) =>
            html`<option key=${size} value=${size} selected=${size === SIZE_USUAL}>${size}</option>`
          )}</select></label>
          <label class="inline"><input type="checkbox" name="roles" checked />
            Each has a part, and another one with each task</label>
          <div class="row"><button disabled=${isBusy}>Open it</button></div>
          <small>Your class sees the room and can come in. Your teachers can read along.</small>
          ${fault && html`<p class="fault" role="alert">${fault}</p>`}
        </form>
    </details>
  `;
}

/** `classes`: of which one is a student; `onEnter(roomId)`. */
export function FindRoom({ account, classes, courses, onEnter }) {
  const rooms = useRooms(account, classes.map(({ class_id }) => class_id));
  const titles = Object.fromEntries(classes.map(({ class_id, title }) => [class_id, title]));
  return html`<section class="card stack" aria-labelledby="find-room-title">
    <h2 id="find-room-title">Rooms of your class</h2>
    ${
    rooms.length === 0
      ? html`<p class="quiet">No room is open now.</p>`
      : html`<ul class="choices">${
        rooms.map((room) =>
          html`
            <${Room} key=${room.room_id} account=${account} room=${room} classTitle=${titles[room.class_id] ?? ""}
              onEnter=${onEnter} />
          `
        )
      }</ul>`
  }
    <${NewRoom} account=${account} classes=${classes} courses=${courses} onEnter=${onEnter} />
  </section>`;
}
