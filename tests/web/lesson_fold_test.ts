/** What the pages of a live class fold out of frames equals the view that a reader is given anew. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { classroom } from "../../src/domain/classroom/aggregate.ts";
import { foldForStudent } from "../../web/student/lesson_fold.js";
import { foldForTeacher } from "../../web/teacher/lesson_fold.js";
import { doStep, opened, step, STUDENTS } from "../domain/classroom/lesson_steps.ts";

/** Some mistakes show in one course of events of a hundred. */
const RUNS = 200;

type View = ReturnType<typeof JSON.parse>;

function plain(value: unknown): View {
  return JSON.parse(JSON.stringify(value));
}

/**
 * Of a student's view, what their page draws and events change. Points are rounded where the view rounds
 * them; what a question that was left came to is told with the next view.
 */
function drawn(view: View, { has_untold }: View) {
  const { status, paused_at, answered, correct, points, question, breakouts, messages } = view;
  const { room_id, room, recall_at_ms, over_at_ms } = breakouts ?? {};
  const asked = question === null ? null : {
    question: question.question,
    round: question.round,
    item: question.item,
    step: question.step,
    opened_at_ms: question.opened_at_ms,
    deadline_ms: question.deadline_ms,
    cutoff_ms: question.cutoff_ms,
    your_answer: question.your_answer,
    your_result: question.your_result,
    revealed: question.revealed,
  };
  return {
    ...{ status, paused_at, question: asked, messages },
    tally: has_untold ? null : { answered, correct, points: Math.round(points * 1_000) },
    room: { room_id, room, recall_at_ms, over_at_ms },
  };
}

Deno.test("[J17] what a student's page folds out of events equals their view, for any course of events", () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 5, maxLength: 60 }), (steps) => {
      const run = opened();
      const views = STUDENTS.map((id) => plain(classroom.view(run.state, `student:${id}`, run.nowMs)));
      let told = run.journal.length;
      for (const one of steps) {
        doStep(run, one);
        for (const [i, id] of STUDENTS.entries()) {
          for (const { event, place } of run.journal.slice(told)) {
            const frame = classroom.project(event, `student:${id}`);
            if (frame !== null) views[i] = foldForStudent(views[i], frame.type, plain(frame.data), place.atMs);
          }
          assert.deepEqual(
            drawn(plain(views[i]), views[i]),
            drawn(plain(classroom.view(run.state, `student:${id}`, run.nowMs)), views[i]),
            `${id} after ${JSON.stringify(one)}`,
          );
        }
        told = run.journal.length;
      }
    }),
    { numRuns: RUNS },
  );
});

/** A teacher's view without what is told as it happens. */
function digested(view: View) {
  const { students, skills, question, breakouts, staff, help, wrong_answers } = view;
  const byId = (rows: View) => Array.isArray(rows) ? rows : Object.values(rows);
  return plain({
    students: byId(students).sort((a: View, b: View) => a.user_id < b.user_id ? -1 : 1),
    skills: byId(skills).sort((a: View, b: View) => a.skill_id < b.skill_id ? -1 : 1),
    ...{ question, breakouts, staff, help, wrong_answers },
  });
}

Deno.test("[J17] [Z1] what a teacher's page folds out of updates equals the view, for any course of events", () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 5, maxLength: 60 }), (steps) => {
      const run = opened();
      let known = run.state;
      let knownMs = run.nowMs;
      let kept = foldForTeacher(null, "state", plain(classroom.view(run.state, "teacher", run.nowMs)), run.nowMs);
      for (const one of steps) {
        doStep(run, one);
        const update = classroom.digest?.of(known, run.state, "teacher", run.nowMs, knownMs) ?? null;
        if (update !== null) kept = foldForTeacher(kept, update.type, plain(update.data), run.nowMs);
        known = run.state;
        knownMs = run.nowMs;
        assert.deepEqual(digested(kept), digested(plain(classroom.view(run.state, "teacher", run.nowMs))));
      }
    }),
    { numRuns: RUNS },
  );
});
