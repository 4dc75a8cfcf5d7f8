/** A live lesson as its teacher sees and runs it. */
import { useEffect, useMemo, useState } from "preact/hooks";
import { html } from "../live/html.js";
import { PageStatus } from "../live/page_status.js";
import { useStore } from "../live/store.js";
import { Debate } from "./debate.js";
import { HeatMap } from "./heat_map.js";
import { HeldLesson } from "./held_lesson.js";
import { HelpQueue } from "./help_queue.js";
import { LessonBar } from "./lesson_bar.js";
import { MessageForm } from "./message_form.js";
import { QuestionPanel } from "./question_panel.js";
import { Rooms } from "./rooms.js";
import { RosterTable } from "./roster_table.js";
import { StudentDialog } from "./student_dialog.js";
import { WrongAnswers } from "./wrong_answers.js";

const NO_COURSE = { titles: {}, items: [] };
/** So often are the ages in the queue told anew. */
const TICK_MS = 15_000;

function useTick() {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((count) => count + 1), TICK_MS);
    return () => clearInterval(timer);
  }, []);
}

function Messages({ lesson, messages, nameOf }) {
  return html`<section class="card stack" aria-labelledby="messages-title">
    <h2 id="messages-title">A line to the class</h2>
    <${MessageForm} lesson=${lesson} userId=${null} label="To all" />
    ${
    messages.length > 0 && html`<ul class="sent">${
      messages.slice(-3).reverse().map(({ message, user_id, text }) =>
        html`
          <li key=${message}><small>${user_id === null ? "to all" : `to ${nameOf(user_id)}`}</small> ${text}</li>
        `
      )
    }</ul>`
  }
  </section>`;
}

function Lesson({ lesson, view, course }) {
  const [openId, setOpenId] = useState(null);
  useTick();
  const students = useMemo(
    () => Object.values(view.students).sort((a, b) => a.name.localeCompare(b.name)),
    [view.students],
  );
  const staff = Object.fromEntries(view.staff.map(({ user_id, name }) => [user_id, name]));
  const nameOf = (userId) => view.students[userId]?.name ?? staff[userId] ?? "somebody who left";
  const inLobby = new Set(students.filter(({ admission }) => admission === "waiting").map(({ user_id }) => user_id));
  const isOpen = view.question?.step === "open" || view.question?.step === "closing";
  const row = openId === null ? null : view.students[openId] ?? null;
  return html`
    <main class="teaching">
      <div class="column">
        ${view.mode !== "self_paced" && html`
          <${QuestionPanel} lesson=${lesson} view=${view} course=${course} students=${students} nameOf=${nameOf} />
        `}
        <${Rooms} lesson=${lesson} breakouts=${view.breakouts} isRunning=${view.status === "running"}
          hasAnswers=${view.question?.step === "down" || view.question?.step === "revealed"} nameOf=${nameOf} />
        <${Debate} lesson=${lesson} classId=${view.class_id} students=${students} nameOf=${nameOf} />
        <${RosterTable} students=${students} isOpen=${isOpen} onOpen=${setOpenId}
          onAdmitAll=${() => lesson.send("admit")} />
        <${HeatMap} skills=${view.skills} students=${students} titles=${course.titles} />
      </div>
      <div class="column side">
        <${HelpQueue} help=${view.help} inLobby=${inLobby} nameOf=${nameOf} nowMs=${lesson
          .nowMs()} onOpen=${setOpenId} />
        <${Messages} lesson=${lesson} messages=${view.messages} nameOf=${nameOf} />
        <${WrongAnswers} wrong=${view.wrong_answers} items=${course.items} nameOf=${nameOf} />
      </div>
    </main>
    ${row && html`
      <${StudentDialog} lesson=${lesson} view=${view} row=${row} course=${course}
        onClose=${() => setOpenId(null)} />
    `}
  `;
}

/** What the server said no to, until the next command; over the page, so that it is seen wherever one was pressed. */
function Refusal({ lesson, refusal }) {
  return html`<div role="alert" class="refusal">
    ${
    refusal && html`<p>${refusal} <button class="small" onClick=${() => lesson.store.set({ refusal: null })}>
      Close</button></p>`
  }
  </div>`;
}

export function LivePage({ account, lessonId, onBack }) {
  const [lesson] = useState(() => new HeldLesson(account, lessonId));
  const { view, connection, fault, reason, waiting, refusal, course } = useStore(lesson.store);
  const courseId = view?.course_id ?? null;
  useEffect(() => () => lesson.close(), [lesson]);
  useEffect(() => {
    if (courseId === null) return;
    lesson.readCourse(courseId).catch((error) => lesson.store.set({ refusal: error.message }));
  }, [courseId]);
  if (view === null) {
    return html`
      <${PageStatus} connection=${connection} />
      <main class="narrow">
            ${fault
              ? html`<p class="fault" role="alert">There is no such lesson of yours.</p>`
              : html`<p class="quiet" role="status">One moment…</p>`}
          </main>
    `;
  }
  return html`
    <${LessonBar} lesson=${lesson} view=${view} reason=${reason} onBack=${() => onBack(view.class_id)} />
    <${PageStatus} connection=${connection} waiting=${waiting} />
    <${Refusal} lesson=${lesson} refusal=${refusal} />
    <${Lesson} lesson=${lesson} view=${view} course=${course ?? NO_COURSE} />
  `;
}
