/** The classes that one teaches, and a new one. */
import { useEffect, useState } from "preact/hooks";
import { html } from "../live/html.js";
import { useAction } from "../live/use_action.js";

function NewClass({ account, onMade }) {
  const [run, isBusy, fault] = useAction();
  return html`<form class="card stack" onSubmit=${(event) => {
    event.preventDefault();
    const title = new FormData(event.target).get("title");
    void run(async () => onMade((await account.send("POST", "/classes", { title })).id));
  }}>
    <h2>A new class</h2>
    <div class="row">
      <label class="field grow"><span>Name</span><input name="title" required maxlength="120" placeholder="7b, mathematics" />
      </label>
      <button class="bottom" disabled=${isBusy}>Make it</button>
    </div>
    ${fault && html`<p class="fault" role="alert">${fault}</p>`}
  </form>`;
}

export function ClassesPage({ account, onClass, onLesson, onSignOut }) {
  const [found, setFound] = useState(null);
  const [run, , fault] = useAction();
  useEffect(
    () =>
      void run(async () =>
        setFound({ classes: await account.rows("/classes"), lessons: await account.rows("/lessons") })
      ),
    [],
  );
  return html`
    <header class="top">
      <h1>Your classes</h1>
      <span class="quiet">${account.username}</span>
      <button class="link" onClick=${onSignOut}>Sign out</button>
    </header>
    <main class="narrow">
      ${fault && html`<p class="fault" role="alert">${fault}</p>`}
      ${found === null && !fault && html`<p class="quiet" role="status">One moment…</p>`}
      ${found?.lessons.length > 0 && html`
        <section class="card stack">
          <h2>On now</h2>
          <ul class="choices">${found.lessons.map(({ id, title, class_id, status }) =>
            html`<li key=${id}>
          <button class="choice" onClick=${() => onLesson(id)}><strong>${title}</strong>
            <span class="quiet">${found.classes.find((one) => one.id === class_id)?.title ?? ""}, ${status}</span>
          </button></li>`
          )}</ul>
        </section>
      `}
      ${found !== null && html`<section class="card stack">
        <h2>Classes</h2>
        ${found.classes.length === 0 && html`<p class="quiet">You have none yet.</p>`}
        <ul class="choices">${
        found.classes.map(({ id, title }) =>
          html`<li key=${id}>
          <button class="choice" onClick=${() => onClass(id)}><strong>${title}</strong></button></li>`
        )
      }</ul>
      </section>`}
      <${NewClass} account=${account} onMade=${onClass} />
    </main>
  `;
}
