/** Items met lately speak for others: what pairs of items show, and how many are kept. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { PAIR_CONTEXTS_MAX, writePairContexts } from "../../../src/domain/adaptive/answer_contexts.ts";
import { CatalogueStatistics } from "../../../src/domain/adaptive/catalogue_statistics.ts";
import { encode, FEATURES } from "../../../src/domain/adaptive/encode.ts";
import { RECENT_ITEMS_MAX } from "../../../src/domain/adaptive/learner_knowledge.ts";
import { histories, places, play } from "./answer_streams.ts";

/** The mean lift of the pairs: the second of the last three features. */
const MEAN_LIFT = FEATURES - 2;
const [asked, between, telling] = [0, 1, 2].map((item) => ({ item, skills: [0], skillSet: 0 }));

Deno.test("[N5] an item that classmates answered like an earlier one is expected to go as that one went", () => {
  assert.ok(asked !== undefined && between !== undefined && telling !== undefined);
  const statistics = CatalogueStatistics.empty();
  const answer = (place: typeof asked, correct: boolean) => ({ place, correct, atS: null, responseMs: null });
  const day = (correct: boolean) => [answer(telling, correct), answer(between, !correct), answer(asked, correct)];
  for (let classmate = 0; classmate < 30; classmate++) play(statistics, day(classmate % 2 === 0));
  const liftAfter = (correct: boolean) => {
    const row = new Float32Array(FEATURES);
    encode(play(statistics.copy(), day(correct).slice(0, 1)), statistics, asked, null, row, 0);
    return row[MEAN_LIFT] ?? 0;
  };
  const lifts = [true, false].map(liftAfter);
  assert.ok((lifts[0] ?? 0) > 0.5 && (lifts[1] ?? 0) < -0.5, `${lifts}`);
});

Deno.test("[N3] only the items met last are paired, each once, and none with itself", () => {
  fc.assert(fc.property(histories, places, (history, place) => {
    const knowledge = play(CatalogueStatistics.empty(), history);
    const pairs = new Float64Array(PAIR_CONTEXTS_MAX);
    writePairContexts(knowledge, place, pairs);
    const met = new Set(history.map((answered) => answered.place.item));
    const others = [...met].filter((item) => item !== place.item).length;
    const written = pairs.filter((pair) => pair >= 0);
    assert.ok(written.length <= Math.min(others, RECENT_ITEMS_MAX));
    if (met.size <= RECENT_ITEMS_MAX) assert.equal(written.length, others);
    assert.equal(new Set(written).size, written.length);
    assert.ok(pairs.subarray(written.length).every((pair) => pair === -1));
    assert.deepEqual(knowledge.recentItems[0]?.item, history.at(-1)?.place.item);
  }));
});
