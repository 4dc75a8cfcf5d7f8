/** What an answer may say, judged at the very moment the runtime gives it. */
import { deepStrictEqual } from "node:assert";
import type { Reply } from "../../src/actors/envelope.ts";
import type { Errand } from "./errands.ts";
import type { CommittedTurn, History } from "./history.ts";

/** Equal as JSON: key order does not count. */
export function sameJson(a: unknown, b: unknown): boolean {
  try {
    deepStrictEqual(a, b);
    return true;
  } catch (difference) {
    if (difference instanceof Error && difference.name === "AssertionError") return false;
    throw difference;
  }
}

export class AnswerRules {
  readonly #history: History;
  /** Commands that were answered as done for the first time. */
  readonly #first = new Set<string>();

  constructor(history: History) {
    this.#history = history;
  }

  answered(errand: Errand, reply: Reply): void {
    const { to, commandId, nature } = errand;
    const history = this.#history;
    history.tell(() => `${commandId} to ${to} ${errand.command.type}: ${JSON.stringify(reply)}`);
    history.saw(reply.kind === "refused" ? `refused ${reply.code}` : reply.kind);
    if (reply.kind === "refused") return this.#refused(errand, reply);
    if (nature === "hopeless") return history.violate("S5", `${to} answered ${reply.kind} on an unknown version`);
    const turn = history.of(to).byCommand.get(commandId) ?? null;
    if (reply.kind === "rejected") {
      if (turn !== null) history.violate("X1", `${commandId} to ${to} was rejected after it had been done`);
      return;
    }
    const actor = history.of(to);
    const committed = actor.fold.seq();
    if (reply.seq > committed) {
      return history.violate("S2", `${commandId}: answered for event ${reply.seq} of ${committed} committed`);
    }
    actor.answeredSeq = Math.max(actor.answeredSeq, reply.seq);
    if (nature !== "fleeting") this.#done(errand, reply, turn);
  }

  #done(errand: Errand, reply: Extract<Reply, { kind: "done" }>, turn: CommittedTurn | null): void {
    const { to, commandId } = errand;
    const history = this.#history;
    if (turn === null) return history.violate("S2", `${commandId} to ${to} was acknowledged before it had committed`);
    if (!sameJson(reply.body, turn.record.reply)) {
      history.violate("X1", `${commandId} to ${to} was answered ${JSON.stringify(reply.body)}, not its stored reply`);
    }
    if (reply.seq !== turn.seq) {
      history.violate("X1", `${commandId} to ${to} was answered at event ${reply.seq}, but was done at ${turn.seq}`);
    }
    if (reply.epoch < turn.record.epoch || reply.epoch > history.ownership.epochOf(to)) {
      history.violate("O1", `${commandId} to ${to} was answered under epoch ${reply.epoch}`);
    }
    if (reply.repeated) history.saw("repeated");
    else if (this.#first.has(commandId)) history.violate("X1", `${commandId} to ${to} was answered as new twice`);
    else this.#first.add(commandId);
  }

  #refused({ to, commandId, nature }: Errand, reply: Extract<Reply, { kind: "refused" }>): void {
    const { code, retryAfterMs } = reply;
    if (!(retryAfterMs >= 0 && retryAfterMs < 3_600_000)) {
      this.#history.violate("B1", `${code} says to retry after ${retryAfterMs} ms`);
    }
    if (code === "mailbox_full" && retryAfterMs === 0) this.#history.violate("B1", "a full mailbox says retry at once");
    if (code !== "poisoned") return;
    if (nature === "durable" || nature === "fleeting") {
      this.#history.violate("L5", `${commandId} to ${to} was called poison`);
    }
    if (this.#history.of(to).byCommand.has(commandId)) {
      this.#history.violate("L5", `${commandId} to ${to} was called poison although it had been done`);
    }
  }
}
