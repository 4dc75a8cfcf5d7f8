/** The encoding: finite numbers, whatever was met before. */
import assert from "node:assert/strict";
import fc from "fast-check";
import type { ItemPlace } from "../../../src/domain/adaptive/answered.ts";
import { CatalogueStatistics } from "../../../src/domain/adaptive/catalogue_statistics.ts";
import { encode, FEATURES, TIME_FEATURES, TIME_FEATURES_FROM } from "../../../src/domain/adaptive/encode.ts";
import { knowledgeSnapshot } from "../../../src/domain/adaptive/knowledge_snapshot.ts";
import { type LearnerKnowledge, newKnowledge } from "../../../src/domain/adaptive/learner_knowledge.ts";
import { answers, histories, places, play } from "./answer_streams.ts";

const known = { item: 0, skills: [0], skillSet: 0 };
const UNTOUCHED = 99;

function encoded(
  knowledge: LearnerKnowledge,
  statistics: CatalogueStatistics,
  place: ItemPlace,
  nowS: number | null,
): Float32Array {
  const row = new Float32Array(FEATURES);
  encode(knowledge, statistics, place, nowS, row, 0);
  return row;
}

Deno.test("[N5] every feature is finite and within ±6, and only its own row is written", () => {
  fc.assert(fc.property(histories, histories, places, fc.option(fc.nat(10_000_000)), (others, own, place, nowS) => {
    const statistics = CatalogueStatistics.empty();
    play(statistics, others);
    const knowledge = play(statistics, own);
    const rows = new Float32Array(3 * FEATURES).fill(UNTOUCHED);
    const logit = encode(knowledge, statistics, place, nowS, rows, FEATURES);
    assert.ok(Math.abs(logit) <= 6);
    rows.forEach((value, index) => {
      const inside = index >= FEATURES && index < 2 * FEATURES;
      assert.ok(inside ? Math.abs(value) <= 6 : value === UNTOUCHED, `feature ${index - FEATURES} is ${value}`);
    });
  }));
});

Deno.test("[N5] items and skills that nobody has met read as the course does", () => {
  fc.assert(fc.property(histories, (others) => {
    const statistics = CatalogueStatistics.empty();
    play(statistics, others);
    const unknown = encoded(newKnowledge(), statistics, { item: 9999, skills: [9999], skillSet: 9999 }, null);
    const without = encoded(newKnowledge(), statistics, { item: 9999, skills: [], skillSet: 9999 }, null);
    for (const row of [unknown, without]) {
      assert.ok(Math.abs(row[0] ?? 1) < 1e-6 && Math.abs(row[1] ?? 1) < 1e-6, "no lift above the course");
      assert.ok(row.every(Number.isFinite));
    }
  }));
});

Deno.test("[N1] encoding changes neither learner nor statistics", () => {
  fc.assert(fc.property(histories, places, (history, place) => {
    const statistics = CatalogueStatistics.empty();
    const knowledge = play(statistics, history);
    const before = JSON.stringify([knowledgeSnapshot(knowledge), statistics.snapshot()]);
    encoded(knowledge, statistics, place, 5);
    assert.equal(JSON.stringify([knowledgeSnapshot(knowledge), statistics.snapshot()]), before);
  }));
});

Deno.test("[N1] the minutes a learner spends on the answer itself do not show", () => {
  fc.assert(fc.property(histories, answers, places, fc.nat(599), (history, last, place, thoughtS) => {
    const statistics = CatalogueStatistics.empty();
    const known = history.map((answered) => ({ ...answered, atS: 1000 }));
    const knowledge = play(statistics, [...known, { ...last, atS: 1000 }]);
    const atOnce = encoded(knowledge, statistics, place, 1000);
    assert.deepEqual(encoded(knowledge, statistics, place, 1000 + thoughtS), atOnce);
  }));
});

Deno.test("[N5] a day's break shows, and without clocks the features of time are zero", () => {
  const statistics = CatalogueStatistics.empty();
  const answered = { place: known, correct: true, atS: 0, responseMs: null };
  const rested = encoded(play(statistics, [answered]), statistics, known, 86_400);
  assert.ok((rested[TIME_FEATURES_FROM] ?? 0) > 2);
  const timeless = encoded(play(statistics, [{ ...answered, atS: null }]), statistics, known, null);
  assert.ok(timeless.subarray(TIME_FEATURES_FROM, TIME_FEATURES_FROM + TIME_FEATURES).every((value) => value === 0));
});
