/** The rooms of a class outside its lessons: those that are open, what needs seeing to in them, and a new one. */
import { useEffect, useState } from "preact/hooks";
import { connect } from "../live/connect.js";
import { html } from "../live/html.js";
import { useAction } from "../live/use_action.js";
import { useCourses } from "../live/use_courses.js";
import { RoomDialog } from "./room_dialog.js";

const LOOK_EVERY_MS = 10_000;
const SIZE_MAX = 8;

/** `[rooms, look]`, looked for now and every few seconds while the page is shown. */
function useRooms(account, classId) {
  const [rooms, setRooms] = useState([]);
  const [run] = useAction();
  const look = () =>
    run(async () => {
      const open = await account.rows(`/rooms?class_id=${classId}&status=open`);
      setRooms(open.filter(({ lesson_id }) => lesson_id === null));
    });
  useEffect(() => {
    // A look that fails is followed by another one.
    const lookAgain = () => document.hidden || void look();
    lookAgain();
    const timer = setInterval(lookAgain, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [classId]);
  return [rooms, look];
}

/** The page's connection, made when the first room is looked into. */
function usePlace(account, isWanted) {
  const [place, setPlace] = useState(null);
  useEffect(() => {
    if (!isWanted || place !== null) return;
    const client = connect(() => account.token());
    setPlace({ client, account, nowMs: () => client.serverNowMs() });
  }, [isWanted]);
  useEffect(() => () => place?.client.close(), [place]);
  return place;
}

function NewRoom({ account, classId, students, onOpened }) {
  const courses = useCourses(account);
  const [run, isBusy, fault] = useAction();
  function submit(event) {
    event.preventDefault();
    const form = event.target;
    const given = new FormData(form);
    const body = {
      class_id: classId,
      title: given.get("title").trim(),
      course_id: given.get("course") || null,
      admission: given.get("admission"),
      roles: given.has("roles") ? "rotating" : "none",
      size_max: Math.max(given.getAll("member").length, Number(given.get("size"))),
      members: given.getAll("member"),
    };
    void run(async () => {
      await account.send("POST", "/rooms", body);
      form.reset();
      await onOpened();
    });
  }
  return html`
    <details>
      <summary>Open a room</summary>
      <form class="stack" onSubmit=${submit}>
          <label class="field"><span>What it is about</span><input name="title" required maxlength="120" autocomplete="off" /></label>
          <div class="row">
            <label class="field grow"><span>Tasks from</span><select name="course" key=${courses.length}>
              ${courses.map(({ id, title }) => html`<option key=${id} value=${id}>${title}</option>`)}
              <option value="">no course: only talk</option></select></label>
            <label class="field"><span>Who comes in</span><select name="admission">
              <option value="class">whoever wants to</option><option value="invited">whom I put there</option></select></label>
            <label class="field"><span>Places</span><select name="size">${Array.from(
              { length: SIZE_MAX - 1 },
              (_, i) => i + 2,
            ).map((size) =>
              html`<option key=${size} value=${size} selected=${size === 4}>${size}</option>`
            )}</select></label>
          </div>
          <fieldset class="bare"><legend>Who is in it from the start</legend><div class="row">${students.map((
            { user_id, username },
          ) =>
            html`
              <label key=${user_id} class="inline"><input type="checkbox" name="member" value=${user_id} /> ${username}</label>
            `
          )}</div></fieldset>
          <label class="inline"><input type="checkbox" name="roles" checked /> Each has a part, and another one with each task</label>
          <div class="row"><button disabled=${isBusy}>Open it</button></div>
          ${fault && html`<p class="fault" role="alert">${fault}</p>`}
        </form>
    </details>
  `;
}

function Row({ room: { title, members, size_max, asks_help, open_reports }, onLookIn }) {
  return html`<li><button class="choice" onClick=${onLookIn}>
    <strong>${title}</strong>
    <span class="quiet">${members} of ${size_max} in it
      ${
    asks_help && html`
      <span class="pill wait">asks for help</span>
    `
  }
      ${
    open_reports > 0 && html`
      <span class="pill bad">${open_reports} reported</span>
    `
  }</span>
  </button></li>`;
}

/** `members` as the roster has them. */
export function ClassRooms({ account, classId, members }) {
  const [rooms, look] = useRooms(account, classId);
  const [shown, setShown] = useState(null);
  const place = usePlace(account, shown !== null);
  const names = Object.fromEntries(members.map(({ user_id, username }) => [user_id, username]));
  const students = members.filter(({ part, admitted }) => part === "student" && admitted);
  return html`<section class="card stack" aria-labelledby="class-rooms-title">
    <h2 id="class-rooms-title">Rooms outside lessons</h2>
    ${
    rooms.length === 0 &&
    html`<p class="quiet">No room is open. Students open their own, or find partners, on their page.</p>`
  }
    <ul class="choices">${
    rooms.map((room) => html`<${Row} key=${room.room_id} room=${room} onLookIn=${() => setShown(room)} />`)
  }</ul>
    <${NewRoom} account=${account} classId=${classId} students=${students} onOpened=${look} />
    ${
    shown && place && html`
      <${RoomDialog} key=${shown.room_id} place=${place} roomId=${shown.room_id} title=${shown.title}
        nameOf=${(userId) => names[userId] ?? "somebody who left"} onClose=${() => {
          setShown(null);
          void look();
        }} />
    `
  }
  </section>`;
}
