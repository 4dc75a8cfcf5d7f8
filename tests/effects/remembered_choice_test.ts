/** What a learner's actor keeps reaches the choice: what is due, and what they wish. */
import assert from "node:assert/strict";
import { addressOf } from "../../src/domain/address.ts";
import { NEW_PROFILE } from "../../src/domain/learner/profile.ts";
import type { LearnerState } from "../../src/domain/learner/knowledge.ts";
import { createChooseItem } from "../../src/effects/choose_item.ts";
import { predictByElo } from "../../src/effects/elo_predictor.ts";
import { chainCourse } from "../domain/adaptive/practice_course.ts";
import { factOf, LearnerRun } from "../domain/learner/learner_run.ts";
import { PLAN } from "../domain/session/session_run.ts";

const COURSE = chainCourse(["a", "b", "c"], 3, "fresh");
const START_MS = 1_760_000_000_000;
const DAY_MS = 86_400_000;

/** A learner who got twelve items of each of `skills` right at the start. */
function practised(skills: readonly string[]): LearnerRun {
  const run = new LearnerRun();
  for (const skill of skills) {
    for (let i = 0; i < 12; i++) {
      run.answer({
        ...factOf(COURSE.id, START_MS + i * 20_000),
        itemId: `${skill}-3-0`,
        skills: [skill],
        sighting: null,
      });
    }
  }
  return run;
}

async function receiptFor(learner: LearnerState, daysLater: number, seed: number) {
  const run = createChooseItem({
    askedOf: () => Promise.resolve([]),
    courseById: () => Promise.resolve({ course: COURSE, version: 1 }),
    statisticsOf: () => Promise.resolve(null),
    readLearner: () => Promise.resolve({ learner, seq: 24 }),
    predict: predictByElo,
    nowMs: () => START_MS + daysLater * DAY_MS,
  });
  const effect = {
    kind: "choose_item",
    basisSeq: 4,
    sessionId: "s1",
    seed,
    plan: { ...PLAN, courseId: COURSE.id, learningObjectives: [] },
    targetProbability: 0.75,
    history: [],
    right: [],
  } as const;
  const command = await run(effect, addressOf("session", "s1"), new AbortController().signal);
  assert.equal(command.type, "serve_item");
  return command.type === "serve_item" ? { ...command.receipt, skills: command.item.skills } : assert.fail();
}

Deno.test("[F2] [E6] a skill that was mastered comes back as a review once it is due, and not before", async () => {
  const { state } = practised(["a", "b"]);
  for (let seed = 0; seed < 20; seed++) {
    const fresh = await receiptFor(state, 0.5, seed);
    assert.notEqual(fresh.policy, "review");
    const due = await receiptFor(state, 30, seed);
    assert.equal(due.policy, "review");
    assert.ok(due.skills.every((skill) => skill === "a" || skill === "b"));
  }
});

Deno.test("[F4] [E6] the difficulty that a learner has set in their profile moves what is chosen", async () => {
  const difficulties = [1, 5] as const;
  const chosen = await Promise.all(difficulties.map(async (difficulty) => {
    const run = practised(["a", "b"]);
    const draft = { ...NEW_PROFILE, difficulty };
    const ada = { kind: "client", principal: { userId: "ada", role: "student" } } as const;
    run.send({ type: "set_profile", expectedVersion: 0, draft }, ada);
    const receipts = await Promise.all(Array.from({ length: 40 }, (_, seed) => receiptFor(run.state, 0.5, seed)));
    const levels = receipts.map(({ considered: [first] }) => Number(first?.itemId.split("-")[1]));
    return levels.reduce((sum, level) => sum + level, 0) / levels.length;
  }));
  const [easy = 0, hard = 0] = chosen;
  assert.ok(easy < hard, `mean difficulty ${easy} where 1 was set, ${hard} where 5 was`);
});

Deno.test("[E12] [E13] skills that a course has lost do not keep what it still teaches from being reviewed", async () => {
  const { state } = practised(["lost-1", "lost-2", "lost-3", "lost-4", "lost-5", "lost-6", "a"]);
  const due = await receiptFor(state, 30, 1);
  assert.deepEqual([due.policy, due.skills], ["review", ["a"]]);
});
