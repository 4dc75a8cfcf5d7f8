/** A counter with all a turn can carry: timers, effects, ephemerals, a noted window, audiences, an old schema. */
import type { Aggregate } from "../../../src/domain/aggregate.ts";
import { accept, type Decision, note, reject, type TurnContext } from "../../../src/domain/decision.ts";
import type { Json } from "../../../src/domain/json.ts";
import { type Based, digestAfter, NOTHING_SEEN, type Seen, UnknownVersionError } from "./digest.ts";

export type CounterCommand =
  | { readonly type: "add"; readonly amount: number }
  | { readonly type: "arm"; readonly name: string; readonly delayMs: number; readonly repeats: number }
  | { readonly type: "disarm"; readonly name: string }
  /** Sets a timer whose command will be rejected when it comes. */
  | { readonly type: "arm_dud"; readonly delayMs: number }
  | { readonly type: "ring"; readonly name: string; readonly repeats: number; readonly delayMs: number }
  | { readonly type: "ask" }
  | { readonly type: "answered"; readonly ticket: number; readonly square: number }
  | { readonly type: "unanswered"; readonly ticket: number; readonly reason: string }
  | { readonly type: "note" }
  | { readonly type: "flash" }
  | { readonly type: "refuse" };

export type CounterEvent =
  & Based
  & (
    | { readonly type: "added"; readonly amount: number; readonly drawn: number }
    | { readonly type: "armed"; readonly name: string; readonly dueMs: number }
    | { readonly type: "disarmed"; readonly name: string }
    | { readonly type: "rang"; readonly name: string; readonly dueMs: number; readonly atMs: number }
    | { readonly type: "asked"; readonly ticket: number }
    | { readonly type: "resolved"; readonly ticket: number; readonly basisSeq: number; readonly square: number | null }
  );

export interface SquareEffect {
  readonly kind: "square";
  readonly ticket: number;
  /** Tells the simulation which event this effect belongs to. */
  readonly askedSeq: number;
}

export interface CounterState extends Seen {
  readonly total: number;
  /** Tickets that wait for an effect: ticket number and the event that asked. */
  readonly waiting: readonly SquareEffect[];
  readonly tickets: number;
  /** Noted only; lost with the process and never part of the journal. */
  readonly noted: number;
}

type CounterDecision = Decision<CounterState, CounterEvent, SquareEffect>;

function resolve(state: CounterState, ticket: number, square: number | null, context: TurnContext): CounterDecision {
  if (!state.waiting.some((effect) => effect.ticket === ticket)) return reject("late", "Resolved already.");
  const basisSeq = context.origin.kind === "effect" ? context.origin.basisSeq : -1;
  return accept([{ type: "resolved", ticket, basisSeq, square, before: state.digest }]);
}

function ring(state: CounterState, command: Extract<CounterCommand, { type: "ring" }>, context: TurnContext) {
  if (command.name === "dud") return reject("dud", "Nobody waits for it.");
  const { name, repeats, delayMs } = command;
  const dueMs = context.origin.kind === "timer" ? context.origin.dueMs : -1;
  const rang: CounterEvent = { type: "rang", name, dueMs, atMs: context.nowMs, before: state.digest };
  if (repeats === 0) return accept<CounterEvent, SquareEffect>([rang]);
  const again = { ...command, repeats: repeats - 1 };
  const timer = { kind: "set", name, dueMs: context.nowMs + delayMs, command: again } as const;
  return accept<CounterEvent, SquareEffect>([rang], { timers: [timer] });
}

function ephemeral(data: Json, audience: string) {
  return { type: "counter_flash", data, audiences: [audience] };
}

function decide(state: CounterState, command: CounterCommand, context: TurnContext): CounterDecision {
  const before = state.digest;
  switch (command.type) {
    case "add": {
      const added: CounterEvent = { type: "added", amount: command.amount, drawn: context.seed, before };
      return accept([added], { reply: { total: state.total + command.amount } });
    }
    case "arm": {
      const { name, repeats, delayMs } = command;
      const dueMs = context.nowMs + delayMs;
      const timer = { kind: "set", name, dueMs, command: { type: "ring", name, repeats, delayMs } } as const;
      return accept([{ type: "armed", name, dueMs, before }], { reply: { dueMs }, timers: [timer] });
    }
    case "arm_dud": {
      const dueMs = context.nowMs + command.delayMs;
      const dud: CounterCommand = { type: "ring", name: "dud", repeats: 0, delayMs: 0 };
      const timer = { kind: "set", name: "dud", dueMs, command: dud } as const;
      return accept([{ type: "armed", name: "dud", dueMs, before }], { timers: [timer] });
    }
    case "disarm": {
      const { name } = command;
      return accept([{ type: "disarmed", name, before }], { timers: [{ kind: "clear", name }] });
    }
    case "ring":
      return ring(state, command, context);
    case "ask": {
      const ticket = state.tickets + 1;
      const effect: SquareEffect = { kind: "square", ticket, askedSeq: context.seq + 1 };
      return accept([{ type: "asked", ticket, before }], { reply: { ticket }, effects: [effect] });
    }
    case "answered":
      return resolve(state, command.ticket, command.square, context);
    case "unanswered":
      return resolve(state, command.ticket, null, context);
    case "note": {
      const noted = state.noted + 1;
      return note({ ...state, noted }, { ephemerals: [ephemeral({ noted }, "staff")] });
    }
    case "flash":
      return accept([], { reply: "flashed", ephemerals: [ephemeral({ seq: state.seq }, "owner")] });
    case "refuse":
      return reject("refused_on_purpose", "Never accepted.");
  }
}

function evolve(state: CounterState, event: CounterEvent, { seq }: { seq: number }): CounterState {
  const next = { ...state, seq, digest: digestAfter(state.digest, event, seq) };
  switch (event.type) {
    case "added":
      return { ...next, total: state.total + event.amount };
    case "asked": {
      const effect: SquareEffect = { kind: "square", ticket: event.ticket, askedSeq: seq };
      return { ...next, tickets: event.ticket, waiting: [...state.waiting, effect] };
    }
    case "resolved":
      return { ...next, waiting: state.waiting.filter(({ ticket }) => ticket !== event.ticket) };
    case "armed":
    case "disarmed":
    case "rang":
      return next;
  }
}

/** The first version called the amount of an `added` event `by` and drew nothing. */
interface FirstAdded extends Based {
  readonly type: "added";
  readonly by: number;
}

function upcastEvent(version: number, type: string, stored: unknown): CounterEvent {
  if (version === 2) return stored as CounterEvent;
  if (version !== 1 || type !== "added") throw new UnknownVersionError(`counter event ${type}, version ${version}`);
  const { by, before } = stored as FirstAdded;
  return { type: "added", amount: by, drawn: 0, before };
}

/** The first version had no tickets. */
function upcastState(version: number, stored: unknown): CounterState {
  if (version === 2) return stored as CounterState;
  if (version !== 1) throw new UnknownVersionError(`counter state, version ${version}`);
  return { ...stored as Omit<CounterState, "waiting" | "tickets" | "noted">, waiting: [], tickets: 0, noted: 0 };
}

export const COUNTER: Aggregate<CounterState, CounterCommand, CounterEvent, SquareEffect> = {
  kind: "counter",
  schemaVersion: 2,
  initial: () => ({ ...NOTHING_SEEN, total: 0, waiting: [], tickets: 0, noted: 0 }),
  decide,
  evolve,
  upcastState,
  upcastEvent,
  priorityOf: ({ type }) => type === "note" || type === "flash" ? "ephemeral" : type === "add" ? "graded" : "control",
  pendingEffects: (state) => state.waiting,
  effectFailed: ({ ticket }, reason) => ({ type: "unanswered", ticket, reason }),
  audienceOf: (_state, { userId, role }) => role !== "student" ? "staff" : userId === "owner" ? "owner" : null,
  view: ({ seq, digest, total }, audience) => audience === "staff" ? { seq, digest, total } : { total },
  /** The owner sees no timers, and never a digest. */
  project: (event, audience) => {
    const type = `counter_${event.type}`;
    if (audience === "staff") return { type, data: { before: event.before } };
    return event.type === "added" || event.type === "resolved" ? { type, data: null } : null;
  },
  listing: ({ total }) =>
    total === 0 ? null : { ownerId: "owner", status: total % 2 ? "odd" : "even", body: { total } },
};
