/** What suggestions do, how the learner's answers tune them, and that they keep their distance. */
import assert from "node:assert/strict";
import fc from "fast-check";
import {
  COOL_DOWN_MS,
  INTERVENTION_GAP_MS_MIN,
  INTERVENTIONS_PER_HOUR_MAX,
} from "../../../src/domain/affect/intervention.ts";
import { renderItem } from "../../../src/domain/curriculum/render_item.ts";
import { session } from "../../../src/domain/session/aggregate.ts";
import type { SessionEvent } from "../../../src/domain/session/messages.ts";
import { CALM, CROSS, type Moment, PlayedLesson, STUCK } from "./recorded_lessons.ts";
import { begun, PLAN, receiptFor, STRANGER, TEACHER } from "./session_run.ts";
import { SMALL_COURSE, wrongResponse } from "./small_course.ts";

interface Placed {
  readonly event: Extract<SessionEvent, { type: "intervention" }>;
  readonly atMs: number;
}

function suggested({ run }: PlayedLesson): readonly Placed[] {
  return run.journal.flatMap(({ event, place }) => event.type === "intervention" ? [{ event, atMs: place.atMs }] : []);
}

function kinds(lesson: PlayedLesson): readonly string[] {
  return suggested(lesson).map(({ event }) => event.offer.kind);
}

function openOf({ run }: PlayedLesson) {
  return Object(session.view(run.state, "learner", run.nowMs)).intervention;
}

Deno.test("[M24] a struggle brings a worked example of a similar closed item, with its text, and says why in words", () => {
  const lesson = new PlayedLesson().play(STUCK.slice(0, 6));
  const { id, kind, message, grounds, example } = openOf(lesson);
  assert.deepEqual([kind, id], ["worked_example", suggested(lesson)[0]?.event.id]);
  assert.ok(message.length > 10);
  assert.match(grounds[0].says, /answers in a row on first were not right/);
  assert.match(example.explanation, /^EXPLAINED-/);
  const open = lesson.run.opened().item.itemId;
  assert.notEqual(example.explanation, `EXPLAINED-${open}`, "[E8] never the open item's");
  lesson.play([{ does: "wrong" }]);
  assert.equal(openOf(lesson), null, "[E8] the next item may be the one that was worked out");
});

Deno.test("[M24] [E6] an easier item suggested is an easier item chosen, twice, and then no more", () => {
  const run = begun({ ...PLAN, targetItems: 50 });
  const targets: number[] = [];
  // One item only: there is no other whose example could be shown.
  for (let i = 0; i < 7; i++) {
    run.serve(0);
    run.nowMs += 20_000;
    const { number } = run.opened();
    run.effects = [];
    run.done({ type: "answer", item: number, response: { kind: "number", value: i < 3 ? 1 : 918273, unit: null } });
    targets.push(run.effects[0]?.targetProbability ?? 0);
  }
  assert.deepEqual(targets, [0.75, 0.75, 0.87, 0.87, 0.75, 0.75, 0.75]);
});

Deno.test("[M24] a silence over an open item offers its next hint; taking it closes the offer at the usual price", () => {
  const lesson = new PlayedLesson();
  lesson.run.fireNextTimer();
  const { number } = lesson.run.opened();
  assert.deepEqual([openOf(lesson).kind, openOf(lesson).item_ref, openOf(lesson).rung], ["hint", number, 1]);
  lesson.play([{ does: "hint" }]);
  assert.equal(openOf(lesson), null);
  assert.equal(lesson.run.opened().hintsGiven, 1);
});

Deno.test("[M24] help that changes nothing brings the teacher, whose watchers are told", () => {
  const lesson = new PlayedLesson().play([...STUCK, ...STUCK, ...STUCK]);
  const call = suggested(lesson).find(({ event }) => event.offer.kind === "teacher_attention");
  assert.ok(call, kinds(lesson).join());
  assert.equal(Object(session.project(call.event, "staff")?.data).kind, "teacher_attention");
});

Deno.test("[M24] a hard stretch that ends in right answers is praised, once", () => {
  const right: Moment[] = Array.from({ length: 3 }, () => [{ seconds: 50, face: null }, { does: "right" }] as const)
    .flat();
  const lesson = new PlayedLesson().play([...STUCK.slice(0, 6), { seconds: 130, face: null }, ...right]);
  assert.deepEqual(kinds(lesson).filter((kind) => kind === "praise"), ["praise"]);
});

Deno.test("[M24] [A4] only the learner answers, only the suggestion that is open, and only once", () => {
  const lesson = new PlayedLesson().play(STUCK.slice(0, 6));
  const { run } = lesson;
  const { id } = openOf(lesson);
  const reply = { type: "intervention_reply", id, reply: "helped" } as const;
  assert.equal(run.refused(reply, TEACHER), "forbidden");
  assert.equal(run.refused(reply, STRANGER), "forbidden");
  assert.equal(run.refused({ ...reply, id: id - 1 }), "intervention_closed");
  assert.deepEqual(run.done(reply), { id, reply: "helped" });
  assert.equal(openOf(lesson), null);
  assert.equal(run.refused(reply), "intervention_closed");
  assert.equal(session.project(run.journal.at(-1)?.event ?? assert.fail(), "staff")?.type, "intervention_answered");
});

Deno.test("[M24] not_now makes its kind rarer, helped leaves it as it was", () => {
  function secondComesAfterMs(reply: "helped" | "not_now"): number {
    const lesson = new PlayedLesson().play(STUCK.slice(0, 6));
    const [first] = suggested(lesson);
    assert.ok(first);
    lesson.run.done({ type: "intervention_reply", id: first.event.id, reply });
    for (let i = 0; i < 60; i++) lesson.play([{ seconds: 30, face: null }, { does: "wrong" }]);
    const again = suggested(lesson).slice(1).find(({ event }) => event.offer.kind === first.event.offer.kind);
    return (again?.atMs ?? Infinity) - first.atMs;
  }
  assert.ok(secondComesAfterMs("helped") >= COOL_DOWN_MS.worked_example);
  assert.ok(secondComesAfterMs("not_now") >= 2 * COOL_DOWN_MS.worked_example);
  assert.ok(secondComesAfterMs("helped") < secondComesAfterMs("not_now"));
});

Deno.test("[M24] after stop the learner is told of none any more; the teacher may still be called, told to staff alone", () => {
  const lesson = new PlayedLesson().play(STUCK.slice(0, 6));
  lesson.run.messages.length = 0;
  lesson.run.done({ type: "intervention_reply", id: openOf(lesson).id, reply: "stop" });
  assert.deepEqual(lesson.run.messages, [{ to: "learner/ada", command: { type: "stop_suggestions" } }]);
  for (let i = 0; i < 40; i++) lesson.play([{ seconds: 30, face: null }, { does: "wrong" }]);
  const later = suggested(lesson).slice(1);
  assert.ok(later.length > 0);
  for (const { event } of later) {
    assert.equal(event.offer.kind, "teacher_attention");
    assert.equal(session.project(event, "learner"), null);
    assert.ok(session.project(event, "staff"));
  }
  assert.equal(openOf(lesson), null);
});

Deno.test("[M24] in a session of a learner whose profile wants none, none is made; it is recorded once, with the first item", () => {
  const run = begun({ ...PLAN, targetItems: 400 });
  for (let i = 0; i < 6; i++) {
    const effect = session.pendingEffects(run.state).find((one) => one.kind !== "ask_tutor");
    assert.ok(effect);
    const item = renderItem(SMALL_COURSE.items[i % 2] ?? assert.fail(), effect.seed);
    const command = { type: "serve_item", item, receipt: receiptFor(effect), suggestions: false } as const;
    run.done(command, { kind: "effect", basisSeq: effect.basisSeq });
    const { number } = run.opened();
    assert.equal(run.journal.at(-1)?.place.seq, number);
    run.nowMs += 30_000;
    run.done({ type: "answer", item: number, response: wrongResponse(item) });
  }
  const types = run.journal.map(({ event }) => event.type);
  assert.deepEqual(types.filter((type) => type === "suggestions_stopped"), ["suggestions_stopped"]);
  assert.equal(types.indexOf("suggestions_stopped"), types.indexOf("item_served") - 1);
  const made = run.journal.flatMap(({ event }) => event.type === "intervention" ? [event.offer.kind] : []);
  assert.ok(made.every((kind) => kind === "teacher_attention"), made.join());
});

Deno.test("[M24] suggestions never touch a grade: the same answers score the same with and without them", () => {
  const answers = (lesson: PlayedLesson) =>
    lesson.run.journal.flatMap(({ event }) => event.type === "answered" ? [[event.correct, event.score]] : []);
  const seen = STUCK.map((moment): Moment => "seconds" in moment ? { seconds: moment.seconds, face: CROSS } : moment);
  assert.deepEqual(answers(new PlayedLesson().play(seen)), answers(new PlayedLesson().play(STUCK)));
});

/** Work and faces that hover around every threshold. */
const hovering = fc.array(
  fc.record({
    seconds: fc.integer({ min: 1, max: 45 }),
    mood: fc.double({ min: 0.3, max: 0.7, noNaN: true }),
    does: fc.constantFrom("right", "wrong", "wrong", "hint", "skip", "hidden", "shown", "timer", "nothing" as const),
  }),
  { minLength: 40, maxLength: 120, size: "max" },
);

Deno.test("[M24] under noise around every threshold suggestions do not flap: gap, cool-down and hourly bound hold", () => {
  let suggestions = 0;
  fc.assert(
    fc.property(hovering, fc.integer(), (steps, seed) => {
      const lesson = new PlayedLesson(begun({ ...PLAN, targetItems: 400 }), seed);
      for (const { seconds, mood, does } of steps) {
        const face = { angry: mood, neutral: Math.max(0, 0.9 - mood) };
        lesson.play([{ seconds, face, everyMs: 2_000 }]);
        if (does === "hidden" || does === "shown") lesson.play([{ tab: does }]);
        else if (does === "hint" && lesson.run.opened().hintsGiven === 3) lesson.play([{ does: "skip" }]);
        else if (does === "timer") lesson.run.nowMs += 181_000;
        else if (does !== "nothing") lesson.play([{ does }]);
      }
      const made = suggested(lesson);
      suggestions += made.length;
      for (const [i, { event, atMs }] of made.entries()) {
        const before = made.slice(0, i);
        const last = before.at(-1);
        if (last !== undefined) assert.ok(atMs - last.atMs >= INTERVENTION_GAP_MS_MIN, "gap");
        const alike = before.findLast((one) => one.event.offer.kind === event.offer.kind);
        if (alike !== undefined) assert.ok(atMs - alike.atMs >= COOL_DOWN_MS[event.offer.kind], "cool-down");
        const hour = before.filter((one) => atMs - one.atMs < 3_600_000).length + 1;
        assert.ok(hour <= INTERVENTIONS_PER_HOUR_MAX, "an hour");
        assert.ok(event.grounds.length > 0 && event.grounds.every(({ says }) => says !== ""), "grounds");
      }
    }),
    { numRuns: 60 },
  );
  assert.ok(suggestions > 60, `only ${suggestions}: the noise reaches no threshold`);
});

Deno.test("[M24] strain that hovers within the hysteresis is one spell, however long", () => {
  fc.assert(
    fc.property(fc.infiniteStream(fc.double({ min: -0.03, max: 0.03, noNaN: true })), (noise) => {
      const lesson = new PlayedLesson().play([{ seconds: 300, face: CALM, everyMs: 1_000 }, {
        seconds: 40,
        face: CROSS,
      }]);
      const since = () => lesson.run.state.status === "active" ? lesson.run.state.emotion.strainedSinceMs : null;
      const begunAtMs = since();
      assert.ok(begunAtMs !== null);
      for (let i = 0; i < 60; i++) {
        const wobble = noise.next().value ?? 0;
        lesson.play([{ seconds: 1, face: { angry: 0.3 + wobble, sad: 0.15, neutral: 0.45 - wobble } }]);
        assert.equal(since(), begunAtMs);
      }
    }),
    { numRuns: 30 },
  );
});
