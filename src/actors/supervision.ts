/** What went wrong on this node: failures kept for operators, and messages set aside. */
import type { ActorId } from "../domain/address.ts";
import { reasonOf, withDeadline } from "./deadline.ts";
import { backoffMs, type RuntimeLimits } from "./limits.ts";
import { METER } from "./meter_names.ts";
import type { Clock, DeadLetter, DeadLetters, Meter } from "./ports.ts";

export type FailureCause = "turn" | "recovery" | "append" | "projection" | "dead_letter" | "lease" | "store";

/** One failure, as an operator sees it. */
export interface Failure {
  /** Null when it concerns the node, not one actor. */
  readonly actor: ActorId | null;
  readonly cause: FailureCause;
  readonly reason: string;
  readonly commandId: string | null;
  readonly atMs: number;
}

/** A message that was set aside, without what it said. */
export type LetterNote = Omit<DeadLetter, "command">;

/** Who is told at once what goes wrong. Must not throw. */
export interface FailureListener {
  failed(failure: Failure): void;
  setAside(letter: LetterNote): void;
}

export class Supervision {
  readonly #letters: DeadLetters;
  readonly #clock: Clock;
  readonly #meter: Meter;
  readonly #limits: RuntimeLimits;
  readonly #listener: FailureListener | null;
  readonly #failures: Failure[] = [];
  /** Commands set aside lately, so that sending one again does not fail its actor again. */
  readonly #poisoned = new Set<string>();
  #restarts = 0;
  #deadLetters = 0;

  constructor(
    parts: { deadLetters: DeadLetters; clock: Clock; meter: Meter; limits: RuntimeLimits },
    listener: FailureListener | null,
  ) {
    this.#listener = listener;
    this.#letters = parts.deadLetters;
    this.#clock = parts.clock;
    this.#meter = parts.meter;
    this.#limits = parts.limits;
  }

  get restarts(): number {
    return this.#restarts;
  }

  get deadLetters(): number {
    return this.#deadLetters;
  }

  /** The newest failures first, at most `limit`. */
  recent(limit: number): readonly Failure[] {
    return this.#failures.slice(-limit).reverse();
  }

  failed(actor: ActorId | null, cause: FailureCause, reason: string, commandId: string | null = null): void {
    const failure = { actor, cause, reason, commandId, atMs: this.#clock.nowMs() };
    this.#failures.push(failure);
    this.#listener?.failed(failure);
    if (this.#failures.length > this.#limits.failuresKeptMax) this.#failures.shift();
  }

  restarted(): void {
    this.#restarts++;
    this.#meter.count(METER.restarts);
  }

  isPoisoned(actor: ActorId, commandId: string): boolean {
    return this.#poisoned.size > 0 && this.#poisoned.has(`${actor} ${commandId}`);
  }

  /** Keeps a message that its actor cannot take. Resolves false when the store would not have it after all tries. */
  async setAside(actor: ActorId, commandId: string, command: unknown, reason: string): Promise<boolean> {
    this.#deadLetters++;
    this.#meter.count(METER.deadLetters);
    this.#poison(`${actor} ${commandId}`);
    const note: LetterNote = { actor, commandId, reason, atMs: this.#clock.nowMs() };
    this.#listener?.setAside(note);
    const letter: DeadLetter = { ...note, command };
    for (let tries = 1; tries <= this.#limits.deadLetterTriesMax; tries++) {
      try {
        await withDeadline(this.#letters.keep(letter), this.#limits.storeCallMsMax, this.#clock);
        return true;
      } catch (thrown) {
        this.failed(actor, "dead_letter", reasonOf(thrown), commandId);
        const pauseMs = backoffMs(tries, this.#limits);
        await new Promise<void>((resume) => void this.#clock.after(pauseMs, resume));
      }
    }
    this.#poisoned.delete(`${actor} ${commandId}`);
    return false;
  }

  #poison(key: string): void {
    this.#poisoned.add(key);
    if (this.#poisoned.size <= this.#limits.failuresKeptMax) return;
    for (const oldest of this.#poisoned) {
      this.#poisoned.delete(oldest);
      return;
    }
  }
}
