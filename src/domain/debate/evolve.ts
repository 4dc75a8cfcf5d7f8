/** The state of a debate after one more event. */
import type { EventPlace } from "../aggregate.ts";
import { assertNever } from "../assert_never.ts";
import { entryOf } from "../entry_of.ts";
import { ImpossibleEventError } from "../impossible_event.ts";
import type { DebateEvent } from "./messages.ts";
import { movedPeople, plannedPeople } from "./people.ts";
import { turnOf } from "./plan.ts";
import type { DebateState, Judgement, OpenedDebate } from "./state.ts";

function withJudgement(debate: OpenedDebate, userId: string, change: (one: Judgement) => Judgement): OpenedDebate {
  const judgement = entryOf(debate.judgements, userId);
  if (judgement === null) throw new ImpossibleEventError(`a judgement of ${userId}, who was not judged`);
  return { ...debate, judgements: { ...debate.judgements, [userId]: change(judgement) } };
}

function withStatement(
  debate: OpenedDebate,
  { number, statement }: Extract<DebateEvent, { type: "statement_made" }>,
  atMs: number,
): OpenedDebate {
  const side = turnOf(debate.plan, statement.turn)?.side;
  if (side === undefined) throw new ImpossibleEventError(`a statement in turn ${statement.turn}, which is not there`);
  return { ...debate, statements: [...debate.statements, { ...statement, number, side, atMs }] };
}

function turnIn({ phase }: OpenedDebate): number {
  if (phase.kind === "running" || phase.kind === "paused") return phase.turn;
  throw new ImpossibleEventError("a change of a turn while none was on");
}

function evolveJudgement(
  debate: OpenedDebate,
  event: Extract<
    DebateEvent,
    { type: "judged_by_rules" | "judgement_drafted" | "judgement_not_drafted" | "judgement_confirmed" }
  >,
): OpenedDebate {
  const { userId } = event;
  switch (event.type) {
    case "judged_by_rules": {
      const judgement: Judgement = { byRules: event.rubric, draft: { kind: "awaited" }, confirmed: null };
      return { ...debate, judgements: { ...debate.judgements, [userId]: judgement } };
    }
    case "judgement_drafted":
      return withJudgement(debate, userId, (one) => ({ ...one, draft: { kind: "made", rubric: event.rubric } }));
    case "judgement_not_drafted":
      return withJudgement(debate, userId, (one) => ({ ...one, draft: { kind: "failed", reason: event.reason } }));
    case "judgement_confirmed": {
      const { by, scores, comment } = event;
      return withJudgement(debate, userId, (one) => ({ ...one, confirmed: { by, scores, comment } }));
    }
    default:
      return assertNever(event);
  }
}

export function evolve(state: DebateState, event: DebateEvent, { atMs }: EventPlace): DebateState {
  if (event.type === "debate_opened") {
    const { plan, by } = event;
    const { debateId } = state;
    const people = plannedPeople(plan);
    const empty = { phase: { kind: "waiting" }, statements: [], held: [], judgements: {} } as const;
    return { status: "opened", debateId, plan, openedBy: by, openedAtMs: atMs, people, ...empty };
  }
  if (state.status === "not_opened") throw new ImpossibleEventError(`${event.type} before the debate was opened`);
  switch (event.type) {
    case "roster_changed":
      return { ...state, people: movedPeople(state.people, event.moves) };
    case "debate_started":
    case "turn_ended":
      return state;
    case "turn_started":
      return { ...state, phase: { kind: "running", turn: event.turn, dueMs: event.dueMs } };
    case "statement_made":
      return withStatement(state, event, atMs);
    case "statement_held": {
      const { userId, turn, text } = event;
      return { ...state, held: [...state.held, { userId, turn, text, atMs }] };
    }
    case "debate_paused": {
      const { remainingMs, reason } = event;
      return { ...state, phase: { kind: "paused", turn: turnIn(state), remainingMs, reason } };
    }
    case "debate_resumed":
    case "turn_extended":
      return { ...state, phase: { kind: "running", turn: turnIn(state), dueMs: event.dueMs } };
    case "debate_ended":
      return { ...state, phase: { kind: "ended", atMs, stopped: null } };
    case "debate_stopped":
      return { ...state, phase: { kind: "ended", atMs, stopped: event.reason } };
    case "judged_by_rules":
    case "judgement_drafted":
    case "judgement_not_drafted":
    case "judgement_confirmed":
      return evolveJudgement(state, event);
    default:
      return assertNever(event);
  }
}
