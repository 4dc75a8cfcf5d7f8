/** `/projector`: what the class sees on the wall. Names stand on it only in standings, where those named allow it. */
import { render } from "preact";
import { useEffect, useState } from "preact/hooks";
import { connect } from "../live/connect.js";
import { html } from "../live/html.js";
import { feedLesson } from "../live/lesson_feed.js";
import { borrowToken } from "../live/lent_token.js";
import { PageStatus } from "../live/page_status.js";
import { SignedIn } from "../live/signed_in.js";
import { SignIn } from "../live/sign_in.js";
import { useStore } from "../live/store.js";
import { foldForTeacher } from "../teacher/lesson_fold.js";
import { Wall } from "./wall.js";

const lessonId = /^#lesson=([\w-]+)$/.exec(location.hash)?.[1] ?? null;

function openFeed(token) {
  const client = connect(token);
  return { client, ...feedLesson(client, lessonId, foldForTeacher) };
}

function Projector({ token }) {
  const [{ client, store }] = useState(() => openFeed(token));
  const { view, connection, fault } = useStore(store);
  useEffect(() => () => client.close(), [client]);
  const isTeachers = view?.settings !== undefined;
  return html`<${PageStatus} connection=${connection} />
    ${
    view === null || !isTeachers
      ? html`
        <main class="narrow">
          <p role="status">${fault || view ? "There is no such lesson of yours." : "One moment…"}</p>
        </main>
      `
      : html`<${Wall} view=${view} token=${token} nowMs=${() => client.serverNowMs()} />`
  }`;
}

function Gate({ onAccount }) {
  return html`
    <main class="narrow">
      <h1>Projector</h1>
      <section class="card">
        <${SignIn} mayRegister=${false} onAccount=${onAccount} />
      </section>
    </main>
  `;
}

/** Signed in by the teacher's page where it is open in this browser, else by its own form. */
function Page() {
  const [lender, setLender] = useState("asked");
  useEffect(() => {
    borrowToken(lessonId).then(() => setLender("there"), () => setLender("none"));
  }, []);
  if (lessonId === null) {
    return html`
      <main class="narrow">
        <p class="note">Open this page from a lesson.</p>
      </main>
    `;
  }
  if (lender === "asked") {
    return html`
      <main class="narrow">
        <p class="quiet" role="status">One moment…</p>
      </main>
    `;
  }
  if (lender === "there") return html`<${Projector} token=${() => borrowToken(lessonId)} />`;
  return html`
    <${SignedIn} gate=${(onAccount) => html`<${Gate} onAccount=${onAccount} />`}
      page=${(account) => html`<${Projector} token=${() => account.token()} />`} />
  `;
}

render(html`<${Page} />`, document.body);
