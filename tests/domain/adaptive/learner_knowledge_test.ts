/** A learner's knowledge over a long life, stored and restored. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { CatalogueStatistics } from "../../../src/domain/adaptive/catalogue_statistics.ts";
import { encode, FEATURES } from "../../../src/domain/adaptive/encode.ts";
import { knowledgeFromSnapshot, knowledgeSnapshot } from "../../../src/domain/adaptive/knowledge_snapshot.ts";
import {
  ITEMS_REMEMBERED_MAX,
  newKnowledge,
  recordAnswer,
  SKILLS_REMEMBERED_MAX,
} from "../../../src/domain/adaptive/learner_knowledge.ts";
import { observeAnswer } from "../../../src/domain/adaptive/observe_answer.ts";
import { randomFrom } from "../../../src/domain/random.ts";
import { answers, histories, places, play } from "./answer_streams.ts";

const SNAPSHOT_BYTES_MAX = 300_000;

Deno.test("[N3] after 100,000 answers a learner still fits, is still encoded and can still learn", () => {
  const seed = 20_260_101;
  console.log(`seed ${seed}`);
  const random = randomFrom(seed);
  const statistics = CatalogueStatistics.empty();
  const knowledge = newKnowledge();
  for (let number = 0; number < 100_000; number++) {
    const skill = Math.floor(random() * 2000);
    const place = { item: Math.floor(random() * 50_000), skills: [skill, skill + 1], skillSet: skill };
    const answered = { place, correct: random() < 0.8, atS: number * 60, responseMs: 5000 };
    const observation = observeAnswer(knowledge, statistics, answered);
    statistics.record(observation);
    recordAnswer(knowledge, answered, observation.expected);
  }
  assert.equal(knowledge.answers, 100_000);
  assert.ok(knowledge.items.size <= ITEMS_REMEMBERED_MAX && knowledge.skills.size <= SKILLS_REMEMBERED_MAX);
  const bytes = JSON.stringify(knowledgeSnapshot(knowledge)).length;
  assert.ok(bytes < SNAPSHOT_BYTES_MAX, `${bytes} bytes`);
  const row = new Float32Array(FEATURES);
  encode(knowledge, statistics, { item: 1, skills: [1], skillSet: 1 }, 6_000_000, row, 0);
  assert.ok(row.every((value) => Math.abs(value) <= 6));
  const ability = knowledge.ability;
  const easy = { place: { item: 1, skills: [1], skillSet: 1 }, correct: false, atS: null, responseMs: null };
  recordAnswer(knowledge, easy, 0.9);
  assert.ok(knowledge.ability < ability);
});

Deno.test("[N3] what was met last is remembered, what was met long ago is forgotten", () => {
  const knowledge = newKnowledge();
  for (let item = 0; item <= ITEMS_REMEMBERED_MAX; item++) {
    const place = { item, skills: [item], skillSet: item };
    recordAnswer(knowledge, { place, correct: true, atS: null, responseMs: null }, 0.5);
  }
  assert.ok(knowledge.items.has(ITEMS_REMEMBERED_MAX) && !knowledge.items.has(0));
  assert.ok(knowledge.skills.has(ITEMS_REMEMBERED_MAX) && !knowledge.skills.has(0));
});

Deno.test("[N3] an item of more skills than are kept when the oldest go keeps all it was just answered for", () => {
  const knowledge = newKnowledge();
  const skillsFrom = (first: number) => Array.from({ length: 450 }, (_, index) => first + index);
  for (const [item, skills] of [skillsFrom(0), skillsFrom(450)].entries()) {
    recordAnswer(
      knowledge,
      { place: { item, skills, skillSet: item }, correct: true, atS: null, responseMs: null },
      0.5,
    );
  }
  assert.deepEqual([...knowledge.skills.keys()], skillsFrom(450));
});

Deno.test("[N4] knowledge and statistics restored from JSON go on to the very same numbers", () => {
  fc.assert(fc.property(histories, histories, places, (before, later, place) => {
    const statistics = CatalogueStatistics.empty();
    const knowledge = play(statistics, before);
    knowledge.hidden = { model: "m@1", values: [0.25, -1] };
    const restored = knowledgeFromSnapshot(JSON.parse(JSON.stringify(knowledgeSnapshot(knowledge))));
    const restoredStatistics = CatalogueStatistics.fromSnapshot(JSON.parse(JSON.stringify(statistics.snapshot())));
    const ends = [[knowledge, statistics], [restored, restoredStatistics]] as const;
    const rows = ends.map(([learner, catalogue]) => {
      for (const answered of later) {
        const observation = observeAnswer(learner, catalogue, answered);
        catalogue.record(observation);
        recordAnswer(learner, answered, observation.expected);
      }
      const row = new Float32Array(FEATURES);
      encode(learner, catalogue, place, null, row, 0);
      return row;
    });
    assert.deepEqual(rows[1], rows[0]);
    assert.deepEqual(restored, knowledge);
  }));
});

Deno.test("[N4] a snapshot of knowledge stays as it is while the first, or one made from it, learns on", () => {
  fc.assert(fc.property(histories, answers, (history, next) => {
    const statistics = CatalogueStatistics.empty();
    const knowledge = play(statistics, history);
    const snapshot = knowledgeSnapshot(knowledge);
    const before = JSON.stringify(snapshot);
    recordAnswer(knowledge, next, 0.5);
    recordAnswer(knowledgeFromSnapshot(snapshot), next, 0.5);
    assert.equal(JSON.stringify(snapshot), before);
  }));
});
