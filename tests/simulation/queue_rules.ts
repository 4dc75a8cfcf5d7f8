/** B2 and L4 on one process: what waited longer or matters more goes first, and a failed actor rests. */
import type { ActorId } from "../../src/domain/address.ts";
import type { Priority } from "../../src/domain/aggregate.ts";
import type { Violate } from "./violation.ts";

const RANK: Readonly<Record<Priority, number>> = { control: 0, graded: 1, event: 2, ephemeral: 3 };

/** L5 promises three tries. */
export const DELIVERY_TRIES = 3;

interface Waiting {
  /** Place in the order of telling. */
  readonly order: number;
  readonly priority: Priority;
  /** The command that was decided first although this one was before it in the queue. */
  overtakenBy: string | null;
  failures: number;
}

/** The commands told to one actor on one process, in that order, and its last failure. */
interface Queue {
  readonly waiting: Map<string, Waiting>;
  /** The command being decided, if it is one that is followed. */
  deciding: Waiting | null;
  failedAtMs: number;
}

/**
 * A command that was overtaken is a violation only once it is decided itself: if it was turned away instead, it had
 * not been in the queue. Only first deliveries are followed; a repeat may be answered without a decision.
 */
export class QueueRules {
  readonly #queues = new Map<ActorId, Queue>();
  readonly #violate: Violate;
  readonly #restMsMin: number;
  /** Every command that was ever told to this process. */
  readonly #met = new Set<string>();

  constructor(violate: Violate, restMsMin: number) {
    this.#violate = violate;
    this.#restMsMin = restMsMin;
  }

  #of(actor: ActorId): Queue {
    const known = this.#queues.get(actor);
    if (known !== undefined) return known;
    const waiting = new Map<string, Waiting>();
    const fresh: Queue = { waiting, deciding: null, failedAtMs: Number.NEGATIVE_INFINITY };
    this.#queues.set(actor, fresh);
    return fresh;
  }

  told(actor: ActorId, commandId: string, priority: Priority): void {
    if (this.#met.has(commandId)) return;
    this.#met.add(commandId);
    this.#of(actor).waiting.set(commandId, { order: this.#met.size, priority, overtakenBy: null, failures: 0 });
  }

  answered(actor: ActorId, commandId: string): void {
    this.#of(actor).waiting.delete(commandId);
  }

  deciding(actor: ActorId, commandId: string, nowMs: number): void {
    const queue = this.#of(actor);
    const restedMs = nowMs - queue.failedAtMs;
    if (restedMs < this.#restMsMin) {
      this.#violate("L4", `${actor} decides ${commandId} only ${restedMs} ms after it failed`);
    }
    const decided = queue.waiting.get(commandId);
    queue.deciding = decided ?? null;
    if (decided === undefined) return;
    queue.waiting.delete(commandId);
    if (decided.overtakenBy !== null) {
      this.#violate("B2", `${actor} decided ${decided.overtakenBy} before ${commandId} (${decided.priority})`);
    }
    for (const other of queue.waiting.values()) {
      const outranks = RANK[other.priority] < RANK[decided.priority];
      const older = other.priority === decided.priority && other.order < decided.order;
      if (outranks || older) other.overtakenBy ??= `${commandId} (${decided.priority})`;
    }
  }

  /** Its rules threw: it stops, and the command goes back to where it was, unless it is set aside now. */
  failed(actor: ActorId, commandId: string, nowMs: number): void {
    const queue = this.#of(actor);
    queue.failedAtMs = nowMs;
    if (queue.deciding === null || ++queue.deciding.failures >= DELIVERY_TRIES) return;
    queue.waiting.set(commandId, queue.deciding);
  }
}
