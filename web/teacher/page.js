/** `/teach`: one's classes, one class, one lesson; which of them stands in the address. */
import { render } from "preact";
import { useEffect, useState } from "preact/hooks";
import { html } from "../live/html.js";
import { forgetLogin } from "../live/kept_login.js";
import { SignedIn } from "../live/signed_in.js";
import { SignIn } from "../live/sign_in.js";
import { ClassesPage } from "./classes_page.js";
import { ClassPage } from "./class_page.js";
import { LivePage } from "./live_page.js";

function placeOfAddress() {
  const [, kind, id] = /^#(class|lesson)=([\w-]+)$/.exec(location.hash) ?? [];
  return { kind: kind ?? "classes", id: id ?? null };
}

function go(kind, id) {
  location.hash = kind === "classes" ? "" : `${kind}=${id}`;
}

function Teacher({ account }) {
  const [{ kind, id }, setPlace] = useState(placeOfAddress);
  useEffect(() => {
    const follow = () => setPlace(placeOfAddress());
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, []);
  const onLesson = (lessonId) => go("lesson", lessonId);
  const onClass = (classId) => go("class", classId);
  switch (kind) {
    case "lesson":
      return html`<${LivePage} key=${id} account=${account} lessonId=${id} onBack=${onClass} />`;
    case "class":
      return html`<${ClassPage} key=${id} account=${account} classId=${id} onLesson=${onLesson} onBack=${() =>
        go("classes")} />`;
    case "classes":
      return html`<${ClassesPage} account=${account} onLesson=${onLesson} onClass=${onClass} onSignOut=${async () => {
        await forgetLogin(account);
        location.replace("/teach");
      }} />`;
  }
}

function Gate({ onAccount }) {
  const [isStudent, setStudent] = useState(null);
  return html`
    <main class="narrow">
      <h1>Teach</h1>
      <section class="card">
          ${isStudent &&
            html`<p class="fault" role="alert">This account is a student’s. <a href="/join">Join a class</a>.</p>`}
          <${SignIn} mayRegister=${false}
            onAccount=${(account) => account.user.role === "student" ? setStudent("student") : onAccount(account)} />
        </section>
    </main>
  `;
}

render(
  html`
    <${SignedIn} gate=${(onAccount) => html`<${Gate} onAccount=${onAccount} />`}
      page=${(account) =>
        account.user.role === "student"
          ? html`
            <main class="narrow">
              <p class="note">This page is for who teaches. <a href="/join">Join a class</a>.</p>
            </main>
          `
          : html`<${Teacher} account=${account} />`} />
  `,
  document.body,
);
