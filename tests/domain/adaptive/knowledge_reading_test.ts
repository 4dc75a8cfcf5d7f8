/** One reading of a learner for every rule of the choice, by the course's statistics or by ratings alone. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { afterGraded, type Graded, UNKNOWN_ABILITIES } from "../../../src/domain/adaptive/elo.ts";
import type { KnowledgeReading } from "../../../src/domain/adaptive/knowledge_reading.ts";
import { newKnowledge } from "../../../src/domain/adaptive/learner_knowledge.ts";
import { doubtedSkills, masteredSkills } from "../../../src/domain/adaptive/mastered_skills.ts";
import type { MetItem } from "../../../src/domain/adaptive/met_item.ts";
import { readRatings } from "../../../src/domain/adaptive/ratings_reading.ts";
import { remember, statisticsAsAuthored } from "../../../src/domain/adaptive/simulation/play_run.ts";
import { readStatistics } from "../../../src/domain/adaptive/statistics_reading.ts";
import { gradedArbitrary } from "./graded_answers.ts";
import { chainCourse } from "./practice_course.ts";

const COURSE = chainCourse(["a", "b", "c"], 1, "fresh");
const PUBLISHED = statisticsAsAuthored(COURSE);

interface Attempt extends Graded {
  readonly at: number;
}

function byRatings(attempts: readonly Attempt[]): KnowledgeReading {
  const history: MetItem[] = [];
  let abilities = UNKNOWN_ABILITIES;
  for (const attempt of attempts) {
    const item = COURSE.items[attempt.at % COURSE.items.length];
    assert.ok(item);
    abilities = afterGraded(abilities, item.skills, item.difficulty, attempt);
    history.push({ itemId: item.id, skills: item.skills, correct: attempt.correct });
  }
  return readRatings(abilities, history);
}

function byStatistics(attempts: readonly Attempt[]): KnowledgeReading {
  const knowledge = newKnowledge();
  for (const { at, correct } of attempts) {
    const item = COURSE.items[at % COURSE.items.length];
    assert.ok(item);
    remember(knowledge, PUBLISHED, item, correct);
  }
  return readStatistics(knowledge, PUBLISHED);
}

const READERS = { ratings: byRatings, statistics: byStatistics } as const;
const attemptArbitrary = fc.tuple(fc.nat(), gradedArbitrary).map(([at, graded]): Attempt => ({ at, ...graded }));
const attemptsArbitrary = fc.array(attemptArbitrary, { maxLength: 40 });
const rightArbitrary = attemptArbitrary.filter(({ correct }) => correct);

for (const [name, read] of Object.entries(READERS)) {
  Deno.test(`[E14] by ${name}: answers and right answers in a row are those of the skill`, () => {
    fc.assert(fc.property(attemptsArbitrary, (attempts) => {
      const reading = read(attempts);
      assert.equal(reading.answers, attempts.length);
      for (const { id } of COURSE.skills) {
        const own = attempts.filter(({ at }) => COURSE.items[at % COURSE.items.length]?.skills.includes(id));
        assert.equal(reading.masteryOf(id).answers, own.length);
        assert.equal(reading.rightInARow(id), own.length - 1 - own.findLastIndex(({ correct }) => !correct));
      }
    }));
  });

  Deno.test(`[N2] by ${name}: a right answer, with hints too, never lowers the mastery of its skill, nor its interval's low end`, () => {
    fc.assert(fc.property(attemptsArbitrary, rightArbitrary, (attempts, right) => {
      const [id = ""] = COURSE.items[right.at % COURSE.items.length]?.skills ?? [];
      const before = read(attempts).masteryOf(id);
      const after = read([...attempts, right]).masteryOf(id);
      assert.ok(after.probability >= before.probability && after.low >= before.low);
      assert.ok(after.low <= after.probability && after.probability <= after.high);
    }));
  });

  Deno.test(`[E12] by ${name}: a skill that the course does not have reads as one never answered`, () => {
    const { answers, probability } = read([{ at: 0, correct: true, score: 1 }]).masteryOf("no such skill");
    assert.equal(answers, 0);
    assert.ok(probability > 0 && probability < 1);
    assert.equal(read([]).rightInARow("no such skill"), 0);
  });
}

/** `row` right in a row on `a`, `b` answered wrong ten times. */
function stuckOnB(row: number): KnowledgeReading {
  const times = (skill: string, count: number, answer: "right" | "wrong") => {
    const at = COURSE.items.findIndex(({ skills }) => skills.includes(skill));
    return Array.from(
      { length: count },
      () => ({ at, correct: answer === "right", score: answer === "right" ? 1 : 0 }),
    );
  };
  return byStatistics([...times("b", 10, "wrong"), ...times("a", row, "right")]);
}

Deno.test("[E14] three right in a row are mastery, until what rests on it is not being learnt: then five", () => {
  const mastered = (reading: KnowledgeReading) =>
    masteredSkills(COURSE, reading, doubtedSkills(COURSE, reading)).has("a");
  assert.deepEqual([...doubtedSkills(COURSE, stuckOnB(3))], ["a"]);
  assert.deepEqual([3, 4, 5].map((row) => mastered(stuckOnB(row))), [false, false, true]);
  const fine = byStatistics(Array.from({ length: 3 }, () => ({ at: 0, correct: true, score: 1 })));
  assert.deepEqual([...doubtedSkills(COURSE, fine)], []);
  assert.ok(mastered(fine));
});
