/** Statements, speakers and judgements as they go over the wire: what a machine said is always marked as such. */
import type { Json } from "../json.ts";
import type { NewStatement } from "./messages.ts";
import type { Speaker, Turn } from "./plan.ts";
import { CRITERIA, nextStep, type Rubric, type RubricScores } from "./rubric.ts";
import type { HeldStatement, Judgement } from "./state.ts";

export type JsonObject = { readonly [key: string]: Json };

/** The AI's label stands in every frame that speaks of it. */
export function speakerJson(speaker: Speaker): JsonObject {
  return speaker.kind === "ai"
    ? { kind: "ai", label: "AI", user_id: null }
    : { kind: "learner", label: "learner", user_id: speaker.userId };
}

export function statementJson(number: number, one: NewStatement): JsonObject {
  return {
    statement: number,
    turn: one.turn,
    by: speakerJson(one.by),
    kind: one.kind,
    target: one.target,
    text: one.text,
    source: one.source,
    worded_by: one.wordedBy,
  };
}

export function turnJson({ number, round, roundNumber, side, speaker }: Turn): JsonObject {
  return { turn: number, round, round_number: roundNumber, side, speaker: speakerJson(speaker) };
}

export function heldJson({ userId, turn, text }: Omit<HeldStatement, "atMs">): JsonObject {
  return { user_id: userId, turn, text };
}

export function rubricJson(rubric: Rubric): Json {
  return CRITERIA.map((criterion) => {
    const { score, grounds, why } = rubric[criterion];
    const quotes = grounds.map(({ statement, quote }) => ({ statement, quote }));
    return { criterion, score, quotes, why, next_step: nextStep(criterion, score) };
  });
}

export function scoresJson(scores: RubricScores): Json {
  return CRITERIA.map((criterion) => ({
    criterion,
    score: scores[criterion],
    next_step: nextStep(criterion, scores[criterion]),
  }));
}

function draftJson({ draft }: Judgement): Json {
  switch (draft.kind) {
    case "made":
      return { status: "made", by: speakerJson({ kind: "ai" }), criteria: rubricJson(draft.rubric) };
    case "failed":
      return { status: "none", reason: draft.reason };
    case "awaited":
      return { status: "awaited" };
  }
}

/** @param ofHost drafts are for those who confirm them alone */
export function judgementJson(
  userId: string,
  judgement: Judgement,
  ofHost: "with_draft" | "without_draft",
): JsonObject {
  const { byRules, confirmed } = judgement;
  return {
    user_id: userId,
    by_rules: rubricJson(byRules),
    // What counts words does not know whether they are true.
    rules_see: "Counts of statements, links, sources and words; not whether what was said is true.",
    draft: ofHost === "with_draft" ? draftJson(judgement) : null,
    confirmed: confirmed === null
      ? null
      : { by: confirmed.by, criteria: scoresJson(confirmed.scores), comment: confirmed.comment },
  };
}
