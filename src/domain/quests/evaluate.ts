/** Judges a quest by its weighted criteria: a score, and for each criterion what it came to. */
import { assertNever } from "../assert_never.ts";
import { entryOf } from "../entry_of.ts";
import { roundShare } from "../session/tally.ts";
import type { ActiveQuest, Criterion, CriterionResult, RubricPoints } from "./quest.ts";
import { amountOf, emptyTally } from "./tally.ts";
import type { RubricLevel } from "./template.ts";

export interface Evaluation {
  /** Weighted mean of the criteria, 0 to 1. */
  readonly score: number;
  readonly results: readonly CriterionResult[];
}

/** Why points are none that the rubric has. */
export interface RubricFault {
  readonly criterionId: string;
  readonly expected: string;
}

function pointsMax(levels: readonly RubricLevel[]): number {
  return levels.reduce((most, { points }) => Math.max(most, points), 0);
}

/** What in `points` does not fit the rubric criteria: each needs the points of one of its levels, no other may have any. */
export function rubricFaults(criteria: readonly Criterion[], points: RubricPoints): readonly RubricFault[] {
  const rubrics = criteria.flatMap(({ id, evidence }) => "levels" in evidence ? [{ id, levels: evidence.levels }] : []);
  const missing = rubrics.flatMap(({ id, levels }): RubricFault[] => {
    const given = entryOf(points, id);
    if (levels.some((level) => level.points === given)) return [];
    return [{ criterionId: id, expected: `one of ${levels.map((level) => level.points).join(", ")}` }];
  });
  const unknown = Object.keys(points).filter((id) => !rubrics.some((rubric) => rubric.id === id));
  return [...missing, ...unknown.map((criterionId) => ({ criterionId, expected: "no points: it is no rubric" }))];
}

function judged(active: ActiveQuest, { id, evidence }: Criterion, rubric: RubricPoints): [number, string] {
  switch (evidence.kind) {
    case "automatic": {
      const amount = amountOf(evidence.measure, entryOf(active.tallies, id) ?? emptyTally(evidence.measure));
      return [Math.min(1, amount / evidence.count), `${Math.min(amount, evidence.count)} of ${evidence.count}`];
    }
    case "keyed": {
      const score = entryOf(active.keyed, id);
      if (score === null) return [0, "not answered yet"];
      return [score, score === 1 ? "right" : score > 0 ? "right in part" : "not right yet"];
    }
    case "rubric":
    case "assisted": {
      const points = entryOf(rubric, id);
      if (points === null) return [0, "not judged yet"];
      const level = evidence.levels.find((one) => one.points === points)?.text ?? "";
      return [points / pointsMax(evidence.levels), `${points} of ${pointsMax(evidence.levels)}: ${level}`];
    }
    default:
      return assertNever(evidence);
  }
}

/** The quest as it stands; `rubric` holds what a teacher gave, empty before. */
export function evaluateQuest(active: ActiveQuest, rubric: RubricPoints = {}): Evaluation {
  const results = active.quest.criteria.map((criterion) => {
    const [score, feedback] = judged(active, criterion, rubric);
    const { id: criterionId, text, weight } = criterion;
    return { criterionId, text, weight, score: roundShare(score), feedback };
  });
  const weights = results.reduce((sum, { weight }) => sum + weight, 0);
  const scored = results.reduce((sum, { weight, score }) => sum + weight * score, 0);
  return { score: roundShare(scored / weights), results };
}
