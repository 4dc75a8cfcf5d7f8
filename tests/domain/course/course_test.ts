/** The course actor: numbers for items, statistics from every answer, versions that always say the same. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { addressOf } from "../../../src/domain/address.ts";
import type { ItemPlace } from "../../../src/domain/adaptive/answered.ts";
import type { Observation } from "../../../src/domain/adaptive/observation.ts";
import type { PublishedStatistics } from "../../../src/domain/adaptive/published_statistics.ts";
import { course } from "../../../src/domain/course/aggregate.ts";
import { courseAddress, type CourseCommand, type CourseEvent } from "../../../src/domain/course/messages.ts";
import type { CourseState } from "../../../src/domain/course/state.ts";
import { statisticsFromView } from "../../../src/domain/course/view.ts";
import type { Origin } from "../../../src/domain/decision.ts";
import { ENGINE } from "../../../src/domain/engine.ts";
import { chainCourse } from "../adaptive/practice_course.ts";

const ITEMS = chainCourse(["a", "b"], 2, "fresh").items.map(({ id, skills, difficulty }) => ({
  id,
  skills,
  difficulty,
}));
const LEARNER: Origin = { kind: "actor", sender: addressOf("learner", "ada"), seq: 3 };
const EFFECT: Origin = { kind: "effect", basisSeq: 0 };

function decideAs(origin: Origin, state: CourseState, command: CourseCommand) {
  return course.decide(state, command, {
    actor: courseAddress("chain"),
    seq: 0,
    nowMs: 1,
    seed: 1,
    commandId: "c",
    origin,
  });
}

function afterAll(events: readonly CourseEvent[]): CourseState {
  return events.reduce(
    (state, event, i) => course.evolve(state, event, { seq: i + 1, atMs: 1 }),
    course.initial("chain"),
  );
}

const LISTED: CourseEvent = { type: "items_listed", items: ITEMS };

const observations: fc.Arbitrary<Observation> = fc.record({
  answered: fc.record({
    place: fc.nat(ITEMS.length - 1).map((item) => {
      const skill = ITEMS[item]?.skills[0] === "a" ? 0 : 1;
      return { item, skills: [skill], skillSet: skill };
    }),
    correct: fc.boolean(),
    atS: fc.option(fc.nat(100_000)),
    responseMs: fc.option(fc.nat(60_000)),
  }),
  expected: fc.double({ min: 0.01, max: 0.99, noNaN: true }),
  contexts: fc.array(fc.nat(10_000), { minLength: 7, maxLength: 7 }),
});

function recorded(all: readonly Observation[]): CourseState {
  return afterAll([
    LISTED,
    ...all.map((observation): CourseEvent => ({ type: "answer_recorded", observation })),
  ]);
}

Deno.test("[N11] whatever waits to be counted, a version reads as if each answer had been counted at once", () => {
  fc.assert(fc.property(fc.array(observations, { maxLength: 80, size: "max" }), (all) => {
    const published: PublishedStatistics | null = statisticsFromView(
      JSON.parse(JSON.stringify(course.view(recorded(all), "engine", 0))),
    );
    assert.ok(published);
    assert.equal(published.version, 1 + all.length);
    for (const { id, skills } of ITEMS) {
      const place: ItemPlace | null = published.placeOf({ id, skills });
      assert.ok(place);
      const ofItem: readonly Observation[] = all.filter(({ answered }) => answered.place.item === place.item);
      assert.equal(published.statistics.itemAnswers(place.item), ofItem.length);
      assert.ok(Number.isFinite(published.statistics.difficulty(place)));
    }
    const contexts = all.flatMap((observation) => observation.contexts);
    for (const context of contexts) {
      assert.equal(published.statistics.contextAnswers(context), contexts.filter((one) => one === context).length);
    }
  }));
});

Deno.test("[S4] a course that was stored and restored goes on as if it had not been", () => {
  fc.assert(
    fc.property(
      fc.array(observations, { maxLength: 40 }),
      fc.array(observations, { maxLength: 10 }),
      (before, after) => {
        const whole = recorded([...before, ...after]);
        const stored: unknown = JSON.parse(JSON.stringify(recorded(before)));
        const resumed = after.reduce(
          (state, observation, i) =>
            course.evolve(state, { type: "answer_recorded", observation }, { seq: 2 + before.length + i, atMs: 1 }),
          course.upcastState(course.schemaVersion, stored),
        );
        const [a, b] = [whole, resumed].map((state) => statisticsFromView(course.view(state, "engine", 0)));
        assert.ok(a && b);
        assert.equal(a.version, b.version);
        for (const item of ITEMS) {
          const place = a.placeOf(item);
          assert.ok(place);
          assert.equal(a.statistics.difficulty(place), b.statistics.difficulty(place));
        }
      },
    ),
  );
});

Deno.test("[N5] an item nobody answered is rated as authored; a new edition leaves the numbers of the old", () => {
  const first = afterAll([{ type: "items_listed", items: ITEMS.slice(0, 5) }]);
  const second = course.evolve(first, { type: "items_listed", items: ITEMS }, { seq: 2, atMs: 1 });
  const [before, after] = [first, second].map((state) => statisticsFromView(course.view(state, "engine", 0)));
  assert.ok(before && after);
  for (const item of ITEMS.slice(0, 5)) assert.deepEqual(after.placeOf(item), before.placeOf(item));
  for (const item of ITEMS) {
    const place = after.placeOf(item);
    assert.ok(place);
    assert.equal(after.statistics.difficulty(place), item.difficulty - 3);
  }
  assert.equal(after.placeOf({ id: "gone", skills: ["a"] }), null);
});

Deno.test("[X2] answers are taken from learners alone, items from the engine alone, unknown items from nobody", () => {
  const empty = course.initial("chain");
  const listed = decideAs(EFFECT, empty, { type: "list_items", items: ITEMS });
  assert.deepEqual(listed.kind === "accepted" && listed.events, [LISTED]);
  const again = decideAs(EFFECT, afterAll([LISTED]), { type: "list_items", items: ITEMS });
  assert.deepEqual(again.kind === "accepted" && again.events, []);
  const observation: Observation = {
    answered: { place: { item: 0, skills: [0], skillSet: 0 }, correct: true, atS: 1, responseMs: 1 },
    expected: 0.5,
    contexts: [1, 2, 3, 4, 5, 6, 7],
  };
  const record: CourseCommand = { type: "record_answer", observation };
  const codes = ([[LEARNER, empty], [EFFECT, afterAll([LISTED])], [LEARNER, afterAll([LISTED])]] as const)
    .map(([origin, state]) => {
      const decision = decideAs(origin, state, record);
      return decision.kind === "rejected" ? decision.code : decision.kind;
    });
  assert.deepEqual(codes, ["unknown_item", "forbidden", "accepted"]);
  assert.equal(decideAs(LEARNER, empty, { type: "list_items", items: ITEMS }).kind, "rejected");
});

Deno.test("[A4] statistics are the engine's, a summary is for staff, students see none", () => {
  const state = recorded([]);
  assert.equal(course.audienceOf(state, ENGINE), "engine");
  assert.equal(course.audienceOf(state, { userId: "tess", role: "teacher" }), "staff");
  assert.equal(course.audienceOf(state, { userId: "ada", role: "student" }), null);
  assert.deepEqual(course.view(state, "staff", 0), {
    course_id: "chain",
    version: 1,
    answers: 0,
    items: 20,
    skills: 2,
  });
});

Deno.test("[S5] an unknown version of a course stops with a named error", () => {
  assert.throws(() => course.upcastState(9, {}), { name: "UnknownSchemaVersionError" });
  assert.throws(() => course.upcastEvent(9, "answer_recorded", {}), { name: "UnknownSchemaVersionError" });
});

Deno.test("[A4] a course nothing ever happened to is nobody's to watch but the engine's", () => {
  assert.equal(course.audienceOf(course.initial("nope"), { userId: "t", role: "teacher" }), null);
});
