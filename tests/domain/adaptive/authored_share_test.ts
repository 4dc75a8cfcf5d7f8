/** What authors say of difficulty: kept from what the network reads, and giving way to answers. */
import assert from "node:assert/strict";
import { authoredShare } from "../../../src/domain/adaptive/authored_share.ts";
import { CatalogueStatistics } from "../../../src/domain/adaptive/catalogue_statistics.ts";
import { difficultyLogit } from "../../../src/domain/adaptive/elo.ts";
import { encodeCandidates, knowledgeBasis } from "../../../src/domain/adaptive/knowledge_basis.ts";
import { newKnowledge } from "../../../src/domain/adaptive/learner_knowledge.ts";
import { statisticsAsAuthored } from "../../../src/domain/adaptive/simulation/play_run.ts";
import { chainCourse, DIFFICULTIES } from "./practice_course.ts";

const CORRECT = true;

Deno.test("[N14] the author's share of a difficulty halves within five answers and is gone after many", () => {
  const statistics = CatalogueStatistics.empty();
  const place = { item: 0, skills: [0], skillSet: 0 };
  const shares = [authoredShare(statistics, 0, 5)];
  for (let answers = 1; answers <= 500; answers++) {
    statistics.countAnswer(place, CORRECT);
    shares.push(authoredShare(statistics, 0, 5));
  }
  const [first = 0, fifth = 0, last = 0] = [shares[0], shares[5], shares[500]];
  assert.ok(first > 0 && first <= difficultyLogit(5));
  assert.equal(fifth, first / 2);
  assert.ok(last < first / 100);
  assert.equal(authoredShare(statistics, 1, 3), 0);
});

Deno.test("[N14] what the question leaves out of an item's difficulty is what is taken off the answer", () => {
  const course = chainCourse(["a"], 5, "fresh");
  const published = statisticsAsAuthored(course);
  const basis = knowledgeBasis(null, published, course, []);
  const { places, question: { eloLogits, authored } } = encodeCandidates(basis, course.items, 0);
  assert.deepEqual(new Set(course.items.map(({ difficulty }) => difficulty)), new Set(DIFFICULTIES));
  for (const [i, place] of places.entries()) {
    const whole = newKnowledge().ability - published.statistics.difficulty(place);
    assert.ok(Math.abs((eloLogits[i] ?? NaN) - (authored[i] ?? NaN) - whole) < 1e-6);
  }
});
