/** What a camera leaves behind: nothing. The same lesson with it and without makes the same journal, to the last bit. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { COOL_DOWN_MS, INTERVENTION_GAP_MS_MIN } from "../../../src/domain/affect/intervention.ts";
import { FORGET_SETTLE_MS } from "../../../src/domain/affect/emotion_window.ts";
import { session } from "../../../src/domain/session/aggregate.ts";
import { CALM, CROSS, CROSS_OVER_ERRORS, type Moment, PlayedLesson, STUCK, UNMOVED } from "./recorded_lessons.ts";
import { LEARNER, STRANGER, TEACHER } from "./session_run.ts";

type Told = { readonly id: number; readonly kind: string };

function faceHelps({ run }: PlayedLesson): readonly Told[] {
  return run.ephemerals.flatMap(({ type, data }) => type === "intervention" ? [Object(data)] : []);
}

function openOf({ run }: PlayedLesson) {
  return Object(session.view(run.state, "learner", run.nowMs)).intervention;
}

/** The lesson up to the first help that its face calls, which is open then. */
function helped(): PlayedLesson {
  const lesson = new PlayedLesson().play(CROSS_OVER_ERRORS.slice(0, 10));
  for (let i = 0; i < 120 && faceHelps(lesson).length === 0; i++) lesson.play([{ seconds: 0.5, face: CROSS }]);
  assert.equal(faceHelps(lesson).length, 1, "the face calls help");
  return lesson;
}

/** All that a session hands on to be stored. */
function stored({ run }: PlayedLesson) {
  const { journal, messages, timers, effects, state } = run;
  return { journal, messages, timers: [...timers], effects, snapshot: session.durable?.(state) };
}

/** A moment of a lesson, or the learner's stop to whatever suggestion they see. */
type Lived = Moment | { readonly stop: true };

function unseen(moment: Lived): Lived {
  if (!("seconds" in moment)) return moment;
  return { seconds: moment.seconds, face: null };
}

const moment: fc.Arbitrary<Lived> = fc.oneof(
  fc.record({
    seconds: fc.integer({ min: 1, max: 40 }),
    face: fc.constantFrom(CROSS, CROSS, UNMOVED, { surprise: 0.9 }, { fear: 0.5, sad: 0.4 }),
    everyMs: fc.constantFrom(500, 2_000),
  }),
  fc.record({
    does: fc.constantFrom("right", "wrong", "wrong", "wrong", "skip", "pause", "resume", "forget" as const),
  }),
  fc.record({ tab: fc.constantFrom("hidden", "shown") }),
);

/** Stops whatever suggestion is seen; gives its id, 0 where none is. */
function stop(lesson: PlayedLesson): number {
  const id = openOf(lesson)?.id ?? 0;
  lesson.run.done({ type: "intervention_reply", id, reply: "stop" });
  return id;
}

/** Plays what is possible: a paused lesson takes nothing but `resume` and `forget`. */
function played(moments: readonly Lived[], stopOne: (lesson: PlayedLesson) => void): PlayedLesson {
  const lesson = new PlayedLesson();
  for (const moment of moments) {
    const isPaused = lesson.run.state.status === "paused";
    if ("stop" in moment) {
      if (!isPaused) stopOne(lesson);
    } else if ("does" in moment) {
      const isFit = moment.does === "forget" || (moment.does === "resume") === isPaused;
      if (isFit) lesson.play([moment]);
      if (moment.does === "forget") lesson.run.nowMs += FORGET_SETTLE_MS;
    } else if (!isPaused) lesson.play([moment]);
    else if ("seconds" in moment) lesson.run.nowMs += moment.seconds * 1_000;
  }
  return lesson;
}

Deno.test("[M25] [M6] a lesson with a camera and the same lesson without store the same: events, timers, messages, choices", () => {
  let [helps, stops] = [0, 0];
  const before = fc.array(moment, { minLength: 20, maxLength: 60, size: "max" });
  const after = fc.array(moment, { minLength: 0, maxLength: 15 });
  fc.assert(
    fc.property(before, after, (earlier, later) => {
      const moments: readonly Lived[] = [...earlier, { stop: true }, ...later, { stop: true }];
      const ids: number[] = [];
      const seen = played(moments, (lesson) => ids.push(stop(lesson)));
      helps += faceHelps(seen).length;
      stops += ids.filter((id) => faceHelps(seen).some((help) => help.id === id)).length;
      const blind = played(moments.map(unseen), ({ run }) => {
        run.done({ type: "intervention_reply", id: ids.shift() ?? 0, reply: "stop" });
      });
      assert.deepEqual(stored(seen), stored(blind));
    }),
    { numRuns: 100 },
  );
  assert.ok(helps > 5, `faces called help ${helps} times only`);
  assert.ok(stops > 0, "some of it was stopped while it was open");
});

Deno.test("[M25] what a face called is open to learner and staff with its grounds, and gone after forgetting", () => {
  const lesson = helped();
  const told = openOf(lesson);
  assert.deepEqual(told.id, faceHelps(lesson)[0]?.id);
  assert.match(told.grounds[0].says, /not right/);
  assert.equal(lesson.run.journal.filter(({ event }) => event.type === "intervention").length, 0);
  assert.doesNotMatch(JSON.stringify(session.durable?.(lesson.run.state)), /"about":"errors"/);
  lesson.play([{ does: "forget" }]);
  assert.equal(openOf(lesson), null);
});

/** What a cross face over `moments` of work is told as: the ground of the help it calls, and of the frustration. */
function toldOver(moments: readonly Moment[]) {
  const rest = Array.from({ length: 3 }, () => [{ seconds: 20, face: CALM }, { does: "right" }] as const).flat();
  const lesson = new PlayedLesson().play([...rest, ...moments]);
  const [help] = lesson.run.ephemerals.flatMap(({ type, data }) => type === "intervention" ? [Object(data)] : []);
  const { affect } = Object(session.view(lesson.run.state, "staff", lesson.run.nowMs));
  const [state] = Object(affect).hypotheses;
  return { ground: help?.grounds[0], frustrated: state?.state === "frustrated" ? state.grounds.behaviour : null };
}

Deno.test("[M24] [M23] grounds are what the learner did, and no more than that: hints, a long time, answers, skips", () => {
  const hint = { does: "hint" } as const;
  const cross = { seconds: 35, face: CROSS };
  const hints = "2 hints were taken on this question";
  assert.deepEqual(toldOver([hint, hint, cross]), { ground: { about: "hints", says: hints }, frustrated: hints });
  const long = "this question takes long";
  assert.deepEqual(toldOver([{ seconds: 75, face: CALM }, cross]), {
    ground: { about: "time_on_item", says: long },
    frustrated: long,
  });
  const wordsFor = { wrong: "2 answers in a row were not right", skip: "2 questions in a row were passed over" };
  for (const does of ["wrong", "skip"] as const) {
    const says = wordsFor[does];
    const row = [{ seconds: 10, face: CROSS }, { does }, { seconds: 10, face: CROSS }, { does }] as const;
    const { ground, frustrated } = toldOver([...row, { seconds: 25, face: CROSS }]);
    assert.deepEqual([ground, frustrated], [{ about: "errors", says }, says]);
  }
});

Deno.test("[M24] [M25] an answer to what a face called tunes it and is not stored; stop is, without a word on the face", () => {
  const lesson = helped();
  const { run } = lesson;
  const before = stored(lesson);
  const { id, kind } = openOf(lesson);
  const reply = { type: "intervention_reply", id, reply: "not_now" } as const;
  assert.equal(run.refused(reply, TEACHER), "forbidden");
  assert.equal(run.refused(reply, STRANGER), "forbidden");
  assert.deepEqual(run.done(reply, LEARNER), { id, reply: "not_now" });
  assert.deepEqual(stored(lesson), before);
  assert.equal(openOf(lesson), null);
  assert.equal(run.refused(reply), "intervention_closed");
  for (let i = 0; i < 40; i++) lesson.play([{ seconds: 30, face: CROSS }, { does: "wrong" }]);
  const again = faceHelps(lesson).slice(1).find((one) => one.kind === kind);
  if (again !== undefined) assert.ok(again.id - id >= 2 * (COOL_DOWN_MS[kind as "hint"] ?? Infinity), kind);

  const other = helped();
  const answer = other.run.send({ type: "intervention_reply", id: openOf(other).id, reply: "stop" }, LEARNER);
  assert.ok(answer.kind === "accepted");
  assert.deepEqual([answer.events, answer.reply], [[{ type: "suggestions_stopped", by: "learner" }], {
    reply: "stop",
  }]);
  assert.deepEqual(answer.messages, [{ to: "learner/ada", command: { type: "stop_suggestions" } }]);
  for (let i = 0; i < 20; i++) other.play([{ seconds: 30, face: CROSS }, { does: "wrong" }]);
  assert.equal(faceHelps(other).length, 1, "none after stop");
  const unasked = new PlayedLesson();
  assert.equal(stop(unasked), 0, "a stop needs no suggestion, so it tells of none");
  assert.deepEqual(unasked.run.journal.at(-1)?.event, { type: "suggestions_stopped", by: "learner" });
  const { length } = unasked.run.journal;
  stop(unasked);
  assert.equal(unasked.run.journal.length, length, "once is enough");
});

Deno.test("[M24] what a face calls keeps its distance from every suggestion before it, whatever called that", () => {
  const lesson = new PlayedLesson();
  const calm = Array.from({ length: 3 }, () => [{ seconds: 100, face: CALM }, { does: "right" }] as const).flat();
  const wrong = Array.from({ length: 4 }, () => [{ seconds: 20, face: CROSS }, { does: "wrong" }] as const).flat();
  for (let i = 0; i < 24; i++) {
    const some = i % 4 === 0 ? wrong : wrong.slice(0, 4);
    lesson.play([...calm, ...some, { seconds: 30, face: CROSS }]);
  }
  const helps = faceHelps(lesson);
  const made = lesson.run.journal.flatMap(({ event, place }) => event.type === "intervention" ? [place.atMs] : []);
  assert.ok(helps.length > 2 && made.length > 2, `${helps.length} and ${made.length}`);
  for (const { id } of helps) {
    for (const atMs of [...made, ...helps.map((one) => one.id)]) {
      assert.ok(atMs >= id || id - atMs >= INTERVENTION_GAP_MS_MIN, `${id - atMs} ms after another`);
    }
    const hour = [...made, ...helps.map((one) => one.id)].filter((atMs) => atMs < id && id - atMs < 3_600_000);
    assert.ok(hour.length < 6, "at most six an hour");
  }
});

Deno.test("[M25] [E6] easier items come when the learner asks for them, twice; asking again before they came adds none", () => {
  const lesson = new PlayedLesson();
  const { run } = lesson;
  assert.equal(run.refused({ type: "easier_items" }, TEACHER), "forbidden");
  assert.deepEqual(run.done({ type: "easier_items" }), { items: 2 });
  assert.deepEqual(run.done({ type: "easier_items" }), { items: 2 });
  assert.equal(run.journal.filter(({ event }) => event.type === "easier_asked").length, 1);
  for (let i = 0; i < 3; i++) lesson.play([{ seconds: 20, face: null }, { does: "right" }]);
  const served = run.journal.flatMap(({ event }) => event.type === "item_served" ? [event.receipt] : []);
  assert.deepEqual(served.map(({ targetProbability }) => targetProbability), [0.75, 0.87, 0.87, 0.75]);
});

Deno.test("[E6] a run of quick, unaided right answers aims a little harder, and only such a run", () => {
  const slow = Array.from({ length: 5 }, () => [{ seconds: 40, face: null }, { does: "right" }] as const).flat();
  const quick = (does: "right" | "wrong", seconds: number) =>
    Array.from({ length: 4 }, () => [{ seconds, face: null }, { does }] as const).flat();
  const targetAfter = (moments: readonly Moment[]) => {
    const served = new PlayedLesson().play(moments).run.journal.findLast(({ event }) => event.type === "item_served");
    return served?.event.type === "item_served" ? served.event.receipt.targetProbability : null;
  };
  assert.equal(targetAfter([...slow, ...quick("right", 12)]), 0.67);
  assert.equal(targetAfter([...slow, ...quick("right", 40)]), 0.75);
  assert.equal(targetAfter([...slow, ...quick("right", 12).slice(0, 6)]), 0.75);
  assert.equal(targetAfter([...slow, ...quick("right", 12), ...STUCK.slice(0, 2)]), 0.75);
});
