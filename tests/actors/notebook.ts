/** A small actor that can do everything the runtime must serve. */
import type { EffectRunner } from "../../src/actors/ports.ts";
import { type ActorId, type Address, addressOf } from "../../src/domain/address.ts";
import type { Aggregate, Priority } from "../../src/domain/aggregate.ts";
import { accept, type Decision, note, reject, tell, type TurnContext } from "../../src/domain/decision.ts";

export type NotebookCommand =
  | { readonly type: "write"; readonly text: string; readonly priority?: Priority }
  | { readonly type: "explode"; readonly priority?: Priority }
  | { readonly type: "refuse" }
  | { readonly type: "ask"; readonly question: string }
  | { readonly type: "answered"; readonly question: string; readonly answer: string }
  | { readonly type: "remind"; readonly name: string; readonly inMs: number }
  | { readonly type: "forget"; readonly name: string }
  | { readonly type: "ring"; readonly name: string }
  | { readonly type: "explode_later"; readonly name: string; readonly inMs: number }
  | { readonly type: "send"; readonly to: readonly ActorId[]; readonly text: string; readonly explode: boolean }
  | { readonly type: "mark" }
  /** Marks, which is never an event, and rings later. */
  | { readonly type: "mark_and_remind"; readonly name: string; readonly inMs: number }
  | { readonly type: "flash"; readonly audience: string };

export type NotebookEvent =
  | { readonly type: "written"; readonly text: string }
  | { readonly type: "asked"; readonly question: string }
  | { readonly type: "answered"; readonly question: string; readonly answer: string; readonly basisSeq: number }
  | { readonly type: "reminded"; readonly name: string; readonly dueMs: number }
  | { readonly type: "forgot"; readonly name: string }
  | { readonly type: "rang"; readonly name: string; readonly atMs: number };

export interface NotebookState {
  readonly lines: readonly string[];
  readonly waiting: readonly string[];
  readonly marks: number;
}

export interface Question {
  readonly question: string;
}

export class ExplosionError extends Error {
  override readonly name = "ExplosionError";
}

export class UnknownNotebookVersionError extends Error {
  override readonly name = "UnknownNotebookVersionError";
}

export function notebookAddress(key: string): Address<NotebookCommand> {
  return addressOf<NotebookCommand>("notebook", key);
}

type NotebookDecision = Decision<NotebookState, NotebookEvent, Question>;

function timerSet(name: string, dueMs: number, command: NotebookCommand): NotebookDecision {
  return accept([{ type: "reminded", name, dueMs }], {
    reply: { dueMs },
    timers: [{ kind: "set", name, dueMs, command }],
  });
}

function decide(state: NotebookState, command: NotebookCommand, context: TurnContext): NotebookDecision {
  switch (command.type) {
    case "write":
      return accept([{ type: "written", text: command.text }], { reply: { lines: state.lines.length + 1 } });
    case "explode":
      throw new ExplosionError("as asked");
    case "refuse":
      return reject("refused", "As asked.", { lines: state.lines.length });
    case "ask":
      return accept([{ type: "asked", question: command.question }], { effects: [{ question: command.question }] });
    case "answered": {
      const { question, answer } = command;
      if (!state.waiting.includes(question)) return reject("late", "Answered already.");
      const basisSeq = context.origin.kind === "effect" ? context.origin.basisSeq : -1;
      return accept([{ type: "answered", question, answer, basisSeq }]);
    }
    case "remind":
      return timerSet(command.name, context.nowMs + command.inMs, { type: "ring", name: command.name });
    case "explode_later":
      return timerSet(command.name, context.nowMs + command.inMs, { type: "explode" });
    case "forget":
      return accept([{ type: "forgot", name: command.name }], { timers: [{ kind: "clear", name: command.name }] });
    case "ring":
      return accept([{ type: "rang", name: command.name, atMs: context.nowMs }]);
    case "send": {
      const text: NotebookCommand = command.explode ? { type: "explode" } : { type: "write", text: command.text };
      const messages = command.to.map((to) => tell(to as Address<NotebookCommand>, text));
      return accept([{ type: "written", text: command.text }], { messages });
    }
    case "mark":
      return note({ ...state, marks: state.marks + 1 }, { reply: state.marks + 1 });
    case "mark_and_remind": {
      const { name, inMs } = command;
      const ring: NotebookCommand = { type: "ring", name };
      return note({ ...state, marks: state.marks + 1 }, {
        reply: state.marks + 1,
        timers: [{ kind: "set", name, dueMs: context.nowMs + inMs, command: ring }],
      });
    }
    case "flash":
      return accept([], { ephemerals: [{ type: "flashed", data: null, audiences: [command.audience] }] });
  }
}

function evolve(state: NotebookState, event: NotebookEvent): NotebookState {
  switch (event.type) {
    case "written":
      return { ...state, lines: [...state.lines, event.text] };
    case "asked":
      return { ...state, waiting: [...state.waiting, event.question] };
    case "answered":
      return {
        ...state,
        waiting: state.waiting.filter((question) => question !== event.question),
        lines: [...state.lines, `${event.question} ${event.answer}`],
      };
    case "rang":
      return { ...state, lines: [...state.lines, `${event.name} rang`] };
    case "reminded":
    case "forgot":
      return state;
  }
}

export const NOTEBOOK: Aggregate<NotebookState, NotebookCommand, NotebookEvent, Question> = {
  kind: "notebook",
  schemaVersion: 2,
  initial: () => ({ lines: [], waiting: [], marks: 0 }),
  decide,
  evolve,
  upcastState: (version, stored) => {
    if (version === 1) return { ...stored as Omit<NotebookState, "marks">, marks: 0 };
    if (version === 2) return stored as NotebookState;
    throw new UnknownNotebookVersionError(`state of version ${version}`);
  },
  upcastEvent: (version, type, stored) => {
    if (version === 1) return { ...stored as object, type } as NotebookEvent;
    if (version === 2) return stored as NotebookEvent;
    throw new UnknownNotebookVersionError(`event of version ${version}`);
  },
  priorityOf(command) {
    if (command.type === "write") return command.priority ?? "graded";
    return command.type === "explode" ? command.priority ?? "event" : "event";
  },
  pendingEffects: (state) => state.waiting.map((question) => ({ question })),
  effectFailed: ({ question }, reason) => ({ type: "answered", question, answer: `failed: ${reason}` }),
  audienceOf: (_state, { role, userId }) => {
    if (userId === "stranger") return null;
    return role === "teacher" ? "staff" : "reader";
  },
  view: (state, audience) => ({ audience, lines: [...state.lines] }),
  project: (event, audience) => {
    if (event.type === "asked" && audience === "reader") return null;
    return { type: event.type, data: { ...event } };
  },
  listing: (state) => {
    if (state.lines.length === 0) return null;
    return { ownerId: "owner", status: state.lines.length > 2 ? "long" : "short", body: null };
  },
};

/** Answers every question at once with "yes". */
export const answerYes: EffectRunner<Question, NotebookCommand> = ({ question }) =>
  Promise.resolve({ type: "answered", question, answer: "yes" });
