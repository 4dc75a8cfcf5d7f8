/** Writes what goes wrong with actors to the log: one line a reason and minute, and every message set aside. */
import { kindOf } from "../domain/address.ts";
import type { Json } from "../domain/json.ts";
import type { Failure, FailureListener } from "../actors/supervision.ts";
import type { Log } from "./log.ts";

/** The same reason is told again after this long at the earliest, with how often it came meanwhile. */
export const REPEAT_REPORT_MS = 60_000;
/** Reasons told apart; the one that was told longest ago is forgotten first. */
const REASONS_MAX = 200;
/** Lines about failures in `REPEAT_REPORT_MS`, whatever their reasons; the next line says how many were left out. */
export const FAILURE_LINES_MAX = 60;
/** Longer reasons are cut: a message may quote what it failed on. */
const REASON_CHARACTERS_MAX = 300;

interface Told {
  readonly atMs: number;
  unsaid: number;
}

interface Window {
  readonly fromMs: number;
  lines: number;
}

function shortened(reason: string): string {
  return reason.length <= REASON_CHARACTERS_MAX ? reason : `${reason.slice(0, REASON_CHARACTERS_MAX)}…`;
}

/** What failures have in common that are told in one line: numbers and the actor's own id do not count. */
function likenessOf({ actor, cause, reason }: Failure): string {
  const kind = actor === null ? "node" : kindOf(actor);
  const common = actor === null ? reason : reason.replaceAll(actor, "");
  return `${kind} ${cause} ${shortened(common).replaceAll(/\d+/g, "0")}`;
}

export class FailureReport implements FailureListener {
  readonly #log: Log;
  readonly #told = new Map<string, Told>();
  #window: Window = { fromMs: Number.NEGATIVE_INFINITY, lines: 0 };
  #leftOut = 0;

  constructor(log: Log) {
    this.#log = log;
  }

  failed(failure: Failure): void {
    const { actor, cause, reason, commandId, atMs } = failure;
    const likeness = likenessOf(failure);
    const told = this.#told.get(likeness);
    if (told !== undefined && atMs - told.atMs < REPEAT_REPORT_MS) {
      told.unsaid++;
      return;
    }
    if (!this.#hasRoom(atMs)) {
      this.#leftOut++;
      return;
    }
    this.#remember(likeness, atMs);
    const counts: { [name: string]: Json } = {};
    if (told !== undefined && told.unsaid > 0) counts.repeats = told.unsaid;
    if (this.#leftOut > 0) counts.others = this.#leftOut;
    this.#leftOut = 0;
    const what = actor === null ? "the node has a failure" : "an actor has a failure";
    this.#log.write("error", what, { cause, actor, reason: shortened(reason), commandId, ...counts });
  }

  setAside({ actor, commandId, reason }: Parameters<FailureListener["setAside"]>[0]): void {
    this.#log.write("error", "a message is set aside", { actor, commandId, reason: shortened(reason) });
  }

  #hasRoom(nowMs: number): boolean {
    if (nowMs - this.#window.fromMs >= REPEAT_REPORT_MS) this.#window = { fromMs: nowMs, lines: 0 };
    return ++this.#window.lines <= FAILURE_LINES_MAX;
  }

  #remember(likeness: string, atMs: number): void {
    this.#told.delete(likeness);
    this.#told.set(likeness, { atMs, unsaid: 0 });
    for (const oldest of this.#told.keys()) {
      if (this.#told.size <= REASONS_MAX) return;
      this.#told.delete(oldest);
    }
  }
}
