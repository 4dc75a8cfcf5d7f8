/** The class's question as a student meets it: open, sent, counted, closed, revealed. */
import { AnswerBars } from "../live/answer_bars.js";
import { AnswerForm } from "../live/answer_form.js";
import { Countdown, useLeftMs } from "../live/countdown.js";
import { gainInWords } from "../live/gain.js";
import { html } from "../live/html.js";
import { RichLine, RichText } from "../live/rich_text.js";

/** What became of the student's latest answer to this question in this round; null when there is none. */
function mineOf(question, sent) {
  return sent !== null && sent.question === question.question && sent.round === question.round ? sent : null;
}

/** What is to be said of the student's answer now: `{tone, says}`, or null. */
function standOf(question, mine, connection) {
  if (mine?.state === "sending") {
    return connection === "open"
      ? { tone: "wait", says: "Sending…" }
      : { tone: "wait", says: "Waiting to be sent. Your answer is kept with the time you gave it." };
  }
  if (mine?.state === "refused") return { tone: "bad", says: mine.says };
  if (question.your_answer !== null) return { tone: "good", says: "Your answer counts." };
  if (question.step === "down") return { tone: "bad", says: "Pens are down. You gave no answer to this question." };
  return null;
}

function Spotlight({ spotlight }) {
  return html`<p class="note">Your teacher shows an answer from the class:
    <strong> <${RichLine} text=${spotlight.answer} /></strong>, which is ${spotlight.correct ? "right" : "not right"}.
  </p>`;
}

function Standings({ standings }) {
  if (standings.length === 0) return null;
  return html`
    <section>
      <h3>Standing</h3>
      <ol class="standings">${standings.map(({ name, rank, points, is_you }) =>
        html`
          <li key=${`${rank} ${name}`} class=${is_you ? "you" : ""}>
            <span>${rank}.</span><span class="grow">${name}${is_you ? " (you)" : ""}</span><span>${points}</span>
          </li>
        `
      )}</ol>
    </section>
  `;
}

function Result({ result }) {
  if (result === null) return html`<p class="verdict wait">You gave no answer that counts.</p>`;
  return result.correct
    ? html`<p class="verdict good">✓ Right!</p>`
    : html`<p class="verdict bad">Not right this time${
      result.score > 0 ? `, ${Math.round(result.score * 100)} % of it was` : ""
    }.</p>`;
}

function Reveal({ question }) {
  const { correct_answer, explanation, answers, standings, gain } = question.revealed;
  return html`<div class="stack">
    <${Result} result=${question.your_result} />
    <p>Right is <strong><${RichLine} text=${correct_answer} /></strong></p>
    <${RichText} text=${explanation} class="explanation" />
    ${question.spotlight && html`<${Spotlight} spotlight=${question.spotlight} />`}
    <${AnswerBars} answers=${answers} caption="How the class has answered" />
    ${gain && html`<p class="note">${gainInWords(gain)}</p>`}
    <${Standings} standings=${standings} />
  </div>`;
}

function Answering({ lesson, question, view, sent, connection }) {
  const mine = mineOf(question, sent);
  const stand = standOf(question, mine, connection);
  const pausedAt = view.paused_at === null ? null : Date.parse(view.paused_at);
  const left = useLeftMs(question, pausedAt, () => lesson.nowMs());
  const isOpen = (question.step === "open" || question.step === "closing") && left !== 0 && pausedAt === null;
  const isSettled = stand?.tone === "good" && !view.answers_may_change;
  const isOver = question.step === "down" || isSettled || (stand?.tone === "wait" && !view.answers_may_change);
  return html`<div class="stack">
    <${AnswerForm} key=${`${question.question} ${question.round}`} name=${`q${question.question}`}
      form=${question.item.form} given=${question.your_answer?.response ?? mine?.response ?? null}
      isDisabled=${!isOpen || isOver} label=${
    isOver ? null : stand?.tone === "good" ? "Send this instead" : "Send my answer"
  }
      onSend=${(response) => lesson.answer(question, response)} />
    <div role="status">${stand && html`<p class=${`verdict ${stand.tone}`}>${stand.says}</p>`}</div>
    ${
    question.step === "down" && question.your_answer !== null &&
    html`<p class="quiet">Pens are down. ${
      question.purpose === "vote"
        ? "Your teacher says whether you talk it over and vote again."
        : "Your teacher reveals the answer next."
    }</p>`
  }
  </div>`;
}

export function QuestionCard({ lesson, view, sent, connection }) {
  const { question } = view;
  const pausedAt = view.paused_at === null ? null : Date.parse(view.paused_at);
  const isOpen = question.step === "open" || question.step === "closing";
  const title = question.purpose !== "vote" ? "Question" : question.round === 1 ? "Vote" : "Second vote";
  return html`<section class="card question" aria-labelledby="question-title" data-step=${question.step}>
    <header class="row">
      <h2 id="question-title" class="grow">${title}</h2>
      ${isOpen && html`<${Countdown} question=${question} pausedAt=${pausedAt} nowMs=${() => lesson.nowMs()} />`}
    </header>
    <${RichText} text=${question.item.prompt} class="prompt" />
    ${
    question.step === "revealed"
      ? html`<${Reveal} question=${question} />`
      : html`<${Answering} lesson=${lesson} question=${question} view=${view} sent=${sent} connection=${connection} />`
  }
  </section>`;
}
