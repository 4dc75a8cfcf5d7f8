/** Mastery: what a right answer does to it, and how sure it is. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { CatalogueStatistics } from "../../../src/domain/adaptive/catalogue_statistics.ts";
import { knowledgeFromSnapshot, knowledgeSnapshot } from "../../../src/domain/adaptive/knowledge_snapshot.ts";
import { newKnowledge, recordAnswer } from "../../../src/domain/adaptive/learner_knowledge.ts";
import { masteryOf } from "../../../src/domain/adaptive/mastery.ts";
import { observeAnswer } from "../../../src/domain/adaptive/observe_answer.ts";
import { histories, places, play } from "./answer_streams.ts";

Deno.test("[N2] a right answer never lowers the mastery of its skills, whether or not the statistics learn it", () => {
  fc.assert(fc.property(histories, histories, places, fc.boolean(), (others, history, place, learnt) => {
    const statistics = CatalogueStatistics.empty();
    play(statistics, others);
    const before = play(statistics, history);
    const was = place.skills.map((skill) => masteryOf(before, statistics, skill));
    const observation = observeAnswer(before, statistics, { place, correct: true, atS: null, responseMs: null });
    const after = knowledgeFromSnapshot(knowledgeSnapshot(before));
    recordAnswer(after, observation.answered, observation.expected);
    if (learnt) statistics.record(observation);
    place.skills.forEach((skill, index) => {
      const now = masteryOf(after, statistics, skill);
      assert.ok(
        now.probability >= (was[index]?.probability ?? 1),
        `${now.probability} under ${was[index]?.probability}`,
      );
      assert.ok(now.low >= (was[index]?.low ?? 1));
    });
  }));
});

Deno.test("[N2] mastery lies inside its interval, which narrows with answers", () => {
  fc.assert(fc.property(histories, fc.nat(2), (history, skill) => {
    const statistics = CatalogueStatistics.empty();
    const knowledge = play(statistics, history);
    const { low, probability, high } = masteryOf(knowledge, statistics, skill);
    assert.ok(0 <= low && low <= probability && probability <= high && high <= 1);
  }));
  const width = (answers: number) => {
    const statistics = CatalogueStatistics.empty();
    const place = { item: 0, skills: [0], skillSet: 0 };
    const history = Array.from({ length: answers }, (_, index) => (
      { place, correct: index % 2 === 0, atS: null, responseMs: null }
    ));
    const { low, high } = masteryOf(play(statistics, history), statistics, 0);
    return high - low;
  };
  assert.ok(width(0) > width(5) && width(5) > width(50));
});

Deno.test("[N5] a skill never met has the mastery of an average learner, resting on no answer", () => {
  const mastery = masteryOf(newKnowledge(), CatalogueStatistics.empty(), 4711);
  assert.equal(mastery.answers, 0);
  assert.equal(mastery.probability, 0.5);
});
