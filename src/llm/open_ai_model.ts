/** The language model behind its port: bounded, budgeted, retried, left alone when it fails, and every call recorded. */
import type { Chance, Clock, Meter } from "../actors/ports.ts";
import type { LanguageModel, LlmOutcome, LlmQuestion, NoAnswerReason } from "../domain/llm/language_model.ts";
import type { LlmCalls } from "../domain/llm/call_records.ts";
import { AnswerCache } from "./answer_cache.ts";
import { Budgets, type TokenLimits } from "./budgets.ts";
import { Call } from "./call.ts";
import { CallPlaces } from "./call_places.ts";
import { ChatHost, type HostSettings } from "./chat_host.ts";
import { type CallEnd, CircuitBreaker } from "./circuit_breaker.ts";
import { HostFailure, hostFailure } from "./host_failure.ts";
import { FIRST_TEXT_MS_MAX, RETRY_MS_MIN, TRIES_MAX } from "./limits.ts";
import { promptOf } from "./prompt.ts";
import type { Pseudonyms } from "./pseudonyms.ts";
import { rulesGuard } from "./rules_guard.ts";

export interface ModelParts {
  readonly host: HostSettings;
  readonly limits: TokenLimits;
  readonly calls: Pick<LlmCalls, "record" | "spent">;
  /** Whether language models may be used in a class. */
  readonly classAllows: (classId: string) => Promise<boolean>;
  readonly pseudonyms: Pseudonyms;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly meter: Meter;
  /** Told of what went wrong, in words without anyone's text. */
  readonly onFailure: (what: string, reason: string) => void;
}

type Told = (piece: string) => void;

function none(reason: NoAnswerReason): LlmOutcome {
  return { kind: "no_answer", reason };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

export class OpenAiModel implements LanguageModel {
  readonly #parts: ModelParts;
  readonly #host: ChatHost;
  readonly #places = new CallPlaces();
  readonly #breaker: CircuitBreaker;
  readonly #cache: AnswerCache;
  readonly #budgets: Budgets;

  constructor(parts: ModelParts) {
    const nowMs = () => parts.clock.nowMs();
    this.#parts = parts;
    this.#host = new ChatHost(parts.host);
    this.#breaker = new CircuitBreaker(nowMs);
    this.#cache = new AnswerCache(nowMs);
    this.#budgets = new Budgets(parts.calls, parts.limits, nowMs);
  }

  /** For metrics and administrators. */
  stats(): { readonly model: string; readonly circuit: "closed" | "open" | "half_open"; readonly calls: number } {
    return { model: this.#host.model, circuit: this.#breaker.state, calls: this.#places.taken };
  }

  async ask(question: LlmQuestion, onText: Told, signal: AbortSignal): Promise<LlmOutcome> {
    const { pseudonyms, clock, meter, onFailure } = this.#parts;
    const { learnerId, classId } = question;
    try {
      const learner = learnerId === null ? null : await pseudonyms.of(learnerId);
      const prompt = await promptOf(question, this.#host.model);
      const call = new Call(question, prompt, { learner, classId }, clock.nowMs());
      const outcome = await this.#answer(call, onText, signal);
      meter.count(`llm_${outcome.kind === "answered" ? "answered" : outcome.reason}`);
      return outcome;
    } catch (error) {
      // The store, or who listens: either way there is no answer, and the caller has one of its own.
      onFailure("a question to the language model failed", reasonOf(error));
      return none("failed");
    }
  }

  /** Answers within the budget, and lets what was held go once the cost is recorded. */
  async #answer(call: Call, onText: Told, signal: AbortSignal): Promise<LlmOutcome> {
    const { question: { classId, tokensMax }, prompt, payers } = call;
    if (classId !== null && !(await this.#parts.classAllows(classId))) {
      return await this.#recorded(call, none("switched_off"));
    }
    const known = this.#cache.find(prompt.hash);
    if (known !== null) {
      call.isCached = true;
      onText(known.text);
      return await this.#recorded(call, known);
    }
    const letGo = await this.#budgets.hold(payers, prompt.tokensAssumed + tokensMax);
    if (letGo === null) return await this.#recorded(call, none("over_budget"));
    try {
      const outcome = await this.#inTime(call, onText, signal);
      if (outcome.kind === "answered" && !outcome.isCut) this.#cache.keep(prompt.hash, outcome);
      return await this.#recorded(call, outcome);
    } finally {
      letGo();
    }
  }

  /** A call that cannot be recorded is told of; its answer is good all the same. */
  async #recorded(call: Call, outcome: LlmOutcome): Promise<LlmOutcome> {
    const { calls, clock, meter, onFailure } = this.#parts;
    const record = call.record(crypto.randomUUID(), this.#host.model, outcome, clock.nowMs());
    meter.observe("llm_answer_ms", record.answerMs);
    try {
      await calls.record(record);
    } catch (error) {
      onFailure("a call of the language model could not be recorded", reasonOf(error));
    }
    return outcome;
  }

  /** Bounds the whole call in time, its wait for a place included. */
  async #inTime(call: Call, onText: Told, signal: AbortSignal): Promise<LlmOutcome> {
    const deadline = new AbortController();
    const cancel = this.#parts.clock.after(call.question.answerMsMax, () => deadline.abort());
    const ended = AbortSignal.any([signal, deadline.signal]);
    const whyEnded = (otherwise: NoAnswerReason) =>
      none(signal.aborted ? "stopped" : deadline.signal.aborted ? "timed_out" : otherwise);
    try {
      const giveBack = await this.#places.take(ended);
      if (giveBack === null) return whyEnded("busy");
      try {
        return await this.#admitted(call, onText, ended, whyEnded);
      } finally {
        giveBack();
      }
    } finally {
      cancel();
    }
  }

  async #admitted(
    call: Call,
    onText: Told,
    ended: AbortSignal,
    whyEnded: (otherwise: NoAnswerReason) => LlmOutcome,
  ): Promise<LlmOutcome> {
    const tell = this.#breaker.admit();
    if (tell === null) return none("circuit_open");
    let end: CallEnd = "neither";
    try {
      const outcome = await this.#tries(call, onText, ended);
      end = "succeeded";
      return outcome;
    } catch (error) {
      const failure = hostFailure(error);
      const outcome = whyEnded("failed");
      // A host that takes too long has failed; one that was stopped has not.
      const isFault = outcome.kind === "no_answer" && outcome.reason !== "stopped" && failure.fault === "host";
      end = isFault ? "failed" : "neither";
      if (isFault) this.#parts.onFailure("the language model gave no answer", failure.message);
      return outcome.kind === "no_answer" && outcome.reason === "failed" && failure instanceof SlowStart
        ? none("timed_out")
        : outcome;
    } finally {
      tell(end);
    }
  }

  /** Tries again after a passing failure, as long as nothing has been told. */
  async #tries(call: Call, onText: Told, ended: AbortSignal): Promise<LlmOutcome> {
    for (;;) {
      try {
        return await this.#oneTry(call, onText, ended);
      } catch (error) {
        const failure = hostFailure(error);
        const isLast = call.text !== "" || call.tries >= TRIES_MAX || ended.aborted;
        const isTooLate = (failure.retryAfterMs ?? 0) >= call.question.answerMsMax;
        if (failure.lasts === "lasting" || isLast || isTooLate) throw failure;
        await this.#pause(call.tries, failure.retryAfterMs, ended);
      }
    }
  }

  async #oneTry(call: Call, onText: Told, ended: AbortSignal): Promise<LlmOutcome> {
    const { clock } = this.#parts;
    const { question, prompt, payers } = call;
    const start = new AbortController();
    const cancel = clock.after(FIRST_TEXT_MS_MAX, () => start.abort());
    const givesAway = rulesGuard(prompt);
    call.beginTry();
    try {
      const pieces = this.#host.stream(prompt, question, payers.learner, AbortSignal.any([ended, start.signal]));
      for (let next = await pieces.next();; next = await pieces.next()) {
        if (ended.aborted) throw new HostFailure("the call was ended", "lasting", "host", null);
        if (next.done === true) {
          const { isCut, isRefused } = next.value;
          return isRefused ? none("refused") : { kind: "answered", text: call.text, model: this.#host.model, isCut };
        }
        cancel();
        call.take(next.value, clock.nowMs());
        if (next.value.kind !== "text" || next.value.text === "") continue;
        if (givesAway(call.text)) {
          await pieces.return({ isCut: true, isRefused: false });
          return none("refused");
        }
        onText(next.value.text);
      }
    } catch (error) {
      throw start.signal.aborted && !ended.aborted ? new SlowStart() : error;
    } finally {
      cancel();
      call.endTry();
    }
  }

  /** Doubling pauses, half of each by chance, so that many callers do not come back at once. */
  async #pause(tries: number, askedMs: number | null, ended: AbortSignal): Promise<void> {
    const { clock, chance } = this.#parts;
    const ownMs = RETRY_MS_MIN * 2 ** (tries - 1) * (0.5 + chance.next() / 2 ** 33);
    const { promise, resolve } = Promise.withResolvers<void>();
    const cancel = clock.after(Math.max(ownMs, askedMs ?? 0), resolve);
    ended.addEventListener("abort", () => resolve(), { once: true });
    await promise;
    cancel();
  }
}

/** Nothing has come for too long. Another try would only wait again. */
class SlowStart extends HostFailure {
  constructor() {
    super(`no text in ${FIRST_TEXT_MS_MAX} ms`, "lasting", "host", null);
  }
}
