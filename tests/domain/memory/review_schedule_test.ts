/** A learner's memory over many answers: bounded, exact when stored, and told of in good measure. */
import assert from "node:assert/strict";
import fc from "fast-check";
import {
  afterAttempt,
  type CourseMemory,
  ITEM_CARDS_MAX,
  type RecallAttempt,
  SKILL_CARDS_MAX,
} from "../../../src/domain/memory/course_memory.ts";
import {
  dueReviews,
  type LearnerMemory,
  nextNoticeMs,
  noticesAt,
  reviewsOf,
  withNoticesTold,
} from "../../../src/domain/memory/review_schedule.ts";

const START_MS = 1_760_000_000_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

function attempt(skillId: string, atMs: number, correct = true): RecallAttempt {
  return { itemId: `${skillId}-1`, skills: [skillId], correct, hintsUsed: 0, responseMs: 9_000, atMs };
}

function remembering(attempts: readonly RecallAttempt[]): CourseMemory {
  const memory = attempts.reduce<CourseMemory | null>(afterAttempt, null);
  assert.ok(memory);
  return memory;
}

const anyAttempt: fc.Arbitrary<RecallAttempt> = fc.record({
  itemId: fc.constantFrom("i1", "i2", "__proto__"),
  skills: fc.subarray(["x", "y", "constructor", "__proto__"], { minLength: 1 }),
  correct: fc.boolean(),
  hintsUsed: fc.nat(3),
  responseMs: fc.nat(600_000),
  atMs: fc.integer({ min: START_MS, max: START_MS + 90 * DAY_MS }),
});

Deno.test("[N4] a memory that was stored and restored at any moment goes on as if it had not been", () => {
  fc.assert(fc.property(fc.array(anyAttempt, { minLength: 1, maxLength: 50 }), fc.nat(50), (attempts, cut) => {
    const whole = remembering(attempts);
    const before = attempts.slice(0, cut).reduce<CourseMemory | null>(afterAttempt, null);
    const restored: CourseMemory | null = JSON.parse(JSON.stringify(before));
    assert.deepEqual(attempts.slice(cut).reduce<CourseMemory | null>(afterAttempt, restored), whole);
  }));
});

Deno.test("[N3] answers of two sessions at once, in whatever order they come, leave the same skills known until the same time", () => {
  const sessions = fc.tuple(fc.array(anyAttempt, { maxLength: 12 }), fc.array(anyAttempt, { maxLength: 12 }));
  fc.assert(fc.property(sessions, fc.array(fc.boolean()), ([first, second], coin) => {
    const [a, b] = [[...first], [...second]];
    const mixed: RecallAttempt[] = [];
    for (let i = 0; a.length + b.length > 0; i++) {
      const next = (coin[i % Math.max(coin.length, 1)] ?? true ? a : b).shift() ?? a.shift() ?? b.shift();
      if (next !== undefined) mixed.push(next);
    }
    const orders = [[...first, ...second], mixed].map((order) => order.reduce<CourseMemory | null>(afterAttempt, null));
    const [one, other] = orders;
    // A card begins with the first right answer, so an order may begin it later; what is known is the same.
    assert.deepEqual(one?.skills.map(({ id }) => id).sort(), other?.skills.map(({ id }) => id).sort());
    assert.equal(one?.lastAnswerAtMs, other?.lastAnswerAtMs);
    for (const memory of orders) {
      for (const { card, usualTime } of memory?.skills ?? []) {
        assert.ok(card[0] > 0 && card[0] <= 36_500 && Number.isFinite(usualTime[0]) && usualTime[1] <= 10);
        assert.ok(card[2] * 1000 <= (memory?.lastAnswerAtMs ?? 0));
      }
    }
  }));
});

Deno.test("[N3] over its bound a course lets go what is most surely forgotten", () => {
  const attempts = Array.from({ length: SKILL_CARDS_MAX + 1 }, (_, i) => attempt(`s${i}`, START_MS + i * HOUR_MS));
  const { skills, items } = remembering(attempts);
  assert.ok(skills.length <= SKILL_CARDS_MAX && items.length <= ITEM_CARDS_MAX);
  assert.deepEqual(["s0", `s${SKILL_CARDS_MAX}`].map((id) => skills.some((skill) => skill.id === id)), [false, true]);
});

Deno.test("[F2] due reviews come most overdue first, each with the probability that is left", () => {
  const memory = { algebra: remembering([attempt("x", START_MS), attempt("y", START_MS - DAY_MS)]) };
  assert.deepEqual(dueReviews(memory, "algebra", START_MS + DAY_MS), []);
  const due = dueReviews(memory, "algebra", START_MS + 10 * DAY_MS);
  assert.deepEqual(due.map(({ skillId }) => skillId), ["y", "x"]);
  const [first, second] = due;
  assert.ok(first && second && first.retrievability < second.retrievability && second.retrievability < 0.9);
  assert.deepEqual(dueReviews(memory, "constructor", START_MS + 10 * DAY_MS), []);
});

Deno.test("[F2] all reviews are listed soonest first, those of skills and of items", () => {
  const memory = { algebra: remembering([attempt("x", START_MS)]), logic: remembering([attempt("z", START_MS - 1)]) };
  const listed = reviewsOf(memory, START_MS).map(({ courseId, kind, id }) => `${courseId}/${kind}/${id}`);
  assert.deepEqual(listed, ["logic/item/z-1", "logic/skill/z", "algebra/item/x-1", "algebra/skill/x"]);
});

/** Lets `days` pass, telling whenever it is time; when something was told, in hours from the start. */
function toldHours(memory: LearnerMemory, days: number): { memory: LearnerMemory; hours: number[] } {
  const hours: number[] = [];
  for (let next = nextNoticeMs(memory); next !== null; next = nextNoticeMs(memory)) {
    if (next > START_MS + days * DAY_MS) break;
    const notices = noticesAt(memory, next);
    assert.ok(notices.length > 0, "woken for nothing");
    hours.push((next - START_MS) / HOUR_MS);
    memory = withNoticesTold(memory, notices, next);
  }
  return { memory, hours };
}

Deno.test("[F3] who stays away is told once and then left alone; an answer makes it count again", () => {
  const attempts = ["x", "y", "z"].map((skill, i) => attempt(skill, START_MS + i * 20 * HOUR_MS));
  const first = toldHours({ algebra: remembering(attempts) }, 400);
  assert.equal(first.hours.length, 1);
  const algebra = first.memory.algebra ?? null;
  const back = { algebra: afterAttempt(algebra, attempt("x", START_MS + 401 * DAY_MS)) };
  assert.equal(toldHours(back, 800).hours.length, 1);
});

Deno.test("[F3] nobody is told within a sitting, nor twice in a day, nor woken when there is nothing to tell", () => {
  const gaps = fc.array(fc.tuple(fc.constantFrom("x", "y", "z"), fc.integer({ min: 60_000, max: 4 * DAY_MS })), {
    minLength: 1,
    maxLength: 40,
  });
  fc.assert(fc.property(gaps, (answers) => {
    let memory: LearnerMemory = {};
    let atMs = START_MS;
    const told: number[] = [];
    for (const [skill, gapMs] of answers) {
      const until = atMs + gapMs;
      for (let next = nextNoticeMs(memory); next !== null && next <= until; next = nextNoticeMs(memory)) {
        const notices = noticesAt(memory, next);
        assert.ok(notices.length === 1 && (notices[0]?.due ?? 0) > 0);
        assert.ok(next - (memory.algebra?.lastAnswerAtMs ?? 0) >= 12 * HOUR_MS);
        told.push(next);
        memory = withNoticesTold(memory, notices, next);
      }
      atMs = until;
      memory = { algebra: afterAttempt(memory.algebra ?? null, attempt(skill, atMs)) };
    }
    for (const [i, time] of told.entries()) assert.ok(i === 0 || time - (told[i - 1] ?? 0) >= DAY_MS);
  }));
});

Deno.test("[F3] a notice names at most ten skills, and how many there are", () => {
  const memory = { algebra: remembering(Array.from({ length: 30 }, (_, i) => attempt(`s${i}`, START_MS))) };
  const [notice] = noticesAt(memory, START_MS + 30 * DAY_MS);
  assert.deepEqual([notice?.due, notice?.skills.length], [30, 10]);
  assert.deepEqual(noticesAt(memory, START_MS + HOUR_MS), []);
});
