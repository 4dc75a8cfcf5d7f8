/** What a class's frames hold, for any course of events: nothing of others, no key; and digests that add up to the view. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { classroom } from "../../../src/domain/classroom/aggregate.ts";
import type { Json } from "../../../src/domain/json.ts";
import { SECRET_NUMBER } from "../session/small_course.ts";
import { doStep, opened, ownWrong, step, STUDENTS } from "./lesson_steps.ts";

Deno.test("[J3] no frame or view of a student holds another's answer, nor what an open question's key says", () => {
  fc.assert(fc.property(fc.array(step, { minLength: 5, maxLength: 60 }), (steps) => {
    const run = opened();
    let told = run.journal.length;
    for (const one of steps) {
      doStep(run, one);
      const { question } = run.lesson;
      const isRevealed = question?.step.kind === "revealed";
      for (const id of STUDENTS) {
        const audience = `student:${id}`;
        const own = question?.answers[id] ?? question?.firstVotes?.[id];
        const projected = run.journal.slice(told).flatMap(({ event }) =>
          event.type === "spotlighted" ? [] : classroom.project(event, audience) ?? []
        );
        const view = JSON.stringify(classroom.view(run.state, audience, run.nowMs));
        const frames = JSON.stringify(projected);
        for (const text of [frames, view]) {
          for (const other of STUDENTS) {
            if (other === id) continue;
            assert.ok(!text.includes(String(ownWrong(other))), `${id} is told ${other}'s answer: ${text}`);
            assert.ok(!text.includes(`"${other}"`), `${id} is told of ${other}: ${text}`);
          }
        }
        if (isRevealed) continue;
        assert.ok(own?.correct || !view.includes(String(SECRET_NUMBER)), `${id} sees the key: ${view}`);
        assert.doesNotMatch(view, /RUNG|EXPLAINED/);
      }
      told = run.journal.length;
    }
  }));
});

/** What a reader keeps who is given `view` once and digests from then on. */
function merged(view: Json, digest: Json): Json {
  const kept = JSON.parse(JSON.stringify(view));
  const change = JSON.parse(JSON.stringify(digest));
  const gone = new Set(change.gone ?? []);
  const byKey = (key: string, before: Record<string, unknown>[], rows: Record<string, unknown>[]) => {
    const all = new Map(before.map((row) => [row[key], row]));
    for (const row of rows) all.set(row[key], row);
    return [...all.values()];
  };
  if (change.students) kept.students = byKey("user_id", kept.students, change.students);
  kept.students = kept.students.filter((row: { user_id: string }) => !gone.has(row.user_id));
  if (change.skills) kept.skills = byKey("skill_id", kept.skills, change.skills);
  if (change.breakouts) {
    const { breakouts } = kept;
    const isSame = breakouts !== null && breakouts.breakouts === change.breakouts.breakouts;
    const rooms = isSame ? byKey("room_id", breakouts.rooms, change.breakouts.rooms) : change.breakouts.rooms;
    kept.breakouts = { ...change.breakouts, rooms };
  }
  for (const whole of ["question", "staff", "help", "wrong_answers"]) if (whole in change) kept[whole] = change[whole];
  return kept;
}

Deno.test("[J12] digests, told at any moments, add up to the view that a reader is given anew", () => {
  fc.assert(fc.property(fc.array(fc.tuple(step, fc.boolean()), { minLength: 5, maxLength: 60 }), (steps) => {
    const run = opened();
    let known = run.state;
    let knownMs = run.nowMs;
    let kept = classroom.view(run.state, "teacher", run.nowMs);
    for (const [one, tells] of steps) {
      doStep(run, one);
      if (!tells) continue;
      const digest = classroom.digest?.of(known, run.state, "teacher", run.nowMs, knownMs) ?? null;
      if (digest !== null) kept = merged(kept, digest.data);
      known = run.state;
      knownMs = run.nowMs;
      const whole = JSON.parse(JSON.stringify(classroom.view(run.state, "teacher", run.nowMs)));
      const reader = JSON.parse(JSON.stringify(kept));
      for (const part of ["students", "skills", "question", "breakouts", "staff", "help", "wrong_answers"]) {
        assert.deepEqual(reader[part], whole[part], part);
      }
    }
  }));
});

Deno.test("[J12] who has been gone for a minute is told though nothing else happens, and who teaches when they come", () => {
  const run = opened();
  const [before, beforeMs] = [run.state, run.nowMs];
  run.come("ada", 0);
  const [gone, goneMs] = [run.state, run.nowMs];
  const told = (known: typeof gone, knownMs: number) =>
    JSON.parse(JSON.stringify(classroom.digest?.of(known, run.state, "teacher", run.nowMs, knownMs) ?? null))?.data;
  assert.equal(told(before, beforeMs).help, undefined);
  run.pass(61_000);
  const { help, ...others } = told(gone, goneMs);
  assert.deepEqual(help.map(({ user_id, kind }: Record<string, string>) => [user_id, kind]), [["ada", "idle"]]);
  assert.deepEqual(others, {});
  const [known, knownMs] = [run.state, run.nowMs];
  assert.equal(told(known, knownMs), undefined);
  run.come("coty");
  const { staff } = told(known, knownMs);
  assert.deepEqual(staff.map(({ user_id, here }: Record<string, unknown>) => [user_id, here]), [
    ["tess", false],
    ["coty", true],
  ]);
});

Deno.test("[S4] the journal alone gives the state, but for who is here", () => {
  fc.assert(fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
    const run = opened();
    for (const one of steps) doStep(run, one);
    let state = classroom.initial("l1");
    for (const { event, place } of run.journal) {
      state = classroom.evolve(state, JSON.parse(JSON.stringify(event)), place);
    }
    run.restart();
    assert.deepEqual(JSON.parse(JSON.stringify(state)), JSON.parse(JSON.stringify(run.state)));
  }));
});
