/** What a few answers say of skills never asked about: a right one for what it rests on, a wrong one for what rests on it. */
import type { KnowledgeReading } from "./knowledge_reading.ts";
import { logOdds, sigmoid } from "./logistic.ts";
import { type SkillsById, withPrerequisites } from "./skill_graph.ts";

/** Beliefs at least this far from even, in logits, are settled: 2 to 1. */
const SETTLED_LOGIT = Math.log(2);

export interface Placement {
  /** Probability that the skill is known. */
  readonly probability: number;
  readonly settled: boolean;
  /** What answers on other skills say of one never asked about; null where they say nothing clear. */
  readonly implies: "known" | "unknown" | null;
}

/** Each skill's closure under prerequisites, itself included. */
export type Closures = ReadonlyMap<string, ReadonlySet<string>>;

export function closuresOf(byId: SkillsById): Closures {
  return new Map([...byId.keys()].map((id) => [id, withPrerequisites(byId, [id])]));
}

/**
 * Where the learner stands in `scope`, after knowledge space theory (Doignon and Falmagne, "Spaces for the assessment of
 * knowledge", 1985): what is known is closed under prerequisites. A skill that was answered is settled by its own
 * mastery; another by the strongest answer above it that was more likely right, and the weakest below it that was not,
 * their log-odds added where both are there.
 */
export function placementIn(
  reading: KnowledgeReading,
  closures: Closures,
  scope: ReadonlySet<string>,
): ReadonlyMap<string, Placement> {
  const logits = new Map([...closures.keys()].map((id) => [id, logOdds(reading.masteryOf(id).probability)]));
  const answered = [...closures.keys()].filter((id) => reading.masteryOf(id).answers > 0);
  const logitOf = (id: string) => logits.get(id) ?? 0;
  const placed = [...scope].map((id): [string, Placement] => {
    if (answered.includes(id)) return [id, { probability: sigmoid(logitOf(id)), settled: true, implies: null }];
    const above = answered.filter((other) => closures.get(other)?.has(id)).map(logitOf);
    const below = answered.filter((other) => closures.get(id)?.has(other)).map(logitOf);
    const speaksFor = above.reduce((most, logit) => Math.max(most, logit), 0);
    const speaksAgainst = below.reduce((least, logit) => Math.min(least, logit), 0);
    const implied = speaksFor + speaksAgainst;
    const probability = sigmoid(implied === 0 ? logitOf(id) : implied);
    const settled = Math.abs(implied) >= SETTLED_LOGIT;
    return [id, { probability, settled, implies: !settled ? null : implied > 0 ? "known" : "unknown" }];
  });
  return new Map(placed);
}
