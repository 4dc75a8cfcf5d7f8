/** The way of a student who is signed in to a lesson of one of their classes. */
import { useEffect, useState } from "preact/hooks";
import { html } from "../live/html.js";
import { useAction } from "../live/use_action.js";
import { useCourses } from "../live/use_courses.js";
import { FindPartner } from "./find_partner.js";
import { FindRoom } from "./find_room.js";

const LOOK_EVERY_MS = 4_000;

/** Looks now and every few seconds while the page is shown. */
function useLessons(account) {
  const [found, setFound] = useState(null);
  useEffect(() => {
    let timer = null;
    let isOver = false;
    async function look() {
      try {
        if (!document.hidden) {
          const [memberships, invitations] = [await account.rows("/memberships"), await account.rows("/invitations")];
          const lessons = (await account.get("/lessons")).rows;
          if (!isOver) setFound({ memberships, invitations, lessons, fault: null });
        }
      } catch (error) {
        if (!isOver) {
          setFound((before) => ({ memberships: [], invitations: [], lessons: [], ...before, fault: error.message }));
        }
      }
      if (!isOver) timer = setTimeout(look, LOOK_EVERY_MS);
    }
    void look();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [account]);
  const answered = (classId) =>
    setFound(({ invitations, ...rest }) => ({
      ...rest,
      invitations: invitations.filter(({ class_id }) => class_id !== classId),
    }));
  return [found, answered];
}

function ByCode({ account, onJoined }) {
  const [run, isBusy, fault] = useAction();
  function submit(event) {
    event.preventDefault();
    const code = new FormData(event.target).get("code");
    const form = event.target;
    void run(async () => {
      onJoined(await account.send("POST", "/classes/join", { code }));
      form.reset();
    });
  }
  return html`<form class="card stack" onSubmit=${submit}>
    <h2>Join another class</h2>
    <div class="row">
      <label class="field grow"><span>Code</span>
        <input name="code" class="code" required maxlength="32" autocapitalize="characters" autocomplete="off" />
      </label>
      <button disabled=${isBusy}>Join</button>
    </div>
    ${fault && html`<p class="fault" role="alert">${fault}</p>`}
  </form>`;
}

function Invitation({ account, invitation: { class_id, title, invited_by }, onAnswered }) {
  const [run, isBusy, fault] = useAction();
  const answer = (method, path) =>
    run(async () => {
      await account.send(method, path);
      onAnswered(class_id);
    });
  const path = `/invitations/${class_id}`;
  return html`<div class="note stack" role="group" aria-label=${`Invitation to ${title}`}>
    <p><strong>${invited_by ?? "A teacher"}</strong> asks you to join <strong>${title}</strong>.
      Teachers of a class see how its students learn.</p>
    <div class="row">
      <button class="primary" disabled=${isBusy} onClick=${() => answer("POST", `${path}/accept`)}>Accept</button>
      <button disabled=${isBusy} onClick=${() => answer("DELETE", path)}>Decline</button>
    </div>
    ${fault && html`<p class="fault" role="alert">${fault}</p>`}
  </div>`;
}

function Lessons({ lessons, memberships, onEnter }) {
  const titles = Object.fromEntries(memberships.map(({ class_id, title }) => [class_id, title]));
  if (lessons.length === 0) {
    return html`<p class="quiet" role="status">No lesson is on. This page notices when one begins.</p>`;
  }
  return html`<ul class="choices">${
    lessons.map(({ id, title, class_id }) =>
      html`
        <li key=${id}>
          <button class="choice" onClick=${() => onEnter(id)}>
              <strong>${title}</strong><span class="quiet">${titles[class_id] ?? ""}</span>
            </button>
        </li>
      `
    )
  }</ul>`;
}

/** `joinedClassId`: the class just joined, whose lesson is entered at once when it is the only one. */
export function FindLesson({ account, joinedClassId, onEnter, onRoom, onSignOut }) {
  const [found, answered] = useLessons(account);
  const [classId, setClassId] = useState(joinedClassId);
  useEffect(() => {
    const ofClass = found?.lessons.filter(({ class_id }) => class_id === classId) ?? [];
    if (classId !== null && ofClass.length === 1) onEnter(ofClass[0].id);
  }, [found, classId]);
  const courses = useCourses(account);
  const studied = found?.memberships.filter(({ part, admitted }) => part === "student" && admitted) ?? [];
  const waiting = found?.memberships.filter(({ admitted }) => !admitted) ?? [];
  return html`
    <header class="top">
      <h1>Your lessons</h1>
      <span class="quiet">${account.username}</span>
      <button class="link" onClick=${onSignOut}>Sign out</button>
    </header>
    <main class="narrow">
      <section class="card stack">
        <h2>On now</h2>
        ${found === null ? html`<p class="quiet">One moment…</p>` : html`<${Lessons} ...${found} onEnter=${onEnter} />`}
        ${found?.fault && html`<p class="quiet">The server cannot be reached; this page tries again.</p>`}
        ${found?.invitations.map((invitation) =>
          html`
            <${Invitation} key=${invitation.class_id} account=${account} invitation=${invitation}
              onAnswered=${answered} />
          `
        )}
        ${waiting.map(({ class_id, title }) =>
          html`<p key=${class_id} class="note" role="status">
          You have asked to join <strong>${title}</strong>. Its teacher lets you in; leave this page open.
        </p>`
        )}
      </section>
      ${studied.length > 0 && html`
        <${FindPartner} account=${account} classes=${studied} courses=${courses} onEnter=${onRoom} />
        <${FindRoom} account=${account} classes=${studied} courses=${courses} onEnter=${onRoom} />
      `}
      <${ByCode} account=${account} onJoined=${({ class_id }) => setClassId(class_id)} />
    </main>
  `;
}
