/** Asks the language model for the tutor's answer, and tells it sentence by sentence as far as the filter lets it through. */
import type { EffectRunner, TellFromEffect } from "../actors/ports.ts";
import type { LanguageModel, LlmOutcome } from "../domain/llm/language_model.ts";
import { sessionAddress, type SessionCommand } from "../domain/session/messages.ts";
import type { AskTutorEffect } from "../domain/session/tutor_messages.ts";
import { answerLeak } from "../domain/tutor/answer_leak.ts";
import { calculationsOn } from "../domain/tutor/ladder.ts";
import { tutorQuestion } from "../domain/tutor/tutor_question.ts";
import { wholeSentences } from "../domain/tutor/whole_sentences.ts";
import { keyOf } from "../domain/address.ts";

/** Hands on what may be told, one message at a time: what comes meanwhile goes with the next. */
class Telling {
  readonly #tell: (at: number, text: string) => Promise<"taken" | "refused">;
  readonly #stop: () => void;
  #told = 0;
  #passed = "";
  #under = Promise.resolve();
  #isUnderWay = false;

  constructor(tell: (at: number, text: string) => Promise<"taken" | "refused">, stop: () => void) {
    this.#tell = tell;
    this.#stop = stop;
  }

  /** `text` is the answer as far as it has passed the filter. */
  pass(text: string): void {
    this.#passed = text;
    if (!this.#isUnderWay) this.#under = this.#goOn();
  }

  /** Resolves when nothing is on its way any more. */
  end(): Promise<void> {
    return this.#under;
  }

  async #goOn(): Promise<void> {
    this.#isUnderWay = true;
    while (this.#told < this.#passed.length) {
      const at = this.#told;
      this.#told = this.#passed.length;
      // A session that takes no piece waits for no answer either.
      if (await this.#tell(at, this.#passed.slice(at)) === "refused") this.#stop();
    }
    this.#isUnderWay = false;
  }
}

function commandOf(effect: AskTutorEffect, outcome: LlmOutcome, isLeaking: boolean): SessionCommand {
  const { ask } = effect;
  if (isLeaking) return { type: "tutor_unanswered", ask, because: "leak" };
  if (outcome.kind === "no_answer") return { type: "tutor_unanswered", ask, because: outcome.reason };
  const { text, isCut, model } = outcome;
  return { type: "tutor_reply", ask, text: isCut ? text.slice(0, wholeSentences(text)) : text, model };
}

/**
 * The runner of `ask_tutor`; without a model an author's words stand in at once. Nothing of an answer is told that the
 * filter has not passed together with all before it; the session passes the whole through the filter once more.
 */
export function createAskTutor(
  model: LanguageModel | null,
  tell: TellFromEffect,
): EffectRunner<AskTutorEffect, SessionCommand> {
  return async (effect, actor, signal) => {
    const { ask, item, rung, turns, words } = effect;
    if (model === null) return { type: "tutor_unanswered", ask, because: "no_model" };
    const stop = new AbortController();
    const session = sessionAddress(keyOf(actor));
    const telling = new Telling(
      (at, text) => tell(session, { type: "tutor_piece", ask, at, text }, ask),
      () => stop.abort(),
    );
    const earlier = turns.map((turn) => turn.text);
    let said = "";
    let isLeaking = false;
    const onText = (piece: string) => {
      said += piece;
      const text = said.slice(0, wholeSentences(said));
      if (isLeaking || text === "") return;
      isLeaking = answerLeak(item, { words, earlier, text, calculations: calculationsOn(rung) }) !== null;
      if (isLeaking) stop.abort();
      else telling.pass(text);
    };
    const outcome = await model.ask(tutorQuestion(effect), onText, AbortSignal.any([signal, stop.signal]));
    await telling.end();
    return commandOf(effect, outcome, isLeaking);
  };
}
