/** A learner's own word on their figures: theirs alone, beside the figure, and gone by where that helps. */
import assert from "node:assert/strict";
import type { Origin } from "../../../src/domain/decision.ts";
import {
  type Correction,
  correctionOf,
  type FigureName,
  ownPresentations,
} from "../../../src/domain/dna/corrections.ts";
import { NEW_PROFILE, preferencesIn } from "../../../src/domain/learner/profile.ts";
import { localHour } from "../../../src/domain/local_day.ts";
import { factOf, learner, LearnerRun } from "../learner/learner_run.ts";

const ADA: Origin = { kind: "client", principal: { userId: "ada", role: "student" } };
const START_MS = Date.UTC(2026, 2, 2, 9);

function correct(run: LearnerRun, figure: FigureName, correction: Correction | null, origin: Origin = ADA) {
  return run.send({ type: "correct_dna", figure, correction }, origin);
}

Deno.test("[Y4] a word is its learner's alone; a new one takes the old one's place, with its own time", () => {
  const run = new LearnerRun();
  const slower = { figure: "pace", says: "lower", note: null } as const;
  for (const role of ["teacher", "admin"] as const) {
    const other: Origin = { kind: "client", principal: { userId: "tess", role } };
    assert.equal(correct(run, "pace", slower, other).kind, "rejected");
  }
  assert.equal(correct(run, "hint_use", slower).kind, "rejected");
  correct(run, "pace", slower);
  run.nowMs = 9;
  correct(run, "pace", { ...slower, says: "as_shown" });
  assert.deepEqual(run.state.dna.corrections, [{ ...slower, says: "as_shown", atMs: 9 }]);
  correct(run, "pace", null);
  assert.equal(correctionOf(run.state.dna.corrections, "pace"), null);
  const events = run.journal.length;
  correct(run, "pace", null);
  assert.equal(run.journal.length, events);
});

Deno.test("[Y4] watchers are told that a word was given, not what it says", () => {
  const run = new LearnerRun();
  correct(run, "pace", { figure: "pace", says: "lower", note: "I read slowly" });
  const event = run.journal.at(-1);
  assert.ok(event);
  for (const audience of ["learner", "staff"]) {
    assert.deepEqual(learner.project(event, audience), { type: "dna_corrected", data: { figure: "pace" } });
  }
});

Deno.test("[Y4] reviews are told of in the hours the learner named, on their clock, as soon as they have named them", () => {
  const run = new LearnerRun();
  const draft = { ...NEW_PROFILE, timeZone: "Asia/Kolkata" };
  run.send({ type: "set_profile", expectedVersion: 0, draft }, ADA);
  run.answer(factOf("algebra", START_MS));
  const dueMs = run.timers.get("reviews");
  assert.ok(dueMs !== undefined);
  const usual = localHour(dueMs, "Asia/Kolkata");
  correct(run, "best_hours", { figure: "best_hours", bands: ["16-20", "04-08"], note: null });
  const ownMs = run.timers.get("reviews");
  assert.ok(ownMs !== undefined && ownMs >= dueMs && ownMs - dueMs < 24 * 3_600_000);
  const hour = localHour(ownMs, "Asia/Kolkata");
  assert.ok([4, 5, 6, 7, 16, 17, 18, 19].includes(hour), `${usual} o'clock became ${hour}`);
  correct(run, "best_hours", null);
  assert.equal(run.timers.get("reviews"), dueMs);
});

Deno.test("[Y4] the presentation that a learner named counts where their profile names none", () => {
  const run = new LearnerRun();
  correct(run, "presentations", { figure: "presentations", modality: "visual", note: null });
  const named = ownPresentations(run.state.dna.corrections);
  assert.deepEqual(preferencesIn("algebra", NEW_PROFILE, named).presentations, ["visual"]);
  const set = { ...NEW_PROFILE, version: 1, learningStyle: ["auditory"] as const };
  assert.deepEqual(preferencesIn("algebra", set, named).presentations, ["auditory"]);
});

Deno.test("[S5] a learner of version 7 has said nothing of their figures; their answers begin to count now", () => {
  const run = new LearnerRun();
  run.answer(factOf("algebra", START_MS));
  const { dna: _dna, ...version7 } = run.state;
  const upcast = learner.upcastState(7, JSON.parse(JSON.stringify(version7)));
  assert.deepEqual([upcast.dna.weeks, upcast.answered], [[], 1]);
  const [recorded] = run.journal;
  assert.ok(recorded?.type === "answer_recorded");
  const { presentations: _presentations, behaviour: _behaviour, ...answer7 } = recorded.answer;
  const event = learner.upcastEvent(7, recorded.type, { type: recorded.type, answer: answer7 });
  const after = learner.evolve(upcast, event, { seq: 2, atMs: START_MS });
  assert.deepEqual([after.dna.weeks[0]?.answers, after.dna.trails[0]?.shown], [1, []]);
});
