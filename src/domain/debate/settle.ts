/** What follows when a turn begins or ends: the clock, the AI's words, and at the end the judgements and the record. */
import { accept, type Decision, type Message, tell, type TimerChange, type TurnContext } from "../decision.ts";
import { stateAfter } from "../follow_state.ts";
import type { Json } from "../json.ts";
import { learnerAddress } from "../learner/messages.ts";
import { awaitedEffects } from "./awaited_effects.ts";
import { evolve } from "./evolve.ts";
import type { DebateCommand, DebateEffect, DebateEvent, NewStatement, TurnEnd } from "./messages.ts";
import { isDeserted } from "./people.ts";
import { speakersOf, turnOf } from "./plan.ts";
import { scoreByRules } from "./score_by_rules.ts";
import { type DebateState, isRunning, type OpenedDebate } from "./state.ts";

export type DebateDecision = Decision<DebateState, DebateEvent, DebateEffect>;

const CLOCK = "turn";

function after(debate: OpenedDebate, events: readonly DebateEvent[], context: TurnContext): OpenedDebate {
  const reached = stateAfter<DebateState, DebateEvent>(evolve, debate, events, context);
  return reached.status === "opened" ? reached : debate;
}

/** One timer for the turn that is on; none while no turn is. */
function clockOf(debate: OpenedDebate): TimerChange {
  if (!isRunning(debate)) return { kind: "clear", name: CLOCK };
  const { turn, dueMs } = debate.phase;
  const command: DebateCommand = { type: "turn_deadline", turn };
  return { kind: "set", name: CLOCK, dueMs, command };
}

/** Everyone who spoke has taken part: their own record is told once. */
function partsTold({ debateId, plan, judgements, statements }: OpenedDebate, atMs: number): readonly Message[] {
  const speakers = Object.keys(judgements);
  return speakers.map((userId) => {
    const sinceMs = statements.find(({ by }) => by.kind === "learner" && by.userId === userId)?.atMs;
    const shared = { partners: speakers.filter((other) => other !== userId), subject: plan.motion.id };
    const activity = { id: debateId, courseId: null, skills: [], ...shared, sinceMs: sinceMs ?? atMs, atMs };
    return tell(learnerAddress(userId), { type: "record_activity", activity: { kind: "debate", ...activity } });
  });
}

/** Accepts `events` with what follows from where they lead. */
export function settle(
  debate: OpenedDebate,
  events: readonly DebateEvent[],
  context: TurnContext,
  reply: Json = null,
): DebateDecision {
  const reached = after(debate, events, context);
  const isOver = reached.phase.kind === "ended" && debate.phase.kind !== "ended";
  // Asked once: when a turn of the AI begins or goes on, and when the debate ends.
  const isNews = reached.phase !== debate.phase && !events.some(({ type }) => type === "turn_extended");
  return accept(events, {
    reply,
    effects: isNews ? awaitedEffects(reached, context.nowMs) : [],
    messages: isOver ? partsTold(reached, context.nowMs) : [],
    timers: reached.phase === debate.phase ? [] : [clockOf(reached)],
  });
}

/** The events that begin turn `number`, or end the debate where there is no such turn. */
export function beginTurn(debate: OpenedDebate, number: number, nowMs: number): readonly DebateEvent[] {
  const turn = turnOf(debate.plan, number);
  if (turn !== null && isDeserted(debate, turn)) {
    return [{ type: "turn_ended", turn: number, cause: "left" }, ...beginTurn(debate, number + 1, nowMs)];
  }
  if (turn === null) return [{ type: "debate_ended", cause: "completed" }, ...judgedByRules(debate)];
  const dueMs = nowMs + debate.plan.turnMs[turn.round];
  return [{ type: "turn_started", turn: number, speaker: turn.speaker, dueMs }];
}

export function judgedByRules(debate: OpenedDebate): readonly DebateEvent[] {
  return speakersOf(debate.plan).flatMap((userId) => {
    const rubric = scoreByRules(debate, userId);
    return rubric === null ? [] : [{ type: "judged_by_rules", userId, rubric } as const];
  });
}

/** The turn ends after `said`, and the next one begins. */
export function passTurn(
  debate: OpenedDebate,
  number: number,
  said: readonly DebateEvent[],
  cause: TurnEnd,
  context: TurnContext,
): readonly DebateEvent[] {
  const ended: readonly DebateEvent[] = [...said, { type: "turn_ended", turn: number, cause }];
  return [...ended, ...beginTurn(after(debate, ended, context), number + 1, context.nowMs)];
}

/** `events`, after which the turn that is on passes where nobody is there for it. */
export function passDeserted(
  debate: OpenedDebate,
  events: readonly DebateEvent[],
  context: TurnContext,
): readonly DebateEvent[] {
  const reached = after(debate, events, context);
  const turn = isRunning(reached) ? turnOf(reached.plan, reached.phase.turn) : null;
  if (turn === null || !isDeserted(reached, turn)) return events;
  return passTurn(debate, turn.number, events, "left", context);
}

export function statementsMade(debate: OpenedDebate, said: readonly NewStatement[]): readonly DebateEvent[] {
  return said.map((statement, i) => ({
    type: "statement_made",
    number: debate.statements.length + 1 + i,
    statement,
  }));
}
