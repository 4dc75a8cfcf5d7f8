/** One memory: how answers move it, by FSRS itself. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { createEmptyCard, fsrs, type Grade, Rating } from "ts-fsrs";
import {
  type Card,
  cardAfter,
  dueAtMsOf,
  firstCard,
  retrievabilityAt,
  SITTING_S_MAX,
} from "../../../src/domain/memory/card.ts";

const DAY_S = 86_400;
const START_S = 1_760_000_000;
const RIGHT = [Rating.Hard, Rating.Good, Rating.Easy] as const;
const anyGrade = fc.constantFrom<Grade>(Rating.Again, ...RIGHT);
const anyGap = fc.integer({ min: 0, max: 400 * DAY_S });

function begun(grade: Grade): Card {
  const card = firstCard(grade, START_S);
  assert.ok(card);
  return card;
}

Deno.test("[F1] days apart, a card moves as the scheduler of ts-fsrs moves its own", () => {
  const days = [3, 9, 2, 30, 1];
  const grades: Grade[] = [Rating.Good, Rating.Hard, Rating.Again, Rating.Good, Rating.Easy];
  const scheduler = fsrs({ enable_fuzz: false, enable_short_term: true, learning_steps: [], relearning_steps: [] });
  let theirs = scheduler.next(createEmptyCard(new Date(START_S * 1000)), new Date(START_S * 1000), Rating.Good).card;
  let ours = begun(Rating.Good);
  let atS = START_S;
  for (const [i, grade] of grades.entries()) {
    atS += (days[i] ?? 0) * DAY_S;
    theirs = scheduler.next(theirs, new Date(atS * 1000), grade).card;
    ours = cardAfter(ours, grade, atS);
    assert.ok(Math.abs(ours[0] - theirs.stability) < 1e-3, `stability after ${grade}: ${ours[0]}, ${theirs.stability}`);
    assert.ok(Math.abs(ours[1] - theirs.difficulty) < 1e-3, `difficulty after ${grade}`);
  }
});

Deno.test("[F1] what was not recalled has no card", () => {
  assert.equal(firstCard(Rating.Again, START_S), null);
  for (const grade of RIGHT) assert.ok(firstCard(grade, START_S));
});

Deno.test("[F1] a right answer never weakens a memory, a wrong one never strengthens it, at whatever distance", () => {
  fc.assert(fc.property(fc.array(fc.tuple(anyGrade, anyGap), { maxLength: 40 }), (answers) => {
    let card = begun(Rating.Good);
    for (const [grade, gapS] of answers) {
      const after = cardAfter(card, grade, card[2] + gapS);
      if (grade === Rating.Again) assert.ok(after[0] <= card[0]);
      else assert.ok(after[0] >= card[0]);
      card = after;
    }
  }));
});

Deno.test("[F1] however long one sitting is, right answers in it lift a memory to about two days at most", () => {
  const twoDays = 2.2;
  const sitting = fc.array(fc.tuple(anyGrade, fc.integer({ min: 0, max: SITTING_S_MAX - 1 })), { maxLength: 300 });
  fc.assert(fc.property(fc.constantFrom(...RIGHT), anyGap, sitting, (first, gapS, answers) => {
    const start = cardAfter(begun(first), Rating.Good, START_S + gapS);
    const most = Math.max(start[0], twoDays);
    answers.reduce((card, [grade, gap]) => {
      const after = cardAfter(card, grade, card[2] + gap);
      assert.ok(after[0] <= most, `${after[0]} days out of ${start[0]}`);
      return after;
    }, start);
  }));
});

Deno.test("[N3] any answers at any times, backwards too, leave a card finite, in range and never used earlier", () => {
  const anyTime = fc.integer({ min: 0, max: 4_000_000_000 });
  fc.assert(fc.property(fc.array(fc.tuple(anyGrade, anyTime), { maxLength: 60 }), (answers) => {
    answers.reduce((card, [grade, atS]) => {
      const after = cardAfter(card, grade, atS);
      const [stability, difficulty, usedAtS] = after;
      assert.ok(stability > 0 && stability <= 36_500 && difficulty >= 1 && difficulty <= 10);
      assert.ok(usedAtS >= card[2] && usedAtS >= atS);
      return after;
    }, begun(Rating.Good));
  }));
});

Deno.test("[F2] a review is due where the probability has come down to .9, not within a day", () => {
  const card = begun(Rating.Good);
  const dueMs = dueAtMsOf(card);
  assert.ok(Math.abs(retrievabilityAt(card, dueMs) - 0.9) < 1e-4);
  assert.ok(retrievabilityAt(card, dueMs - 3_600_000) > 0.9 && retrievabilityAt(card, dueMs + 3_600_000) < 0.9);
  const weak = cardAfter(card, Rating.Again, START_S + 60);
  assert.ok(weak[0] < 1);
  assert.equal(dueAtMsOf(weak), (START_S + 60 + DAY_S) * 1000);
  assert.equal(retrievabilityAt(card, 0), 1);
});
