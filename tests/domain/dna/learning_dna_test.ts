/** Learning DNA against a slow recomputation from the journal, for any interleaving of sessions. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { addressOf } from "../../../src/domain/address.ts";
import { DAY_BANDS } from "../../../src/domain/dna/corrections.ts";
import { DEFINITIONS } from "../../../src/domain/dna/definitions.ts";
import { figuresOf } from "../../../src/domain/dna/figures.ts";
import type { Interval } from "../../../src/domain/dna/interval.ts";
import { afterAnswered, NEW_DNA } from "../../../src/domain/dna/learning_dna.ts";
import type { Spread } from "../../../src/domain/dna/spread.ts";
import { WORK_BEHAVIOURS } from "../../../src/domain/dna/work_behaviour.ts";
import { localDay } from "../../../src/domain/local_day.ts";
import { NEW_PROFILE } from "../../../src/domain/learner/profile.ts";
import { randomFrom } from "../../../src/domain/random.ts";
import { EMPTY_TALLY } from "../../../src/domain/session/tally.ts";
import { factOf, LearnerRun } from "../learner/learner_run.ts";
import { SlowFigures } from "./slow_figures.ts";

const START_MS = Date.UTC(2026, 1, 25);
const HOUR_MS = 3_600_000;
const MODALITIES = ["text", "visual", "auditory", "kinesthetic"] as const;

/** One thing that happens; a session that has ended takes nothing more. */
const stepArbitrary = fc.record({
  session: fc.oneof(fc.nat(1), fc.nat(20)),
  ends: fc.oneof(
    { weight: 40, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.constantFrom("learner", "staff", "target_reached") },
  ),
  /** Times may run back a little: sessions tell the learner each in their own time. */
  gapHours: fc.oneof(
    { weight: 2, arbitrary: fc.constantFrom(0.24, 0.25, 0.251) },
    { weight: 8, arbitrary: fc.double({ min: -0.1, max: 0.2, noNaN: true }) },
    { weight: 1, arbitrary: fc.double({ min: 10, max: 24 * 30, noNaN: true }) },
  ),
  courseId: fc.constantFrom("algebra", "constructor"),
  skills: fc.subarray(["x", "y", "toString"], { minLength: 1 }),
  difficulty: fc.constantFrom(1, 3, 5),
  correct: fc.boolean(),
  hintsUsed: fc.nat(3),
  responseMs: fc.integer({ min: 1, max: 200_000 }),
  presentations: fc.subarray([...MODALITIES]),
  behaviour: fc.subarray([...WORK_BEHAVIOURS]),
});
type Step = typeof stepArbitrary extends fc.Arbitrary<infer Value> ? Value : never;

function play(steps: readonly Step[], timeZone: string): LearnerRun {
  const run = new LearnerRun();
  const own = { kind: "client", principal: { userId: "ada", role: "student" } } as const;
  run.send({ type: "set_profile", expectedVersion: 0, draft: { ...NEW_PROFILE, timeZone } }, own);
  const ended = new Set<number>();
  let atMs = START_MS;
  for (const { session, ends, gapHours, ...answer } of steps) {
    if (ended.has(session)) continue;
    atMs += Math.round(gapHours * HOUR_MS);
    const sessionId = `s${session}`;
    if (ends === null) {
      const score = answer.correct ? 1 - 0.2 * answer.hintsUsed : 0;
      run.answer({ ...factOf(answer.courseId, atMs), ...answer, score, sessionId }, sessionId);
      continue;
    }
    ended.add(session);
    const ending = { sessionId, courseId: "algebra", classId: null, topic: null, cause: ends, tally: EMPTY_TALLY };
    const fact = { ...ending, startedAtMs: START_MS, completedAtMs: atMs };
    run.send({ type: "record_session", session: fact }, {
      kind: "actor",
      sender: addressOf("session", sessionId),
      seq: 9,
    });
  }
  return run;
}

function assertClose(actual: number, expected: number, what: string): void {
  assert.ok(Math.abs(actual - expected) <= 1e-9 * Math.max(1, Math.abs(expected)), `${what}: ${actual} ≠ ${expected}`);
}

function assertSpread([count, mean, squares]: Spread, expected: Spread, what: string): void {
  assert.equal(count, expected[0], what);
  assertClose(mean, expected[1], what);
  assertClose(squares, expected[2], what);
}

function assertFigures(run: LearnerRun, timeZone: string, nowMs: number): void {
  const slow = new SlowFigures(run.journal, timeZone);
  const expected: { [name: string]: { size: number; interval: Interval } } = {
    retention: slow.retention(),
    pace: slow.pace(),
    persistence: slow.persistence(),
    hint_use: slow.hintUse(),
    consistency: slow.consistency(nowMs),
    ...Object.fromEntries(WORK_BEHAVIOURS.map((name) => [name, slow.behaviour(name)])),
  };
  for (const figure of figuresOf(run.state.dna, [], localDay(nowMs, timeZone))) {
    const { size, interval } = expected[figure.name] ?? { size: figure.sampleSize, interval: null };
    assert.equal(figure.sampleSize, size, figure.name);
    assert.equal(figure.status === "ok", size >= DEFINITIONS[figure.name].sampleMin, figure.name);
    if (figure.status !== "ok" || interval === null) continue;
    for (const end of ["value", "low", "high"] as const) assertClose(figure[end], interval[end], figure.name);
  }
}

Deno.test("[Y1] figures equal a slow recomputation from the journal, for any interleaving of sessions, in any zone", () => {
  const zones = fc.constantFrom("UTC", "Asia/Kathmandu", "America/St_Johns", "Pacific/Apia");
  fc.assert(
    fc.property(fc.array(stepArbitrary, { minLength: 90, maxLength: 160, size: "max" }), zones, (steps, timeZone) => {
      const run = play(steps, timeZone);
      if (run.state.answered === 0) return;
      const nowMs = (run.state.lastAnswerAtMs ?? 0) + 30 * HOUR_MS;
      assertFigures(run, timeZone, nowMs);
      const slow = new SlowFigures(run.journal, timeZone);
      const { dna } = run.state;
      for (const [band, name] of DAY_BANDS.entries()) {
        assertSpread(dna.hours[band] ?? [0, 0, 0], slow.group(({ hour }) => Math.floor(hour / 4) === band), name);
      }
      for (const shown of MODALITIES) {
        const offers = slow.group(({ answer }) => answer.presentations.includes(shown));
        const others = slow.group(({ answer: { presentations } }) =>
          presentations.length > 0 && !presentations.includes(shown)
        );
        assertSpread(dna.presentations[shown].offered, offers, shown);
        assertSpread(dna.presentations[shown].others, others, shown);
      }
      const reviews = slow.reviews();
      for (const [tenth, [count, recalled, sum]] of dna.recall.entries()) {
        const inTenth = reviews.filter(({ expected }) => Math.min(9, Math.floor(expected * 10)) === tenth);
        assert.deepEqual([count, recalled], [inTenth.length, inTenth.filter((one) => one.recalled).length]);
        assertClose(sum, inTenth.reduce((total, { expected }) => total + expected, 0), `tenth ${tenth}`);
      }
      assert.deepEqual(JSON.parse(JSON.stringify(dna)), dna);
    }),
    // Shrinking would recompute long journals thousands of times.
    { numRuns: 12, endOnFailure: true },
  );
});

Deno.test("[Y2] 100,000 answers in 9,000 sessions over three years keep what is stored of them under 24 KiB", () => {
  const seed = 20_261_122;
  const draw = randomFrom(seed);
  let dna = NEW_DNA;
  for (let i = 0; i < 100_000; i++) {
    const localHour = Math.floor(draw() * 24);
    const answer = {
      ...factOf("algebra", START_MS + i * 946_080, draw() < 0.7 ? "right" : "wrong"),
      sessionId: `session-of-a-long-name-${Math.floor(i / 11)}`,
      responseMs: 1 + Math.floor(draw() * 60_000),
      presentations: MODALITIES.filter(() => draw() < 0.3),
      behaviour: WORK_BEHAVIOURS.filter(() => draw() < 0.1),
    };
    const level = [draw(), i] as const;
    const localDayNumber = Math.floor(answer.atMs / 86_400_000);
    dna = afterAnswered(dna, { answer, expected: draw(), memory: null, localDay: localDayNumber, localHour, level });
  }
  const bytes = JSON.stringify(dna).length;
  assert.equal(dna.weeks.length, 53);
  assert.equal(dna.hours.reduce((sum, [count]) => sum + count, 0), 100_000);
  assert.ok(bytes < 24 * 1024, `seed ${seed}: ${bytes} bytes`);
});
