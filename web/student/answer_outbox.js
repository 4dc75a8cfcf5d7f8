/** A student's answers on their way: kept with the time of the press until the server has decided, over a reload too. */
import { RefusedError } from "../client/neurolearn.js";

const KEY = "neurolearn.answer";

/** Refusals in the student's words; others come in the server's. */
const REFUSALS = {
  too_late: "Too late: your time was up when you sent this.",
  pens_down: "Too late: pens are down, and this answer does not count.",
  question_closed: "This question is not open any more; your answer does not count.",
  already_answered: "Your first answer counts; this one does not.",
  lesson_paused: "The lesson is paused. Send it when it goes on.",
};

export class AnswerOutbox {
  #channel;
  #onChange;

  /** `onChange(sent)` hears what became of the latest answer: `{question, round, state, says}`. */
  constructor(channel, onChange) {
    this.#channel = channel;
    this.#onChange = onChange;
    const kept = JSON.parse(sessionStorage.getItem(KEY));
    if (kept?.channel === channel.name) void this.#send(kept.answer);
  }

  /** Sends the answer, or keeps it until that is possible; `atMs` is the moment of the press by the server's clock. */
  answer({ question, round }, response, atMs) {
    void this.#send({ question, round, response, answered_at_ms: Math.round(atMs) });
  }

  async #send(answer) {
    const { question, round, response } = answer;
    const told = { question, round, response };
    const kept = JSON.stringify({ channel: this.#channel.name, answer });
    sessionStorage.setItem(KEY, kept);
    this.#onChange({ ...told, state: "sending", says: null });
    try {
      await this.#channel.send("answer", answer);
      this.#onChange({ ...told, state: "counted", says: null });
    } catch (error) {
      // The connection has ended for good: the answer stays kept for the next page.
      if (!(error instanceof RefusedError)) return;
      this.#onChange({ ...told, state: "refused", says: REFUSALS[error.code] ?? error.message });
    }
    // Unless another answer has taken its place meanwhile.
    if (sessionStorage.getItem(KEY) === kept) sessionStorage.removeItem(KEY);
  }
}
