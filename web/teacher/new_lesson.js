/** Opens a lesson of a class: on which course, and how it is run. */
import { useEffect, useState } from "preact/hooks";
import { html } from "../live/html.js";
import { useAction } from "../live/use_action.js";

const MODES = [
  ["teacher_paced", "I ask the class"],
  ["mixed", "I ask, and everybody works in between"],
  ["self_paced", "everybody works at their own pace"],
];

const LIMITS_S = [["", "until I close it"], ["30", "30 s"], ["60", "1 min"], ["90", "90 s"], ["120", "2 min"], [
  "300",
  "5 min",
]];

function Choice({ label, name, choices }) {
  return html`<label class="field grow"><span>${label}</span>
    <select name=${name}>${
    choices.map(([value, text]) => html`<option key=${value} value=${value}>${text}</option>`)
  }</select>
  </label>`;
}

function Check({ label, name }) {
  return html`<label class="inline"><input type="checkbox" name=${name} /> ${label}</label>`;
}

function planOf(given) {
  const limitS = given.get("limit");
  return {
    course_id: given.get("course"),
    title: given.get("title"),
    mode: given.get("mode"),
    admission: given.has("lobby") ? "lobby" : "open",
    question_limit_ms: limitS === "" ? null : Number(limitS) * 1_000,
    answers_may_change: given.has("change"),
    leaderboard: given.has("leaderboard"),
  };
}

export function NewLesson({ account, classId, onOpened }) {
  const [courses, setCourses] = useState([]);
  const [run, isBusy, fault] = useAction();
  useEffect(() => void run(async () => setCourses(await account.rows("/courses"))), []);
  return html`<form class="card stack" onSubmit=${(event) => {
    event.preventDefault();
    const plan = planOf(new FormData(event.target));
    void run(async () => onOpened((await account.send("POST", `/classes/${classId}/lessons`, plan)).id));
  }}>
    <h2>Open a lesson</h2>
    <div class="row">
      <label class="field grow"><span>Title</span><input name="title" required maxlength="120" /></label>
      <${Choice} label="Course" name="course" choices=${courses.map(({ id, title }) => [id, title])} />
    </div>
    <div class="row">
      <${Choice} label="Pace" name="mode" choices=${MODES} />
      <${Choice} label="Time for a question" name="limit" choices=${LIMITS_S} />
    </div>
    <div class="row">
      <${Check} label="Students wait in a lobby" name="lobby" />
      <${Check} label="Answers may change before the deadline" name="change" />
      <${Check} label="Show standings" name="leaderboard" />
    </div>
    <p><button class="primary" disabled=${isBusy || courses.length === 0}>Open the lesson</button></p>
    ${fault && html`<p class="fault" role="alert">${fault}</p>`}
  </form>`;
}
