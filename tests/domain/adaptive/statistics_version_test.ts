/** Catalogue statistics: what an answer moves, and versions that stay as published. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { CatalogueIndex, EMPTY_CATALOGUE, extendCatalogue } from "../../../src/domain/adaptive/catalogue.ts";
import { CatalogueStatistics } from "../../../src/domain/adaptive/catalogue_statistics.ts";
import { newKnowledge } from "../../../src/domain/adaptive/learner_knowledge.ts";
import { observeAnswer } from "../../../src/domain/adaptive/observe_answer.ts";
import {
  nextVersion,
  restoredStatistics,
  storedStatistics,
  unansweredStatistics,
  withItems,
} from "../../../src/domain/adaptive/statistics_version.ts";
import { histories, places, play } from "./answer_streams.ts";

Deno.test("[N5] rates of an item start at its skills', those of a skill at the course's", () => {
  fc.assert(fc.property(histories, (history) => {
    const statistics = CatalogueStatistics.empty();
    play(statistics, history);
    const fresh = { item: 500, skills: [500], skillSet: 500 };
    const skills = statistics.skillsLogOdds(fresh);
    assert.ok(Math.abs(skills - statistics.courseLogOdds()) < 1e-9);
    assert.ok(Math.abs(statistics.itemLogOdds(fresh.item, skills) - skills) < 1e-9);
  }));
});

Deno.test("[N5] a right answer makes an item look easier by rate and by Elo, a wrong one harder", () => {
  fc.assert(fc.property(histories, places, fc.boolean(), (history, place, correct) => {
    const statistics = CatalogueStatistics.empty();
    play(statistics, history);
    const before = statistics.copy();
    const answered = { place, correct, atS: null, responseMs: null };
    statistics.record(observeAnswer(newKnowledge(), statistics, answered));
    const rate = (from: CatalogueStatistics) => from.itemLogOdds(place.item, from.skillsLogOdds(place));
    assert.equal(rate(statistics) > rate(before), correct);
    assert.equal(statistics.difficulty(place) < before.difficulty(place), correct);
  }));
});

Deno.test("[N4] a published version keeps its numbers while later ones learn", () => {
  fc.assert(fc.property(histories, fc.array(places, { minLength: 1, maxLength: 5 }), (history, next) => {
    const empty = unansweredStatistics();
    const learner = newKnowledge();
    const observe = (version: typeof empty, all: typeof history) =>
      nextVersion(version, all.map((answered) => observeAnswer(learner, version.statistics, answered)));
    const first = observe(empty, history);
    const stored = JSON.stringify(storedStatistics(first));
    const second = observe(first, next.map((place) => ({ place, correct: true, atS: null, responseMs: null })));
    assert.equal(JSON.stringify(storedStatistics(first)), stored);
    assert.equal(second.version, first.version + 1);
    assert.deepEqual(storedStatistics(restoredStatistics(JSON.parse(stored))), JSON.parse(stored));
  }));
});

Deno.test("[N4] items keep their numbers through editions of a course, and unknown ones have no place", () => {
  const first = extendCatalogue(EMPTY_CATALOGUE, [{ id: "a", skills: ["s"] }, { id: "b", skills: ["s", "t"] }]);
  const second = extendCatalogue(first, [{ id: "c", skills: ["u"] }, { id: "b", skills: ["t"] }]);
  const [before, after] = [new CatalogueIndex(first), new CatalogueIndex(second)];
  assert.deepEqual(after.placeOf({ id: "b", skills: ["s", "t"] }), before.placeOf({ id: "b", skills: ["s", "t"] }));
  assert.deepEqual(after.placeOf({ id: "c", skills: ["u"] }), { item: 2, skills: [2], skillSet: 2 });
  assert.equal(before.placeOf({ id: "c", skills: ["u"] }), null);
  assert.equal(before.placeOf({ id: "b", skills: ["t"] }), null);
  assert.equal(before.skillNumber("u"), null);
  assert.deepEqual(withItems(unansweredStatistics(), [{ id: "a", skills: [] }]).catalogue.skillSets, [""]);
});
