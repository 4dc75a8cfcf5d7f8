/** Looking for somebody of one's class to learn with: asked for, waited for, and the way into the room. */
import { useEffect, useState } from "preact/hooks";
import { html } from "../live/html.js";
import { useAction } from "../live/use_action.js";

const LOOK_EVERY_MS = 2_000;
const SIZES = { 2: "one other", 3: "two others", 4: "three others" };
const ENDS = {
  timed_out: "Nobody who fits came in time. Try again when more of your class are here.",
  withdrawn: "You are not looking any more.",
};

/** For so long after it was found a room is offered again; without a word in it, it has ended by then. */
const OFFERED_MS = 20 * 60_000;

function isOfNow({ status, since }) {
  return status === "waiting" || (status === "matched" && Date.now() - Date.parse(since) < OFFERED_MS);
}

const pathOf = (classId) => `/classes/${classId}/matching`;

function Wish({ classes, courses, run, isBusy, onSearch, account }) {
  function submit(event) {
    event.preventDefault();
    const given = new FormData(event.target);
    const body = { course_id: given.get("course"), size: Number(given.get("size")) };
    void run(async () => onSearch(await account.send("POST", pathOf(given.get("class")), body)));
  }
  return html`
    <form class="stack" onSubmit=${submit}>
      <label class="field"><span>In</span><select name="class">${classes.map(({ class_id, title }) =>
        html`<option key=${class_id} value=${class_id}>${title}</option>`
      )}</select></label>
      <label class="field"><span>On</span><select name="course">${courses.map(({ id, title }) =>
        html`<option key=${id} value=${id}>${title}</option>`
      )}</select></label>
      <label class="field"><span>With</span><select name="size">${Object.entries(SIZES).map(([size, words]) =>
        html`<option key=${size} value=${size}>${words}</option>`
      )}</select></label>
      <button disabled=${isBusy || courses.length === 0}>Find somebody</button>
    </form>
  `;
}

function Waiting({ search, run, isBusy, onStop }) {
  const others = search.seeking - 1;
  const count = others <= 0
    ? "Nobody else looks yet."
    : others === 1
    ? "One other looks too."
    : `${others} others look too.`;
  return html`
    <div class="stack">
      <p role="status">Looking for somebody who can help you, and whom you can help. ${count}</p>
      <button disabled=${isBusy} onClick=${() => run(onStop)}>Stop looking</button>
    </div>
  `;
}

function Found({ search, ownId, onEnter, onAgain }) {
  const names = search.members.filter(({ user_id }) => user_id !== ownId).map(({ name }) => name);
  return html`
    <div class="stack" role="status">
      <p><strong>You will learn with ${names.join(" and ")}.</strong></p>
      <p>${search.reason}</p>
      <button class="primary" onClick=${() => onEnter(search.room_id)}>Go to your room</button>
      <button class="link" onClick=${onAgain}>Look for somebody else</button>
    </div>
  `;
}

/** The last answer, asked for again and again while the search goes on. */
function useSearch(account, classes) {
  const [search, setSearch] = useState(null);
  const classId = search?.status === "waiting" ? search.class_id : null;
  // A search that was begun before a reload goes on, and a room that was found is found again.
  useEffect(() => {
    const asked = classes.map(({ class_id }) => account.get(pathOf(class_id)));
    Promise.all(asked).then(
      (all) => setSearch((now) => now ?? all.find(isOfNow) ?? null),
      // Without an answer there is nothing to go on with; a new search says what is wrong.
      () => setSearch((now) => now),
    );
  }, [account, classes.length]);
  useEffect(() => {
    if (classId === null) return;
    // While the server is away the search waits there; the next look tells.
    const look = () => account.get(pathOf(classId)).then(setSearch, () => setSearch((now) => now));
    const timer = setInterval(look, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [account, classId]);
  return [search, setSearch];
}

/** `classes`: of which one is a student. */
export function FindPartner({ account, classes, courses, onEnter }) {
  const [search, setSearch] = useSearch(account, classes);
  const [run, isBusy, fault] = useAction();
  const status = search?.status ?? "none";
  async function stop() {
    await account.send("DELETE", pathOf(search.class_id));
    setSearch(await account.get(pathOf(search.class_id)));
  }
  return html`<section class="card stack" aria-labelledby="partner-title">
    <h2 id="partner-title">Learn with somebody</h2>
    ${ENDS[status] && html`<p class="quiet" role="status">${ENDS[status]}</p>`}
    ${
    status === "waiting"
      ? html`<${Waiting} search=${search} run=${run} isBusy=${isBusy} onStop=${stop} />`
      : status === "matched"
      ? html`
        <${Found} search=${search} ownId=${account.user.id} onEnter=${onEnter}
          onAgain=${() => setSearch(null)} />
      `
      : html`
        <${Wish} classes=${classes} courses=${courses} account=${account} run=${run} isBusy=${isBusy}
          onSearch=${setSearch} />
      `
  }
    ${fault && html`<p class="fault" role="alert">${fault}</p>`}
  </section>`;
}
