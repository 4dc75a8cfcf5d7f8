/** A lesson on the wall: how to join, the question and its time, how many have answered, what was right. */
import { useEffect, useState } from "preact/hooks";
import { AnswerBars } from "../live/answer_bars.js";
import { Countdown } from "../live/countdown.js";
import { gainInWords } from "../live/gain.js";
import { html } from "../live/html.js";
import { readJoinLink, spokenCode } from "../live/join_link.js";
import { QrCode } from "../live/qr_code.js";
import { RichLine, RichText } from "../live/rich_text.js";

function useJoinLink(token, classId) {
  const [joined, setJoined] = useState(null);
  useEffect(() => {
    // Without it the wall says less; the teacher's page says why.
    readJoinLink(token, classId).then(setJoined, () => setJoined(null));
  }, [classId]);
  return joined;
}

function Lobby({ view, joined, here }) {
  return html`<main class="wall lobby">
    <div class="how">
      <h2>Join at ${joined?.link ? new URL(joined.link).host : location.host}/join</h2>
      ${joined && html`<p class="code">${spokenCode(joined.code)}</p>`}
      <p class="count"><strong>${here}</strong> ${here === 1 ? "is" : "are"} here</p>
      ${view.status !== "open" && html`<p class="quiet">The next question comes soon.</p>`}
    </div>
    ${joined?.svg && html`<${QrCode} svg=${joined.svg} label="QR code of the link to join" />`}
  </main>`;
}

function Options({ form }) {
  if (form.kind !== "choice" && form.kind !== "choices") return null;
  return html`<ol class="offered" type="A">${
    form.options.map(({ id, text }) =>
      html`
        <li key=${id}>
          <${RichLine} text=${text} />
        </li>
      `
    )
  }</ol>`;
}

function Standings({ standings }) {
  if (standings.length === 0) return null;
  return html`
    <section>
      <h3>Standing</h3>
      <ol class="standings">${standings.map(({ name, rank, points }) =>
        html`<li key=${`${rank} ${name}`}>
      <span>${rank}.</span><span class="grow">${name}</span><span>${points}</span></li>`
      )}</ol>
    </section>
  `;
}

function Reveal({ question, spotlight }) {
  const { correct_answer, explanation, answers, standings, gain } = question.revealed;
  return html`
    <div class="reveal">
      <div class="stack">
          <p class="solution">Right is <strong><${RichLine} text=${correct_answer} /></strong></p>
          <${AnswerBars} answers=${answers.filter(({ correct, offered }) =>
            correct || offered !== false
          )} caption="How the class has answered" />
          ${gain && html`<p class="note">${gainInWords(gain)}</p>`}
          ${spotlight?.question === question.question && html`<p class="note">From the class:
        <strong> <${RichLine} text=${spotlight.answer} /></strong></p>`}
        </div>
      <div class="stack">
        <${RichText} text=${explanation} class="explanation" />
        <${Standings} standings=${standings} />
      </div>
    </div>
  `;
}

function stepText({ step }, areInRooms) {
  if (step === "closing") return "Pens down!";
  if (step !== "down") return "";
  return areInRooms ? "Talk it over in your room." : "Pens are down.";
}

function Question({ view }) {
  const { question } = view;
  const isRevealed = question.step === "revealed";
  return html`<main class="wall" data-step=${question.step}>
    <${RichText} text=${question.item.prompt} class="prompt" />
    ${!isRevealed && html`<${Options} form=${question.item.form} />`}
    ${
    isRevealed
      ? html`<${Reveal} question=${question} spotlight=${view.spotlight} />`
      : html`<p class="step" role="status">${
        stepText(question, view.breakouts !== null && view.breakouts.over_at_ms === null)
      }</p>`
  }
  </main>`;
}

export function Wall({ view, token, nowMs }) {
  const joined = useJoinLink(token, view.class_id);
  const { question } = view;
  const here = Object.values(view.students).filter(({ presence: { devices } }) => devices > 0).length;
  const pausedAt = view.paused_at === null ? null : Date.parse(view.paused_at);
  const isOpen = question?.step === "open" || question?.step === "closing";
  return html`
    <header class="top">
      <h1>${view.title}</h1>
      ${view.status === "paused" && html`<span class="pill wait">paused</span>`}
      ${question && question.step !== "revealed" && html`<span class="count"><strong>${question.answered}</strong> of
        ${" "}${question.present} have answered</span>`}
      ${isOpen && html`<${Countdown} question=${question} pausedAt=${pausedAt} nowMs=${nowMs} />`}
      ${question && joined && html`<span class="code">${spokenCode(joined.code)}</span>`}
    </header>
    ${view.status === "closed"
      ? html`
        <main class="wall">
          <p class="step">The lesson is over. Thank you!</p>
        </main>
      `
      : question === null
      ? html`<${Lobby} view=${view} joined=${joined} here=${here} />`
      : html`<${Question} view=${view} />`}
  `;
}
