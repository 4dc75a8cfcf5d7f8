/** One class: its lessons, its code, its roster and its rules. */
import { useEffect, useState } from "preact/hooks";
import { html } from "../live/html.js";
import { useAction } from "../live/use_action.js";
import { ClassRooms } from "./class_rooms.js";
import { JoinCode } from "./join_code.js";
import { Members } from "./members.js";
import { NewLesson } from "./new_lesson.js";

const RULES = [
  ["join_needs_approval", "Who joins by the code waits until I admit them"],
  ["leaderboards_allowed", "Standings and leaderboards"],
  ["emotion_allowed", "Emotion may be read from cameras of those who consent, where the server offers it"],
];

function Rules({ schoolClass, change }) {
  return html`<section class="card stack" aria-labelledby="rules-title">
    <h2 id="rules-title">Rules</h2>
    ${
    RULES.map(([name, label]) =>
      html`<label key=${name} class="inline">
      <input type="checkbox" checked=${schoolClass[name]} onChange=${({ target }) =>
        change({ [name]: target.checked })} />
      ${label}
    </label>`
    )
  }
  </section>`;
}

function Lessons({ lessons, onLesson }) {
  if (lessons.length === 0) return null;
  return html`
    <section class="card stack">
      <h2>Lessons</h2>
      <ul class="choices">${lessons.map(({ id, title, status, opened_at }) =>
        html`<li key=${id}>
      <button class="choice" onClick=${() => onLesson(id)}><strong>${title}</strong>
        <span class="quiet">${new Date(opened_at).toLocaleString([], { dateStyle: "medium", timeStyle: "short" })},
          ${" "}${status === "closed" ? "over" : status}</span></button></li>`
      )}</ul>
    </section>
  `;
}

export function ClassPage({ account, classId, onBack, onLesson }) {
  const [schoolClass, setClass] = useState(null);
  const [lessons, setLessons] = useState([]);
  const [members, setMembers] = useState([]);
  const [run, , fault] = useAction();
  useEffect(() =>
    void run(async () => {
      setClass(await account.get(`/classes/${classId}`));
      setLessons((await account.get(`/classes/${classId}/lessons?limit=20`)).rows);
    }), [classId]);
  // Shown as pressed at once; what the server answers stands.
  async function change(body) {
    setClass({ ...schoolClass, ...body });
    const wasDone = await run(async () => setClass(await account.send("PATCH", `/classes/${classId}`, body)));
    if (!wasDone) setClass(schoolClass);
  }
  return html`
    <header class="top">
      <button class="link" onClick=${onBack}>Classes</button>
      <h1>${schoolClass?.title ?? ""}</h1>
    </header>
    <main class="teaching">
      ${fault && html`<p class="fault" role="alert">${fault}</p>`}
      <div class="column">
        <${NewLesson} account=${account} classId=${classId} onOpened=${onLesson} />
        <${Members} account=${account} classId=${classId} members=${members} setMembers=${setMembers} />
        <${ClassRooms} account=${account} classId=${classId} members=${members} />
        ${schoolClass && html`<${Rules} schoolClass=${schoolClass} change=${change} />`}
      </div>
      <div class="column side">
        <section class="card" aria-labelledby="code-title">
          <h2 id="code-title">Code to join</h2>
          <${JoinCode} account=${account} classId=${classId} />
        </section>
        <${Lessons} lessons=${lessons} onLesson=${onLesson} />
      </div>
    </main>
  `;
}
