/** From recorded faces and work to stress, hypotheses and suggestions. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { EMPTY_WINDOW } from "../../../src/domain/affect/emotion_window.ts";
import { session } from "../../../src/domain/session/aggregate.ts";
import type { SessionEvent } from "../../../src/domain/session/messages.ts";
import {
  CALM,
  CROSS,
  CROSS_BUT_RIGHT,
  CROSS_OVER_ERRORS,
  type Moment,
  PlayedLesson,
  PUZZLED,
  UNMOVED,
  WRONG_UNSEEN,
} from "./recorded_lessons.ts";
import { begun, PLAN } from "./session_run.ts";

type Suggested = Extract<SessionEvent, { type: "intervention" }>;

interface AffectJson {
  readonly stress_level: number;
  readonly direction: string;
  readonly slope_per_minute: number;
  readonly hypotheses: readonly { readonly state: string; readonly strength: number }[];
}

export function suggestions({ run }: PlayedLesson): readonly Suggested[] {
  return run.journal.flatMap(({ event }) => event.type === "intervention" ? [event] : []);
}

interface FaceHelpJson {
  readonly id: number;
  readonly kind: string;
  readonly grounds: readonly { readonly about: string; readonly says: string }[];
  readonly affect: { readonly stress_level: number };
}

/** What the face called, as it was told. */
function faceHelps({ run }: PlayedLesson): readonly FaceHelpJson[] {
  return run.ephemerals.flatMap(({ type, data }) => type === "intervention" ? [Object(data)] : []);
}

function affectOf({ run }: PlayedLesson): AffectJson {
  return Object(session.view(run.state, "staff", run.nowMs)).affect;
}

function stressSeries({ run }: PlayedLesson): readonly number[] {
  return Object(session.view(run.state, "staff", run.nowMs)).affect_series.stress;
}

function statesOf(lesson: PlayedLesson): readonly string[] {
  return affectOf(lesson)?.hypotheses.map(({ state }) => state) ?? [];
}

Deno.test("[M21] [M23] stress rises under sustained negative frames that agree with errors, and is frustration then", () => {
  const lesson = new PlayedLesson().play(CROSS_OVER_ERRORS);
  const { stress_level, direction, slope_per_minute } = affectOf(lesson);
  assert.ok(stress_level > 0.6, String(stress_level));
  assert.deepEqual([direction, slope_per_minute > 0], ["rising", true]);
  assert.equal(statesOf(lesson)[0], "frustrated");
  const stress = stressSeries(lesson);
  const third = Math.floor(stress.length / 3);
  const mean = (part: readonly number[]) => part.reduce((sum, level) => sum + level, 0) / part.length;
  assert.ok(mean(stress.slice(0, third)) < 0.1 && mean(stress.slice(-third)) > 0.4);
});

Deno.test("[M21] [M23] what a face last showed fades in whoever reads it later, and after a minute is not told at all", () => {
  const lesson = new PlayedLesson().play(CROSS_OVER_ERRORS);
  const { run } = lesson;
  const past = stressSeries(lesson);
  const strengths: number[] = [];
  const slopes: number[] = [];
  const stress: number[] = [];
  for (let i = 0; i < 12; i++, run.nowMs += 5_000) {
    const { stress_level, slope_per_minute, hypotheses } = affectOf(lesson);
    strengths.push(hypotheses.reduce((most, { strength }) => Math.max(most, strength), 0));
    slopes.push(slope_per_minute);
    stress.push(stress_level);
  }
  for (const levels of [strengths, slopes, stress]) {
    assert.deepEqual(levels, levels.toSorted((a, b) => b - a), "only ever less");
    assert.ok((levels.at(-1) ?? 1) < (levels[0] ?? 0) / 5, levels.join(" "));
  }
  assert.deepEqual([strengths.at(-1), affectOf(lesson).direction], [0, "steady"]);
  run.nowMs += 1_000;
  assert.equal(affectOf(lesson), null);
  assert.deepEqual(stressSeries(lesson), past, "what was seen then is told as of then");
});

Deno.test("[M23] ease never stands beside frustration, and a face that is not seen any more is not at ease for it", () => {
  let frustrated = 0;
  fc.assert(
    fc.property(fc.double({ min: 0, max: 0.9, noNaN: true }), fc.nat(70), fc.nat(1_000), (cross, laterS, seed) => {
      const face = { angry: cross, neutral: 0.9 - cross };
      const lesson = new PlayedLesson(begun({ ...PLAN, targetItems: 400 }), seed);
      for (const does of ["right", "wrong", "right", "wrong"] as const) lesson.play([{ seconds: 10, face }, { does }]);
      const before = statesOf(lesson);
      lesson.run.nowMs += laterS * 1_000;
      const later = statesOf(lesson);
      frustrated += Number(before.includes("frustrated"));
      for (const states of [before, later]) assert.ok(!(states.includes("engaged") && states.includes("frustrated")));
      if (!before.includes("engaged")) assert.ok(!later.includes("engaged"));
    }),
    { numRuns: 300 },
  );
  assert.ok(frustrated > 10, `${frustrated}`);
});

Deno.test("[M23] the same face over right answers is at most half the stress, no frustration, and calls for nothing", () => {
  const lesson = new PlayedLesson().play(CROSS_BUT_RIGHT);
  assert.ok(affectOf(lesson).stress_level <= 0.5);
  assert.ok(!statesOf(lesson).includes("frustrated"));
  assert.deepEqual(suggestions(lesson).filter(({ offer }) => offer.kind !== "praise"), []);
  assert.deepEqual(faceHelps(lesson), []);
});

Deno.test("[M24] help comes sooner where face and work agree than by the work alone, and says what the learner did", () => {
  const seen = new PlayedLesson().play(CROSS_OVER_ERRORS);
  const unseen = new PlayedLesson().play(WRONG_UNSEEN);
  const [first] = faceHelps(seen);
  const byWork = unseen.run.journal.find(({ event }) => event.type === "intervention");
  assert.ok(first && byWork);
  assert.ok(first.id < byWork.place.atMs, "its number is its time");
  assert.equal(first.grounds[0]?.about, "errors");
  assert.match(first.grounds[0]?.says ?? "", /not right/);
  assert.ok(first.affect.stress_level > 0.3);
  assert.deepEqual(faceHelps(unseen), []);
});

Deno.test("[M24] a single frame never makes a suggestion, whenever it comes and whatever it shows", () => {
  const work: readonly Moment[] = [
    ...Array.from({ length: 2 }, () => [{ seconds: 20, face: null }, { does: "wrong" }] as const).flat(),
    { seconds: 30, face: null },
  ];
  for (const face of [CROSS, { angry: 1 }, { fear: 1 }, PUZZLED]) {
    for (let at = 0; at <= work.length; at++) {
      const one: Moment = { seconds: 0.5, face };
      const lesson = new PlayedLesson().play([...work.slice(0, at), one, ...work.slice(at)]);
      assert.deepEqual([suggestions(lesson), faceHelps(lesson)], [[], []], `${at}`);
    }
  }
});

/** Work of every kind with the camera off, through all that cools down, lasts or is noticed. */
const anyWork = fc.array(
  fc.record({
    seconds: fc.constantFrom(1, 20, 45, 100, 200, 320),
    does: fc.constantFrom("right", "wrong", "wrong", "skip", "hidden", "shown", "due" as const),
  }),
  { minLength: 4, maxLength: 24, size: "max" },
);

Deno.test("[M24] [M25] one frame among any work brings on nothing that would not have come without it", () => {
  let suggested = 0;
  fc.assert(
    fc.property(anyWork, fc.nat(23), fc.constantFrom(CROSS, CALM, PUZZLED, UNMOVED), (steps, frameAt, face) => {
      const [blind, seen] = [false, true].map((withFrame) => {
        const lesson = new PlayedLesson();
        for (const [i, { seconds, does }] of steps.entries()) {
          lesson.play([{ seconds, face: null }]);
          if (withFrame && i === frameAt % steps.length && lesson.run.state.status === "active") lesson.show(face);
          if (does === "due") lesson.run.fireNextTimer();
          else if (does === "hidden" || does === "shown") lesson.play([{ tab: does }]);
          else lesson.play([{ does }]);
          if (lesson.run.state.status === "paused") lesson.play([{ does: "resume" }]);
        }
        return lesson;
      });
      assert.ok(blind && seen);
      assert.deepEqual(seen.run.journal, blind.run.journal);
      assert.deepEqual(faceHelps(seen), []);
      suggested += suggestions(blind).length;
    }),
    { numRuns: 400 },
  );
  assert.ok(suggested > 100, `only ${suggested}: the work calls for nothing`);
});

Deno.test("[M21] frames that come rarely, in doubt or without a face raise no strain and call for nothing", () => {
  const rare: Moment = { seconds: 80, face: CROSS, everyMs: 40_000 };
  for (const moment of [rare, { seconds: 80, unsure: CROSS }, { seconds: 80, nobody: true }] as const) {
    const lesson = new PlayedLesson().play([{ seconds: 60, face: CALM }, { does: "wrong" }, moment, { does: "wrong" }]);
    assert.deepEqual([suggestions(lesson), faceHelps(lesson)], [[], []]);
    const { state } = lesson.run;
    assert.equal(state.status === "active" && state.emotion.strainedSinceMs, null);
  }
});

Deno.test("[M23] an unmoved face is boredom only where the work says so too; a puzzled one confusion over a long item", () => {
  const seen = { seconds: 60, face: UNMOVED } as const;
  const attentive = new PlayedLesson().play([seen, { does: "right" }, seen, { does: "right" }, seen]);
  assert.ok(!statesOf(attentive).includes("bored") && statesOf(attentive).includes("engaged"));
  const away = [{ tab: "hidden" }, { seconds: 90, face: null }, { tab: "shown" }, {
    seconds: 40,
    face: UNMOVED,
  }] as const;
  assert.equal(statesOf(new PlayedLesson().play([seen, ...away]))[0], "bored");
  const brisk = Array.from({ length: 3 }, () => [{ seconds: 20, face: CALM }, { does: "right" }] as const).flat();
  const puzzledFor = (seconds: number) => statesOf(new PlayedLesson().play([...brisk, { seconds, face: PUZZLED }]));
  assert.equal(puzzledFor(100)[0], "confused");
  assert.ok(!puzzledFor(20).includes("confused"));
});

Deno.test("[M25] [M6] what the journal and a snapshot hold of suggestions never tells of a face", () => {
  const lesson = new PlayedLesson().play(CROSS_OVER_ERRORS);
  assert.ok(faceHelps(lesson).length > 0, "the face took part, and that was told");
  const { journal, state } = lesson.run;
  assert.ok(suggestions(lesson).length > 0);
  for (const event of suggestions(lesson)) {
    assert.deepEqual(Object.keys(event).sort(), ["grounds", "id", "offer", "told", "type"]);
    assert.doesNotMatch(JSON.stringify(event), /stress|strain|face|negative|hypothes|emotion|angry|sad/);
  }
  const stored = session.durable?.(state);
  assert.deepEqual(stored?.status === "active" && stored.emotion, EMPTY_WINDOW);
  const blind = journal.reduce((s, { event, place }) => session.evolve(s, event, place), session.initial("s1"));
  assert.deepEqual(stored, blind, "the journal alone gives the same suggestions");
});

Deno.test("[M1] forgetting in mid-lesson leaves no trajectory, hypothesis or strain behind, and what comes later begins anew", () => {
  const lesson = new PlayedLesson().play([...CROSS_OVER_ERRORS, { does: "forget" }]);
  assert.equal(Object(session.view(lesson.run.state, "staff", lesson.run.nowMs)).affect, null);
  const { state } = lesson.run;
  assert.deepEqual(state.status === "active" && { ...state.emotion, forgottenAtMs: null }, EMPTY_WINDOW);
});
