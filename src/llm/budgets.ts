/** Tokens a day for each learner and class: what is recorded counts across restarts and nodes, what is under way at once. */
import type { LlmCalls } from "../domain/llm/call_records.ts";

const DAY_MS = 86_400_000;

/** Whose budgets a call counts against. */
export interface Payers {
  /** The learner's pseudonym; null for nobody's. */
  readonly learner: string | null;
  readonly classId: string | null;
}

/** Tokens a day, by the calendar of UTC. */
export interface TokenLimits {
  readonly learnerDay: number;
  readonly classDay: number;
}

export class Budgets {
  readonly #calls: Pick<LlmCalls, "spent">;
  readonly #limits: TokenLimits;
  readonly #nowMs: () => number;
  /** Tokens of calls under way on this node, by payer. */
  readonly #held = new Map<string, number>();

  constructor(calls: Pick<LlmCalls, "spent">, limits: TokenLimits, nowMs: () => number) {
    this.#calls = calls;
    this.#limits = limits;
    this.#nowMs = nowMs;
  }

  /**
   * Holds `tokens` for a call about to go out: the most that it can cost. Null where that is more than is left.
   * The function it resolves to lets them go, once what the call really cost has been recorded. Rejects when the
   * store does.
   */
  async hold(payers: Payers, tokens: number): Promise<(() => void) | null> {
    const keys = keysOf(payers);
    // Held before the store is asked: whoever asks next counts this call, recorded or not.
    const held = keys.map((key) => this.#add(key, tokens));
    const letGo = () => keys.forEach((key) => this.#add(key, -tokens));
    try {
      const dayStartMs = Math.floor(this.#nowMs() / DAY_MS) * DAY_MS;
      const spent = await this.#calls.spent(dayStartMs, payers);
      const { learnerDay, classDay } = this.#limits;
      const fitsLearner = payers.learner === null || spent.learner + (held[0] ?? 0) <= learnerDay;
      const fitsClass = payers.classId === null || spent.ofClass + (held.at(-1) ?? 0) <= classDay;
      if (fitsLearner && fitsClass) return letGo;
    } catch (error) {
      letGo();
      throw error;
    }
    letGo();
    return null;
  }

  #add(key: string, tokens: number): number {
    const held = (this.#held.get(key) ?? 0) + tokens;
    if (held > 0) this.#held.set(key, held);
    else this.#held.delete(key);
    return held;
  }
}

/** The learner's first, the class's last. */
function keysOf({ learner, classId }: Payers): readonly string[] {
  return [...learner === null ? [] : [`learner ${learner}`], ...classId === null ? [] : [`class ${classId}`]];
}
