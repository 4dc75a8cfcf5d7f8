/** The rules of a learning session, one by one. */
import assert from "node:assert/strict";
import { session } from "../../../src/domain/session/aggregate.ts";
import { HISTORY_MAX } from "../../../src/domain/session/limits.ts";
import { rightAnswer } from "../../../tools/month/keyed_answer.ts";
import { begun, LEARNER, PLAN, SessionRun, STRANGER, TEACHER } from "./session_run.ts";
import { SECRET_NUMBER, wrongResponse } from "./small_course.ts";

/** The learner's view, to look into. */
function viewOf({ state, nowMs }: SessionRun, audience = "learner"): Record<string, unknown> {
  return JSON.parse(JSON.stringify(session.view(state, audience, nowMs)));
}

function answerOpen(run: SessionRun, as: "right" | "wrong" = "right") {
  const { number, item } = run.opened();
  const response = as === "right" ? rightAnswer(item) : wrongResponse(item);
  return run.done({ type: "answer", item: number, response });
}

Deno.test("[E1] an answer counts once: the same item again is refused as closed", () => {
  const run = begun();
  run.serve();
  const { number, item } = run.opened();
  const reply = answerOpen(run);
  assert.deepEqual({ ...Object(reply), response: null, response_ms: 0 }, {
    item_ref: 2,
    response: null,
    correct: true,
    score: 1,
    hints_used: 0,
    response_ms: 0,
    correct_answer: String(SECRET_NUMBER),
    explanation: "EXPLAINED-n1",
    progress: 1 / 3,
    completed: false,
  });
  assert.equal(run.refused({ type: "answer", item: number, response: rightAnswer(item) }), "item_closed");
  run.serve(1);
  assert.equal(run.refused({ type: "answer", item: number, response: rightAnswer(item) }), "item_closed");
  assert.equal(viewOf(run).progress, 1 / 3);
});

Deno.test("[E1] [X2] an answer sends its fact to the learner actor and asks for the next item", () => {
  const run = begun();
  assert.equal(run.effects.length, 1, "the first choice follows creation");
  run.serve();
  run.nowMs += 4_000;
  answerOpen(run, "wrong");
  assert.deepEqual(run.messages, [{
    to: "learner/ada",
    command: {
      type: "record_answer",
      answer: {
        sessionId: "s1",
        courseId: "small",
        itemId: "n1",
        skills: ["first"],
        difficulty: 2,
        correct: false,
        score: 0,
        hintsUsed: 0,
        responseMs: 4_000,
        atMs: run.nowMs,
        presentations: [],
        behaviour: [],
        sighting: null,
      },
    },
  }]);
  assert.equal(run.effects[0]?.basisSeq, 3);
  assert.deepEqual(run.effects[0]?.history, [
    { itemId: "n1", skills: ["first"], correct: false, score: 0, answeredAtMs: run.nowMs, policy: "adaptive" },
  ]);
});

Deno.test("[E2] a malformed answer is refused with what was expected and the item stays open", () => {
  const run = begun();
  run.serve();
  const { number } = run.opened();
  const decision = run.send({ type: "answer", item: number, response: { kind: "text", text: "seven" } }, LEARNER);
  assert.equal(decision.kind, "rejected");
  if (decision.kind !== "rejected") return;
  assert.equal(decision.code, "malformed_answer");
  assert.equal(typeof Object(decision.detail).expected, "string");
  assert.equal(run.opened().number, number);
  answerOpen(run);
});

Deno.test("[E3] hints come in three rungs, in order, each taking a fifth of the score", () => {
  const run = begun();
  run.serve();
  const { number } = run.opened();
  for (const rung of [1, 2, 3]) {
    assert.deepEqual(run.done({ type: "hint", item: number }), {
      item_ref: number,
      rung,
      text: `RUNG${rung}-n1`,
      hints_left: 3 - rung,
      score_share: [0.8, 0.6, 0.4][rung - 1],
    });
  }
  assert.equal(run.refused({ type: "hint", item: number }), "hints_exhausted");
  assert.deepEqual(Object(viewOf(run).current_item).hints, ["RUNG1-n1", "RUNG2-n1", "RUNG3-n1"]);
  assert.equal(Object(answerOpen(run)).score, 0.4);
});

Deno.test("[E4] the target completes the session in the answer's own turn, with the final metrics", () => {
  const run = begun();
  for (const [i, as] of (["right", "wrong", "right"] as const).entries()) {
    run.serve(i);
    run.nowMs += 1_000;
    answerOpen(run, as);
  }
  assert.equal(run.state.status, "completed");
  const last = run.journal.at(-1);
  assert.equal(last?.event.type, "completed");
  assert.deepEqual(viewOf(run).performance_metrics, {
    answered: 3,
    correct: 2,
    accuracy: 0.6667,
    score_mean: 0.6667,
    hints_used: 0,
    skipped: 0,
    mean_response_ms: 1_000,
    time_on_task_ms: 3_000,
    streak: { current: 1, best: 1 },
    skills: { first: { answered: 3, correct: 2 }, second: { answered: 1, correct: 1 } },
  });
  assert.deepEqual(run.timers.size, 0);
});

Deno.test("[E5] a paused session takes no answers, and the pause is not time on task", () => {
  const run = begun();
  run.serve();
  run.nowMs += 10_000;
  run.done({ type: "pause" });
  assert.equal(run.timers.size, 0, "nothing ticks in a pause");
  const { number, item } = run.opened();
  assert.equal(run.refused({ type: "answer", item: number, response: rightAnswer(item) }), "session_paused");
  assert.equal(run.refused({ type: "hint", item: number }), "session_paused");
  assert.equal(run.refused({ type: "pause" }), "already_paused");
  run.nowMs += 3_600_000;
  run.done({ type: "resume" });
  assert.equal(run.refused({ type: "resume" }), "not_paused");
  run.nowMs += 5_000;
  assert.equal(Object(answerOpen(run)).response_ms, 15_000);
  assert.equal(Object(viewOf(run).performance_metrics).time_on_task_ms, 15_000);
});

Deno.test("[E6] the served item is told as lesson_update with its reason and its receipt", () => {
  const run = begun();
  run.serve();
  const served = run.journal.at(-1)?.event;
  assert.ok(served);
  const told = session.project(served, "learner");
  assert.equal(told?.type, "lesson_update");
  const data = Object(told?.data);
  assert.deepEqual([data.item_ref, data.reason, data.receipt_id, data.progress], [2, "It comes next.", "s1.1", 0]);
  assert.equal(data.receipt, undefined);
  assert.equal(Object(session.project(served, "staff")?.data).receipt.propensity, 1);
});

Deno.test("[E7] a completed session takes nothing more and can still be read", () => {
  const run = begun();
  run.serve();
  const { number, item } = run.opened();
  assert.deepEqual(Object(run.done({ type: "complete" })).status, "completed");
  assert.equal(run.refused({ type: "answer", item: number, response: rightAnswer(item) }), "session_completed");
  assert.equal(run.refused({ type: "resume" }), "session_completed");
  assert.equal(run.refused({ type: "complete" }), "session_completed");
  assert.equal(viewOf(run).completion_cause, "learner");
  assert.equal(viewOf(run).current_item, null);
  assert.equal(session.listing(run.state)?.status, "completed");
});

Deno.test("[S6] a choice from before the session moved on is late and harmless", () => {
  const run = begun();
  const [first] = run.effects;
  assert.ok(first);
  run.serve();
  answerOpen(run);
  const before = run.state;
  const late = { kind: "effect", basisSeq: first.basisSeq } as const;
  assert.equal(run.refused({ type: "choice_failed", reason: "timeout" }, late), "late_result");
  assert.equal(run.refused({ type: "no_item_left" }, late), "late_result");
  assert.equal(run.state, before);
});

Deno.test("[S7] a session waits for its choice after recovery, and asks with the same seed", () => {
  const run = begun();
  assert.deepEqual(session.pendingEffects(run.state), run.effects);
  run.serve();
  assert.deepEqual(session.pendingEffects(run.state), []);
});

Deno.test("[B3] a choice that fails is tried again by a durable timer, then the session pauses and says so", () => {
  const run = begun();
  const waits: number[] = [];
  for (let attempt = 1; attempt <= 3; attempt++) {
    const effect = run.effects.pop();
    assert.ok(effect);
    run.done({ type: "choice_failed", reason: "no store" }, { kind: "effect", basisSeq: effect.basisSeq });
    const retry = run.timers.get("retry_choice");
    if (retry === undefined) break;
    waits.push(retry.dueMs - run.nowMs);
    assert.equal(run.effects.length, 0, "the next try waits");
    run.fireNextTimer();
  }
  assert.deepEqual(waits, [1_000, 2_000]);
  assert.equal(viewOf(run).pause_cause, "choice_failed");
  const event = run.journal.at(-1)?.event;
  assert.ok(event);
  assert.match(Object(session.project(event, "learner")?.data).message, /could not be chosen/);
  run.done({ type: "resume" });
  run.serve();
  answerOpen(run);
});

Deno.test("[E7] no_item_left completes the session", () => {
  const run = begun();
  run.done({ type: "no_item_left" }, { kind: "effect", basisSeq: 1 });
  assert.equal(viewOf(run).completion_cause, "no_item_left");
});

Deno.test("[A4] commands are taken only from those they belong to", () => {
  const run = new SessionRun();
  assert.equal(run.refused({ type: "create", plan: PLAN }, STRANGER), "forbidden");
  assert.equal(run.refused({ type: "create", plan: PLAN }, TEACHER), "forbidden");
  assert.equal(run.refused({ type: "pause" }), "not_created");
  run.done({ type: "create", plan: PLAN });
  assert.equal(run.refused({ type: "create", plan: PLAN }), "already_created");
  assert.equal(run.refused({ type: "no_item_left" }), "forbidden");
  assert.equal(run.refused({ type: "idle_deadline" }), "forbidden");
  run.serve();
  const { number, item } = run.opened();
  const answer = { type: "answer", item: number, response: rightAnswer(item) } as const;
  for (const origin of [STRANGER, TEACHER]) assert.equal(run.refused(answer, origin), "forbidden");
  assert.equal(run.refused({ type: "pause" }, STRANGER), "forbidden");
  run.done({ type: "pause" }, TEACHER);
  assert.equal(viewOf(run).pause_cause, "staff");
  assert.equal(session.audienceOf(run.state, { userId: "eve", role: "student" }), null);
  assert.equal(session.audienceOf(run.state, { userId: "tess", role: "teacher" }), "staff");
  assert.equal(session.audienceOf(session.initial("s2"), { userId: "tess", role: "admin" }), null);
});

Deno.test("[E1] a plan outside its bounds is refused", () => {
  for (const targetItems of [0, 1.5, 501, Number.NaN]) {
    assert.equal(new SessionRun().refused({ type: "create", plan: { ...PLAN, targetItems } }), "bad_plan");
  }
});

Deno.test("[B2] a learner's commands share one lane, so that completing does not overtake an answer", () => {
  const lanes = new Set([
    session.priorityOf({ type: "answer", item: 1, response: { kind: "text", text: "" } }),
    session.priorityOf({ type: "complete" }),
    session.priorityOf({ type: "pause" }),
  ]);
  assert.deepEqual([...lanes], ["graded"]);
});

Deno.test("[S5] the current version is read as it is, an unknown one stops with a named error", () => {
  const { state, journal: [{ event } = { event: null }] } = begun();
  assert.deepEqual(session.upcastState(session.schemaVersion, state), state);
  assert.equal(session.upcastEvent(session.schemaVersion, "created", event), event);
  assert.throws(() => session.upcastState(99, state), { name: "UnknownSchemaVersionError" });
  assert.throws(() => session.upcastEvent(0, "created", event), { name: "UnknownSchemaVersionError" });
});

Deno.test("[S5] an event that cannot follow stops the actor with a named error", () => {
  const event = { type: "skipped", item: 1, cause: "learner" } as const;
  assert.throws(() => session.evolve(session.initial("s1"), event, { seq: 1, atMs: 0 }), {
    name: "ImpossibleEventError",
  });
});

Deno.test("[B3] a long session remembers its last fifty items and counts them all", () => {
  const run = begun({ ...PLAN, targetItems: 500 });
  for (let i = 0; i < HISTORY_MAX + 10; i++) {
    run.serve(i);
    answerOpen(run);
  }
  const [effect] = run.effects;
  assert.equal(effect?.history.length, HISTORY_MAX);
  assert.equal(effect?.history.at(-1)?.itemId, "n2", "latest last");
  assert.equal(Object(viewOf(run).performance_metrics).answered, HISTORY_MAX + 10);
});
