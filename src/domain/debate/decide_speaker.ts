/** What those who debate may do while it is their turn: make a statement, or leave the floor. */
import { isCivil } from "../civility/civility.ts";
import { reject, type TurnContext } from "../decision.ts";
import { isPlainLine, isPlainText } from "../plain_line.ts";
import { HELD_A_TURN_MAX, SOURCE_LENGTH_MAX, STATEMENT_LENGTH_MAX } from "./limits.ts";
import type { DebateEvent, NewStatement, SpeakerDebateCommand } from "./messages.ts";
import { hasLeft } from "./people.ts";
import { sideOf, type Turn, turnOf } from "./plan.ts";
import { type DebateDecision, passTurn, settle, statementsMade } from "./settle.ts";
import { isRunning, type OpenedDebate } from "./state.ts";
import { targetFault } from "./target_rule.ts";

type Stated = Extract<SpeakerDebateCommand, { type: "state" }>;

function statementFault(debate: OpenedDebate, turn: Turn, { kind, target, text, source }: Stated): string | null {
  if (!isPlainText(text, STATEMENT_LENGTH_MAX)) {
    return `A statement is text of at most ${STATEMENT_LENGTH_MAX} characters.`;
  }
  if (source !== null && (kind !== "evidence" || source.length > SOURCE_LENGTH_MAX || !isPlainLine(source))) {
    return `A source is one line of at most ${SOURCE_LENGTH_MAX} characters, and only evidence has one.`;
  }
  if (kind === "claim" && turn.round === "closing") return "A closing brings no new claim: rest on what was said.";
  const aimed = debate.statements.find(({ number }) => number === target) ?? null;
  if (target !== null && aimed === null) return `There is no statement ${target}.`;
  if (aimed?.kind === "concession") return "Nothing is aimed at a concession.";
  const fault = targetFault({ side: turn.side, kind }, aimed);
  return fault === null ? null : `${fault[0]?.toUpperCase()}${fault.slice(1)}.`;
}

/** Held back from the others; a turn that goes on like that is over. */
function hold(debate: OpenedDebate, turn: Turn, userId: string, text: string, context: TurnContext): DebateDecision {
  const heldNow = debate.held.filter((one) => one.turn === turn.number).length + 1;
  const held: readonly DebateEvent[] = [{ type: "statement_held", userId, turn: turn.number, text }];
  const events = heldNow >= HELD_A_TURN_MAX ? passTurn(debate, turn.number, held, "held", context) : held;
  const says = "This may hurt somebody, so the others do not see it. Say it about the argument instead.";
  return settle(debate, events, context, { held: true, message: says });
}

function state(debate: OpenedDebate, turn: Turn, userId: string, told: Stated, context: TurnContext): DebateDecision {
  const fault = statementFault(debate, turn, told);
  if (fault !== null) return reject("malformed_statement", fault);
  const { kind, target, source } = told;
  const text = told.text.trim();
  if (!isCivil(`${text} ${source ?? ""}`)) return hold(debate, turn, userId, text, context);
  const statement: NewStatement = {
    turn: turn.number,
    by: { kind: "learner", userId },
    kind,
    target,
    text,
    source,
    argumentId: null,
    wordedBy: "learner",
  };
  const made = statementsMade(debate, [statement]);
  const count = debate.statements.filter((one) => one.turn === turn.number).length + 1;
  const isLast = count >= debate.plan.statementsATurn;
  const events = isLast ? passTurn(debate, turn.number, made, "done", context) : made;
  return settle(debate, events, context, { statement: debate.statements.length + 1, turn_over: isLast });
}

export function decideSpeaker(
  debate: OpenedDebate,
  command: SpeakerDebateCommand,
  context: TurnContext,
): DebateDecision {
  const { origin, nowMs } = context;
  const userId = origin.kind === "client" ? origin.principal.userId : null;
  if (userId === null || sideOf(debate.plan, userId) === null || hasLeft(debate, userId)) {
    return reject("forbidden", "Only those who debate speak in it.");
  }
  if (!isRunning(debate)) return reject("not_running", "No turn is on.");
  const turn = turnOf(debate.plan, debate.phase.turn);
  if (turn === null || turn.speaker.kind === "ai" || turn.speaker.userId !== userId) {
    return reject("not_your_turn", "It is not your turn.");
  }
  // The deadline may wait in line behind this.
  if (nowMs > debate.phase.dueMs) return reject("turn_over", "Your time was over.");
  if (command.type === "state") return state(debate, turn, userId, command, context);
  return settle(debate, passTurn(debate, turn.number, [], "done", context), context);
}
