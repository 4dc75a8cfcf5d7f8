/** One call from the question to its record: what it has cost and told so far. */
import type { LlmOutcome, LlmQuestion } from "../domain/llm/language_model.ts";
import type { LlmCall } from "../domain/llm/call_records.ts";
import type { Payers } from "./budgets.ts";
import type { ChatPiece } from "./chat_host.ts";
import { CHARACTERS_PER_TOKEN_ASSUMED, COST_BELIEVED_SHARE_MIN } from "./limits.ts";
import type { Prompt } from "./prompt.ts";

export class Call {
  /** Told to who asked. */
  text = "";
  tries = 0;
  isCached = false;
  readonly #begunMs: number;
  #firstTextMs: number | null = null;
  /** Of tries that are over. */
  #tokensIn = 0;
  #tokensOut = 0;
  #cost: { readonly tokensIn: number; readonly tokensOut: number } | null = null;
  #writtenInTry = 0;

  constructor(readonly question: LlmQuestion, readonly prompt: Prompt, readonly payers: Payers, nowMs: number) {
    this.#begunMs = nowMs;
  }

  beginTry(): void {
    this.tries += 1;
    this.#cost = null;
    this.#writtenInTry = 0;
  }

  take(piece: ChatPiece, nowMs: number): void {
    if (piece.kind === "cost") {
      this.#cost = piece;
      return;
    }
    this.#writtenInTry += piece.written;
    if (piece.text !== "") this.#firstTextMs ??= nowMs - this.#begunMs;
    this.text += piece.text;
  }

  /** Adds what the try has cost: what its host says where that can be, else as its texts suggest; 0 without an answer. */
  endTry(): void {
    const assumedOut = Math.ceil(this.#writtenInTry / CHARACTERS_PER_TOKEN_ASSUMED);
    const assumedIn = assumedOut > 0 ? this.prompt.tokensAssumed : 0;
    this.#tokensIn += believed(this.#cost?.tokensIn, assumedIn);
    this.#tokensOut += believed(this.#cost?.tokensOut, assumedOut);
  }

  record(id: string, model: string, outcome: LlmOutcome, nowMs: number): LlmCall {
    const { question: { purpose }, prompt: { hash }, payers, tries } = this;
    return {
      id,
      atMs: this.#begunMs,
      purpose,
      model,
      promptHash: hash,
      ...payers,
      tokensIn: this.#tokensIn,
      tokensOut: this.#tokensOut,
      firstTextMs: this.#firstTextMs,
      answerMs: Math.max(0, nowMs - this.#begunMs),
      tries,
      outcome: outcome.kind === "no_answer" ? outcome.reason : this.isCached ? "cached" : "answered",
    };
  }
}

/** Who says too little for the texts that were seen is not believed. */
function believed(told: number | undefined, assumed: number): number {
  return told === undefined || told < assumed * COST_BELIEVED_SHARE_MIN ? assumed : told;
}
