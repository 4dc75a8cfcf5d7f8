/** What a few answers say of skills never asked about: a right one for what it rests on, a wrong one for what rests on it. */
import type { Foundations } from "./foundations.ts";
import type { KnowledgeReading } from "./knowledge_reading.ts";
import { logOdds, sigmoid } from "./logistic.ts";
import type { SkillsById } from "./skill_graph.ts";

/** Beliefs at least this far from even, in logits, are settled: 2 to 1. */
const SETTLED_LOGIT = Math.log(2);

export interface Placement {
  /** Probability that the skill is known. */
  readonly probability: number;
  readonly settled: boolean;
  /** What answers on other skills say of one never asked about; null where they say nothing clear. */
  readonly implies: "known" | "unknown" | null;
}

/**
 * Where the learner stands on every skill, after knowledge space theory (Doignon and Falmagne, "Spaces for the assessment
 * of knowledge", 1985): what is known is closed under prerequisites. A skill that was answered is settled by its own
 * mastery; another by the strongest answer above it that was more likely right, and the weakest below it that was not,
 * their log-odds added where both are there. Time grows with the skills and their prerequisites, however deep.
 */
export function placementOf(
  reading: KnowledgeReading,
  byId: SkillsById,
  foundations: Foundations,
): ReadonlyMap<string, Placement> {
  const ids = [...byId.keys()];
  const logits = new Map(ids.map((id) => [id, logOdds(reading.masteryOf(id).probability)]));
  const logitOf = (id: string | undefined) => id === undefined ? 0 : logits.get(id) ?? 0;
  const answered = new Set(ids.filter((id) => reading.masteryOf(id).answers > 0));
  const strongestFirst = [...answered].sort((a, b) => logitOf(b) - logitOf(a));
  const known = strongestFirst.filter((id) => logitOf(id) > 0);
  const unknown = strongestFirst.filter((id) => logitOf(id) < 0).reverse();
  const above = foundations.firstOver(known);
  const below = foundations.firstUnder(unknown);
  return new Map(ids.map((id): [string, Placement] => {
    if (answered.has(id)) return [id, { probability: sigmoid(logitOf(id)), settled: true, implies: null }];
    const implied = logitOf(above.get(id)) + logitOf(below.get(id));
    const settled = Math.abs(implied) >= SETTLED_LOGIT;
    const probability = sigmoid(implied === 0 ? logitOf(id) : implied);
    return [id, { probability, settled, implies: !settled ? null : implied > 0 ? "known" : "unknown" }];
  }));
}
