/** The learner actor's memory: fed by every answer, told of by one timer, small however much was answered. */
import assert from "node:assert/strict";
import { randomFrom } from "../../../src/domain/random.ts";
import { dueReviews } from "../../../src/domain/memory/review_schedule.ts";
import { factOf, learner, LearnerRun, SIGHTING } from "./learner_run.ts";

const START_MS = 1_760_000_000_000;
const DAY_MS = 86_400_000;

/** Fires the reviews timer at its time, and gives what the learner's watchers are told. */
function fire(run: LearnerRun) {
  const dueMs = run.timers.get("reviews");
  assert.ok(dueMs !== undefined, "no timer is set");
  run.nowMs = dueMs;
  const decision = run.send({ type: "reviews_deadline" }, { kind: "timer", name: "reviews", dueMs });
  assert.equal(decision.kind, "accepted");
  const event = run.journal.at(-1);
  assert.ok(event);
  return event;
}

Deno.test("[F3] the first right answer sets one timer; when it fires the learner alone is told, and no timer follows", () => {
  const run = new LearnerRun();
  run.answer(factOf("algebra", START_MS, "wrong"));
  assert.deepEqual([...run.timers], []);
  run.answer(factOf("algebra", START_MS + 1_000));
  run.answer(factOf("algebra", START_MS + 2_000), "s2");
  assert.deepEqual([...run.timers.keys()], ["reviews"]);
  const event = fire(run);
  assert.deepEqual(learner.project(event, "learner"), {
    type: "reviews_due",
    data: { courses: [{ course_id: "algebra", due: 1, skills: ["x"] }] },
  });
  assert.equal(learner.project(event, "staff"), null);
  assert.deepEqual([...run.timers], []);
  assert.equal(dueReviews(run.state.memory, "algebra", run.nowMs).length, 1);
  run.answer(factOf("algebra", run.nowMs + DAY_MS));
  assert.deepEqual([...run.timers.keys()], ["reviews"]);
});

Deno.test("[F3] a timer that fires too soon tells nothing and is set again; nobody but the clock may say it is time", () => {
  const run = new LearnerRun();
  run.answer(factOf("algebra", START_MS));
  const dueMs = run.timers.get("reviews");
  run.nowMs = START_MS + 1;
  const early = run.send({ type: "reviews_deadline" }, { kind: "timer", name: "reviews", dueMs: run.nowMs });
  assert.equal(early.kind === "accepted" && early.events.length, 0);
  assert.equal(run.timers.get("reviews"), dueMs);
  const own = { kind: "client", principal: { userId: "ada", role: "student" } } as const;
  assert.equal(run.send({ type: "reviews_deadline" }, own).kind, "rejected");
});

Deno.test("[S5] a learner of version 2 has an empty memory and an unset profile; both begin with what comes next", () => {
  const run = new LearnerRun();
  run.answer(factOf("algebra", START_MS));
  const { memory: _memory, profile: _profile, ...version2 } = run.state;
  const upcast = learner.upcastState(2, JSON.parse(JSON.stringify(version2)));
  assert.deepEqual([upcast.memory, upcast.profile.version, upcast.answered], [{}, 0, 1]);
  const [recorded] = run.journal;
  assert.ok(recorded);
  const event = learner.upcastEvent(2, recorded.type, JSON.parse(JSON.stringify(recorded)));
  const after = learner.evolve(upcast, event, { seq: 2, atMs: START_MS });
  assert.deepEqual(after.memory.algebra?.skills.map(({ id }) => id), ["x"]);
});

Deno.test("[N3] 100,000 answers in a course of 100 skills and 400 items keep the state under 160 KiB", () => {
  const seed = 20_261_122;
  const draw = randomFrom(seed);
  const below = (max: number) => Math.floor(draw() * max);
  let state = learner.initial("ada");
  let atMs = START_MS;
  for (let i = 1; i <= 100_000; i++) {
    atMs += 1 + below(600_000);
    const item = below(400);
    const correct = draw() < 0.7;
    const answer = {
      ...factOf("a-course", atMs, correct ? "right" : "wrong"),
      itemId: `an-item-of-the-course-${item}`,
      skills: [`a-skill-of-the-course-${item % 100}`],
      responseMs: below(60_000),
      sighting: i % 25 === 0 ? { ...SIGHTING, place: { item, skills: [item % 100], skillSet: item % 100 } } : null,
    };
    state = learner.evolve(state, { type: "answer_recorded", answer }, { seq: i, atMs });
  }
  const bytes = JSON.stringify(state).length;
  const memoryBytes = JSON.stringify(state.memory).length;
  assert.ok(bytes < 160 * 1024 && memoryBytes < 32 * 1024, `seed ${seed}: ${bytes} bytes, of memory ${memoryBytes}`);
});

Deno.test("[X2] courses and skills with the names of an object's own members are kept like any other", () => {
  const run = new LearnerRun();
  for (const courseId of ["constructor", "hasOwnProperty"]) {
    run.answer({ ...factOf(courseId, START_MS), skills: ["toString"] });
  }
  for (const courseId of ["constructor", "hasOwnProperty"]) {
    assert.equal(run.state.courses[courseId]?.knowledge.answers, 1);
    assert.equal(dueReviews(run.state.memory, courseId, START_MS + 10 * DAY_MS).length, 1);
  }
});
