/** `/join`: a code and a name, then the lesson. */
import { render } from "preact";
import { useEffect, useState } from "preact/hooks";
import { html } from "../live/html.js";
import { forgetLogin } from "../live/kept_login.js";
import { SignedIn } from "../live/signed_in.js";
import { SignIn } from "../live/sign_in.js";
import { FindLesson } from "./find_lesson.js";
import { LessonPage } from "./lesson_page.js";
import { RoomPage } from "./room_page.js";

/** The code that a link or QR code brought; it stays in the address for a reload. */
const codeOfAddress = () => new URLSearchParams(location.search).get("code");

function lessonOfAddress() {
  return /^#lesson=([\w-]+)$/.exec(location.hash)?.[1] ?? null;
}

function roomOfAddress() {
  return /^#room=([\w.-]+)$/.exec(location.hash)?.[1] ?? null;
}

function Gate({ onAccount }) {
  const code = codeOfAddress();
  return html`
    <main class="narrow">
      <h1>Join your class</h1>
      <section class="card">
        <${SignIn} mayRegister=${true} onAccount=${(account, given) => {
          const typed = given.get("code")?.trim() ?? "";
          const search = typed === "" ? "" : `?${new URLSearchParams({ code: typed })}`;
          // A link to a lesson or a room leads there all the same.
          history.replaceState(null, "", `/join${search}${location.hash}`);
          onAccount(account);
        }}>
          <label class="field"><span>Code of your class</span>
              <input name="code" class="code" defaultValue=${code ?? ""} maxlength="32"
                autocapitalize="characters" autocomplete="off" spellcheck=${false} aria-describedby="code-note" />
              <small id="code-note">From your teacher’s board. Leave it empty if you have joined before.</small>
            </label>
          <//>
          </section>
          </main>
  `;
}

/** Joins the class whose code stands in the address, before anything else. */
function useJoinedClass(account) {
  const [joined, setJoined] = useState({ classId: null, isDone: codeOfAddress() === null, fault: null });
  useEffect(() => {
    const code = codeOfAddress();
    if (code === null) return;
    account.send("POST", "/classes/join", { code }).then(
      ({ class_id }) => setJoined({ classId: class_id, isDone: true, fault: null }),
      (error) => setJoined({ classId: null, isDone: true, fault: error.message }),
    );
  }, [account]);
  return joined;
}

function Student({ account }) {
  const [lessonId, setLessonId] = useState(lessonOfAddress);
  const [roomId, setRoomId] = useState(roomOfAddress);
  // Who has left a lesson is not taken back to it.
  const [leftId, setLeftId] = useState(null);
  const { classId, isDone, fault } = useJoinedClass(account);
  useEffect(() => {
    const follow = () => {
      setLessonId(lessonOfAddress());
      setRoomId(roomOfAddress());
    };
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, []);
  function leave() {
    history.replaceState(null, "", "/join");
    setLeftId(lessonId);
    setLessonId(null);
  }
  if (!isDone) {
    return html`
      <main class="narrow">
        <p class="quiet" role="status">One moment…</p>
      </main>
    `;
  }
  if (lessonId !== null) {
    return html`<${LessonPage} key=${lessonId} account=${account} lessonId=${lessonId} onLeave=${leave} />`;
  }
  if (roomId !== null) {
    return html`<${RoomPage} key=${roomId} account=${account} roomId=${roomId} onLeave=${() => location.hash = ""} />`;
  }
  return html`
    ${fault && html`<p class="fault" role="alert">${fault}</p>`}
    <${FindLesson} account=${account} joinedClassId=${leftId === null ? classId : null} onEnter=${(id) =>
      location.hash = `lesson=${id}`}
      onRoom=${(id) => location.hash = `room=${id}`}
      onSignOut=${async () => {
        await forgetLogin(account);
        location.replace("/join");
      }} />
  `;
}

render(
  html`
    <${SignedIn} gate=${(onAccount) => html`<${Gate} onAccount=${onAccount} />`}
      page=${(account) => html`<${Student} account=${account} />`} />
  `,
  document.body,
);
