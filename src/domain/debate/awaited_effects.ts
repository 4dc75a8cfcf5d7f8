/** What a debate waits for: words for the AI's turn, and drafts of judgements once it is over. */
import { arguedByAi } from "./argue.ts";
import { WORDING_MS_MAX, WORDING_RESERVE_MS } from "./limits.ts";
import type { DebateEffect, NewStatement } from "./messages.ts";
import { speakersOf, turnOf } from "./plan.ts";
import { CRITERIA } from "./rubric.ts";
import { type DebateState, isRunning, type OpenedDebate } from "./state.ts";

function wording(debate: OpenedDebate, turn: number, leftMs: number): DebateEffect {
  const { motion, classId } = debate.plan;
  const statements = arguedByAi(debate, turn).map(({ text, target, kind }: NewStatement) => {
    const answered = kind === "rebuttal" ? debate.statements.find(({ number }) => number === target) : undefined;
    return { text, answers: answered?.text ?? null };
  });
  return {
    kind: "word_statements",
    turn,
    motion: motion.title,
    statements,
    answerMsMax: Math.max(0, Math.min(WORDING_MS_MAX, leftMs - WORDING_RESERVE_MS)),
    learnerId: speakersOf(debate.plan)[0] ?? null,
    classId,
  };
}

function drafts({ plan, judgements, statements }: OpenedDebate): readonly DebateEffect[] {
  return Object.entries(judgements).filter(([, { draft }]) => draft.kind === "awaited").map(([userId]) => ({
    kind: "draft_judgement",
    userId,
    motion: plan.motion.title,
    criteria: CRITERIA,
    statements: statements
      .filter(({ by }) => by.kind === "learner" && by.userId === userId)
      .map(({ number, kind, text }) => ({ number, kind, text })),
    classId: plan.classId,
  }));
}

/** @param nowMs of the turn; what is asked anew after a restart has the whole time that a model is given at most */
export function awaitedEffects(state: DebateState, nowMs: number | null = null): readonly DebateEffect[] {
  if (state.status === "not_opened") return [];
  if (state.phase.kind === "ended") return drafts(state);
  if (!isRunning(state)) return [];
  const { turn, dueMs } = state.phase;
  if (turnOf(state.plan, turn)?.speaker.kind !== "ai") return [];
  return [wording(state, turn, nowMs === null ? WORDING_MS_MAX : dueMs - nowMs)];
}
