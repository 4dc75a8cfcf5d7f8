/** Answers to identical questions, a bounded number of them for a bounded time. */
import type { LlmOutcome } from "../domain/llm/language_model.ts";
import { ANSWER_CACHED_MS, ANSWERS_CACHED_MAX } from "./limits.ts";

type Answer = Extract<LlmOutcome, { kind: "answered" }>;

export class AnswerCache {
  readonly #nowMs: () => number;
  /** By the hash of the whole prompt, oldest first. */
  readonly #answers = new Map<string, { readonly answer: Answer; readonly untilMs: number }>();

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  find(promptHash: string): Answer | null {
    const found = this.#answers.get(promptHash);
    if (found === undefined) return null;
    if (found.untilMs > this.#nowMs()) return found.answer;
    this.#answers.delete(promptHash);
    return null;
  }

  keep(promptHash: string, answer: Answer): void {
    this.#answers.delete(promptHash);
    this.#answers.set(promptHash, { answer, untilMs: this.#nowMs() + ANSWER_CACHED_MS });
    for (const oldest of this.#answers.keys()) {
      if (this.#answers.size <= ANSWERS_CACHED_MAX) return;
      this.#answers.delete(oldest);
    }
  }
}
