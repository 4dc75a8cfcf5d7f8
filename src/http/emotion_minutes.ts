/** Gathers readings in memory and hands on a summary a minute, for as long as the learner's consent lasts (M9). */
import { type EmotionObservation, EMOTIONS } from "../domain/affect/observation.ts";
import type { EdgeLog } from "./edge_log.ts";
import type { EmotionMinute } from "../domain/affect/emotion_minute.ts";
import type { EmotionHistory } from "./ports.ts";

/** One summary spans no more than this. */
export const SUMMARY_MS = 60_000;
/** How often summaries that are complete are stored. */
const STORE_EVERY_MS = 10_000;
/** Sessions with a summary under way; the readings of one more are not summarised. */
const SESSIONS_MAX = 10_000;
/** Three decimals say all that the mean of such estimates can. */
const DECIMALS = 1_000;

export interface EmotionMinutesParts {
  readonly history: Pick<EmotionHistory, "add">;
  readonly clock: { nowMs(): number; after(ms: number, action: () => void): () => void };
  readonly metrics: { count(name: string, by?: number): void };
  readonly log: EdgeLog;
}

interface Gathered {
  readonly learnerId: string;
  readonly fromMs: number;
  toMs: number;
  frames: number;
  faceFrames: number;
  confidentFrames: number;
  readonly sums: number[];
  stressSum: number;
  stressFrames: number;
}

export class EmotionMinutes {
  readonly #parts: EmotionMinutesParts;
  readonly #bySession = new Map<string, Gathered>();
  #storing: Promise<void> = Promise.resolve();
  #cancel: (() => void) | null = null;
  #isClosed = false;

  constructor(parts: EmotionMinutesParts) {
    this.#parts = parts;
  }

  /** Adds a reading whose gates were all open at this moment. `stress`: the session's index after it, 0 to 1, or null. */
  note(learnerId: string, sessionId: string, { reading }: EmotionObservation, stress: number | null): void {
    if (this.#isClosed) return;
    const nowMs = this.#parts.clock.nowMs();
    const gathered = this.#gathered(learnerId, sessionId, nowMs);
    if (gathered === null) return;
    gathered.toMs = Math.max(gathered.fromMs, nowMs);
    gathered.frames += 1;
    if (stress !== null) {
      gathered.stressSum += stress;
      gathered.stressFrames += 1;
    }
    if (reading.kind === "no_face") return;
    gathered.faceFrames += 1;
    if (reading.confident) gathered.confidentFrames += 1;
    for (const i of EMOTIONS.keys()) gathered.sums[i] = (gathered.sums[i] ?? 0) + (reading.probabilities[i] ?? 0);
  }

  /**
   * Forgets what is gathered of a learner, at once. Resolves when nothing that had been handed on before is on its way
   * to the store any more, so that what is deleted there then stays deleted.
   */
  async drop(learnerId: string): Promise<void> {
    for (const [sessionId, gathered] of this.#bySession) {
      if (gathered.learnerId === learnerId) this.#bySession.delete(sessionId);
    }
    await this.#storing;
  }

  /** Hands on everything gathered, complete or not, and takes nothing more. */
  async end(): Promise<void> {
    this.#isClosed = true;
    this.#cancel?.();
    this.#store(-Infinity);
    await this.#storing;
  }

  #gathered(learnerId: string, sessionId: string, nowMs: number): Gathered | null {
    const known = this.#bySession.get(sessionId);
    // A clock set back ends a summary as well: its times are to be believed.
    if (known !== undefined && nowMs >= known.fromMs && nowMs - known.fromMs < SUMMARY_MS) return known;
    if (known !== undefined) this.#store(SUMMARY_MS);
    if (known === undefined && this.#bySession.size >= SESSIONS_MAX) {
      this.#parts.metrics.count("emotion_readings_not_summarised");
      return null;
    }
    const fresh: Gathered = {
      learnerId,
      fromMs: nowMs,
      toMs: nowMs,
      frames: 0,
      faceFrames: 0,
      confidentFrames: 0,
      sums: EMOTIONS.map(() => 0),
      stressSum: 0,
      stressFrames: 0,
    };
    this.#bySession.set(sessionId, fresh);
    this.#cancel ??= this.#parts.clock.after(STORE_EVERY_MS, () => this.#lookAgain());
    return fresh;
  }

  #lookAgain(): void {
    this.#cancel = null;
    this.#store(SUMMARY_MS);
    if (this.#bySession.size > 0) {
      this.#cancel = this.#parts.clock.after(STORE_EVERY_MS, () => this.#lookAgain());
    }
  }

  /** Hands on what began `ageMsMin` ago or earlier, or in the future. */
  #store(ageMsMin: number): void {
    const nowMs = this.#parts.clock.nowMs();
    const due = [...this.#bySession].filter(([, { fromMs }]) => nowMs - fromMs >= ageMsMin || fromMs > nowMs);
    for (const [sessionId] of due) this.#bySession.delete(sessionId);
    if (due.length === 0) return;
    const minutes = due.map(([sessionId, gathered]) => minuteOf(sessionId, gathered));
    this.#storing = this.#storing.then(() => this.#add(minutes));
  }

  /** What cannot be stored is lost: readings are not worth keeping longer than the learner was told. */
  async #add(minutes: readonly EmotionMinute[]): Promise<void> {
    const { history, metrics, log } = this.#parts;
    try {
      metrics.count("emotion_minutes_stored", await history.add(minutes));
    } catch (error) {
      metrics.count("emotion_minutes_lost", minutes.length);
      const reason = error instanceof Error ? error.name : "unknown";
      log.write("warn", "summaries of emotion could not be stored and are lost", { count: minutes.length, reason });
    }
  }
}

function rounded(value: number): number {
  return Math.round(value * DECIMALS) / DECIMALS;
}

function minuteOf(sessionId: string, gathered: Gathered): EmotionMinute {
  const { learnerId, fromMs, toMs, frames, faceFrames, confidentFrames, sums, stressSum, stressFrames } = gathered;
  return {
    learnerId,
    sessionId,
    fromMs,
    toMs,
    frames,
    faceFrames,
    confidentFrames,
    means: faceFrames === 0 ? null : sums.map((sum) => rounded(sum / faceFrames)),
    stress: stressFrames === 0 ? null : rounded(stressSum / stressFrames),
  };
}
