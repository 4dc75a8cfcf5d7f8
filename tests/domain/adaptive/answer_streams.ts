/** Streams of answers for tests of knowledge: arbitrary ones, and learners who play them. */
import fc from "fast-check";
import type { Answered } from "../../../src/domain/adaptive/answered.ts";
import type { CatalogueStatistics } from "../../../src/domain/adaptive/catalogue_statistics.ts";
import { type LearnerKnowledge, newKnowledge, recordAnswer } from "../../../src/domain/adaptive/learner_knowledge.ts";
import { observeAnswer } from "../../../src/domain/adaptive/observe_answer.ts";

/** Three skills, every combination of which is a skill set of its own; items share them. */
const SKILL_SETS = [[0], [1], [2], [0, 1], [0, 1, 2]] as const;

export const places = fc.tuple(fc.nat(20), fc.nat(SKILL_SETS.length - 1)).map(([item, skillSet]) => ({
  item,
  skills: SKILL_SETS[skillSet] ?? [],
  skillSet,
}));

export const answers: fc.Arbitrary<Answered> = fc.record({
  place: places,
  correct: fc.boolean(),
  atS: fc.option(fc.nat(10_000_000)),
  responseMs: fc.option(fc.nat(600_000)),
});

export const histories = fc.array(answers, { maxLength: 60 });

/** Plays the answers of one learner; the statistics learn each. */
export function play(statistics: CatalogueStatistics, history: readonly Answered[]): LearnerKnowledge {
  const knowledge = newKnowledge();
  for (const answered of history) {
    const observation = observeAnswer(knowledge, statistics, answered);
    statistics.record(observation);
    recordAnswer(knowledge, answered, observation.expected);
  }
  return knowledge;
}
