/** The class's question as its teacher runs it, step by step. */
import { useState } from "preact/hooks";
import { AnswerBars } from "../live/answer_bars.js";
import { Countdown, useLeftMs } from "../live/countdown.js";
import { gainInWords } from "../live/gain.js";
import { html } from "../live/html.js";
import { RichLine, RichText } from "../live/rich_text.js";
import { AskQuestion } from "./ask_question.js";

const SOON_MS = 10_000;
const MORE_MS = 30_000;

function Open({ lesson, question }) {
  return html`<div class="row">
    <button class="primary" onClick=${() =>
    lesson.send("close_question", { in_ms: SOON_MS })}>Pens down in 10 s</button>
    <button onClick=${() => lesson.send("close_question")}>Pens down now</button>
    ${
    question.deadline_ms !== null && html`
      <button onClick=${() => lesson.send("extend_time", { by_ms: MORE_MS })}>30 s more for all</button>
    `
  }
  </div>`;
}

function Closing({ lesson, question: { cutoff_ms }, pausedAt }) {
  const left = useLeftMs({ deadline_ms: null, cutoff_ms }, pausedAt, () => lesson.nowMs());
  if (left > 0) {
    return html`
      <div class="row">
        <button onClick=${() => lesson.send("close_question")}>Pens down now</button>
        <button onClick=${() => lesson.send("extend_time", { by_ms: MORE_MS })}>30 s more for all</button>
      </div>
    `;
  }
  return html`
    <div class="row">
      <p class="grow" role="status">Pens are going down. Answers on their way still count, and those of students who were
          cut off are waited for.</p>
      <button onClick=${() => lesson.send("end_wait")}>Wait no longer</button>
    </div>
  `;
}

function Discuss({ lesson, question, areInRooms }) {
  const [size, setSize] = useState("2");
  if (question.purpose !== "vote" || question.round > 1) return null;
  return html`
    ${!areInRooms && html`
      <label class="inline">In rooms of
            <select value=${size} onChange=${({ target }) => setSize(target.value)}>
              ${["2", "3", "4"].map((n) => html`<option key=${n} value=${n}>${n}</option>`)}
            </select>
          </label>
      <button onClick=${() => lesson.send("form_breakouts", { how: "difference", size: Number(size) })}>
            Let them talk it over</button>
    `}
    <button onClick=${() => lesson.send("vote_again")}>Vote again</button>
  `;
}

function Down({ lesson, question, areInRooms }) {
  return html`<div class="stack">
    <${AnswerBars} answers=${question.answers ?? []} caption="Only you see this until you reveal it" />
    ${question.first_votes && html`<${AnswerBars} answers=${question.first_votes} caption="The first vote" />`}
    <div class="row">
      <button class="primary" onClick=${() => lesson.send("reveal")}>Reveal the answer</button>
      <${Discuss} lesson=${lesson} question=${question} areInRooms=${areInRooms} />
      <button onClick=${() => lesson.send("reopen_question")}>Reopen for who has not answered</button>
    </div>
  </div>`;
}

function Spotlight({ lesson, students }) {
  const [userId, setUserId] = useState("");
  const [shown, setShown] = useState("unnamed");
  const answering = students.filter(({ has_answered }) => has_answered);
  if (answering.length === 0) return null;
  return html`
    <form class="row" onSubmit=${(event) => {
      event.preventDefault();
      void lesson.send("spotlight", { user_id: userId, named: shown === "named" });
    }}>
      <label class="inline">Show the answer of
          <select value=${userId} onChange=${({ target }) => setUserId(target.value)}>
            <option value="" disabled>choose…</option>
            ${answering.map(({ user_id, name }) =>
              html`
                <option key=${user_id} value=${user_id}>${name}</option>
              `
            )}
          </select>
        </label>
      <label class="inline">
        <select aria-label="With or without the name" value=${shown} onChange=${({ target }) => setShown(target.value)}>
          <option value="unnamed">without their name</option>
          <option value="named">with their name</option>
        </select>
      </label>
      <button disabled=${userId === ""}>Show it</button>
    </form>
  `;
}

function teacherGain(gain) {
  const { normalised } = gain;
  return normalised === null ? gainInWords(gain) : `${gainInWords(gain)} Normalised gain ${normalised.toFixed(2)}.`;
}

function Revealed({ lesson, question, students, spotlight }) {
  const { correct_answer, answers, gain } = question.revealed;
  return html`<div class="stack">
    <p>Right is <strong><${RichLine} text=${correct_answer} /></strong></p>
    <${AnswerBars} answers=${answers} caption=${
    question.round > 1 ? "The second vote" : "How the class has answered"
  } />
    ${question.first_votes && html`<${AnswerBars} answers=${question.first_votes} caption="The first vote" />`}
    ${gain && html`<p class="note">${teacherGain(gain)}</p>`}
    ${
    spotlight?.question === question.question && html`<p class="quiet">Shown to the class:
      <${RichLine} text=${spotlight.answer} /></p>`
  }
    <${Spotlight} lesson=${lesson} students=${students} />
  </div>`;
}

const STEPS = { open: Open, closing: Closing, down: Down, revealed: Revealed };
const STEP_WORDS = { open: "open", closing: "closing", down: "pens down", revealed: "revealed" };

function Present({ lesson, view, students }) {
  const { question } = view;
  const Step = STEPS[question.step];
  const isOpen = question.step === "open" || question.step === "closing";
  const pausedAt = view.paused_at === null ? null : Date.parse(view.paused_at);
  const kind = question.purpose === "vote" ? (question.round > 1 ? "Second vote" : "Vote") : "Question";
  return html`
    <div class="stack" data-step=${question.step}>
      <div class="row">
          <span class="pill">${kind}</span>
          <span class=${`pill ${isOpen ? "good" : ""}`}>${STEP_WORDS[question.step]}</span>
          <span class="grow answered">
            <meter min="0" max=${Math.max(1, question.present)} value=${question.answered} aria-hidden="true"></meter>
            <span><strong>${question.answered}</strong> of ${question.present} here have answered</span>
          </span>
          ${isOpen && html`<${Countdown} question=${question} pausedAt=${pausedAt} nowMs=${() => lesson.nowMs()} />`}
        </div>
      <${RichText} text=${question.item.prompt} class="prompt" />
      <${Step} lesson=${lesson} question=${question} students=${students} pausedAt=${pausedAt} areInRooms=${view
            .breakouts !== null &&
        view.breakouts.over_at_ms === null}
        spotlight=${view
          .spotlight} />
    </div>
  `;
}

export function QuestionPanel({ lesson, view, course, students }) {
  const step = view.question?.step ?? null;
  const mayAsk = step !== "open" && step !== "closing";
  return html`
    <section class="card question" aria-labelledby="question-title">
      <header>
        <h2 id="question-title">Question to the class</h2>
      </header>
      <div class="stack">
          ${view.question && html`
            <${Present} key=${view.question.question} lesson=${lesson} view=${view} students=${students} />
          `}
          ${view.failure && html`<p class="fault" role="alert">${view.failure}</p>`}
          ${mayAsk && html`
            <${AskQuestion} lesson=${lesson} course=${course} usualMs=${view.settings.question_limit_ms}
              isAsked=${view.asked !== null} isDisabled=${view.status !== "running"} />
          `}
          ${view.status === "open" && html`<p class="quiet">Start the lesson to ask.</p>`}
        </div>
    </section>
  `;
}
