/** Turns that end by themselves: the AI's when it has its words, everybody's when the time is up. */
import { reject, type TurnContext } from "../decision.ts";
import { arguedByAi } from "./argue.ts";
import { isFitWording } from "./check_wording.ts";
import type { DebateCommand, DebateEvent, NewStatement } from "./messages.ts";
import { turnOf } from "./plan.ts";
import { type DebateDecision, passTurn, settle, statementsMade } from "./settle.ts";
import { isRunning, type OpenedDebate } from "./state.ts";

/** The model's words where they fit, the authored ones elsewhere. */
function worded(debate: OpenedDebate, drafted: NewStatement, text: string | null): NewStatement {
  if (text === null || drafted.kind === "concession") return drafted;
  const answered = debate.statements.find(({ number }) => number === drafted.target);
  const answers = drafted.kind === "rebuttal" ? answered?.text ?? null : null;
  return isFitWording(text, drafted.text, answers) ? { ...drafted, text: text.trim(), wordedBy: "model" } : drafted;
}

function aiSays(debate: OpenedDebate, turn: number, texts: readonly (string | null)[]): readonly DebateEvent[] {
  return statementsMade(debate, arguedByAi(debate, turn).map((one, i) => worded(debate, one, texts[i] ?? null)));
}

export function aiSpeaks(
  debate: OpenedDebate,
  { turn, texts }: Extract<DebateCommand, { type: "statements_worded" }>,
  context: TurnContext,
): DebateDecision {
  if (context.origin.kind !== "effect") return reject("forbidden", "Only the engine brings the AI's words.");
  const isOn = isRunning(debate) && debate.phase.turn === turn;
  if (!isOn || turnOf(debate.plan, turn)?.speaker.kind !== "ai") {
    return reject("late_result", "This turn of the AI is not on.");
  }
  return settle(debate, passTurn(debate, turn, aiSays(debate, turn, texts), "done", context), context);
}

/** The AI whose words did not come in time says the authored ones. */
export function turnDeadline(debate: OpenedDebate, turn: number, context: TurnContext): DebateDecision {
  if (context.origin.kind !== "timer") return reject("forbidden", "Only the clock ends a turn by time.");
  if (!isRunning(debate) || debate.phase.turn !== turn) return reject("late_result", "This turn is not on.");
  if (context.nowMs < debate.phase.dueMs) return reject("too_soon", "The turn's time is not over.");
  const isAi = turnOf(debate.plan, turn)?.speaker.kind === "ai";
  const said = isAi ? aiSays(debate, turn, []) : [];
  return settle(debate, passTurn(debate, turn, said, "time", context), context);
}
