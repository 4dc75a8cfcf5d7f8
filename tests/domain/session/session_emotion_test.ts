/** What camera readings do to a session: seen at once, bounded, forgotten on demand, never graded. */
import assert from "node:assert/strict";
import { EMPTY_WINDOW, FORGET_SETTLE_MS } from "../../../src/domain/affect/emotion_window.ts";
import { type EmotionObservation, EMOTIONS } from "../../../src/domain/affect/observation.ts";
import { session } from "../../../src/domain/session/aggregate.ts";
import { begun, LEARNER, PLAN, type SessionRun, STRANGER } from "./session_run.ts";
import { rightResponse } from "./small_course.ts";

function face(emotion: typeof EMOTIONS[number], capturedAtMs: number): EmotionObservation {
  const probabilities = EMOTIONS.map((name) => name === emotion ? 0.88 : 0.02);
  return {
    capturedAtMs,
    model: "test",
    source: "server",
    reading: { kind: "face", probabilities, confident: true, faces: 1 },
  };
}

function observe(run: SessionRun, emotion: typeof EMOTIONS[number], seconds: number): void {
  for (let i = 0; i < seconds; i++) {
    run.nowMs += 1_000;
    run.done({ type: "observe_emotion", observation: face(emotion, run.nowMs) });
  }
}

Deno.test("[M2] a reading is told to learner and staff at once and recorded as no event", () => {
  const run = begun();
  const events = run.journal.length;
  const decision = run.send({ type: "observe_emotion", observation: face("happy", run.nowMs) }, LEARNER);
  assert.equal(decision.kind, "noted");
  if (decision.kind !== "noted") return;
  assert.equal(run.journal.length, events);
  const [told] = decision.ephemerals;
  assert.deepEqual(told?.audiences, ["learner", "staff"]);
  assert.equal(told?.type, "emotion");
  const data = Object(told?.data);
  assert.deepEqual([data.face, data.emotion, data.confidence, data.faces], [true, "happy", 0.88, 1]);
  assert.deepEqual(Object.keys(data.probabilities), [...EMOTIONS]);
  assert.equal(run.refused({ type: "observe_emotion", observation: face("happy", run.nowMs) }, STRANGER), "forbidden");
});

Deno.test("[M4] a frame without a face says so", () => {
  const run = begun();
  const observation: EmotionObservation = {
    capturedAtMs: 1,
    model: "test",
    source: "server",
    reading: { kind: "no_face" },
  };
  const reply = Object(run.done({ type: "observe_emotion", observation }));
  assert.deepEqual(Object.keys(reply).sort(), ["at", "captured_at_ms", "face", "model", "source", "stress_level"]);
  assert.ok(!reply.face);
});

Deno.test("[M2] a frame older than one already read is refused", () => {
  const run = begun();
  run.done({ type: "observe_emotion", observation: face("happy", 2_000) });
  assert.equal(run.refused({ type: "observe_emotion", observation: face("sad", 1_000) }), "superseded_observation");
});

Deno.test("[M1] forgetting wipes the window at once, in the journal too, and shuts out readings under way", () => {
  const run = begun();
  observe(run, "sad", 10);
  run.done({ type: "forget_emotion" });
  assert.equal(Object(session.view(run.state, "staff", run.nowMs)).affect, null);
  assert.equal(run.journal.at(-1)?.event.type, "emotion_forgotten");
  assert.doesNotMatch(JSON.stringify(run.state), /probabilities":\[/);
  assert.equal(run.refused({ type: "observe_emotion", observation: face("sad", run.nowMs) }), "emotion_forgotten");
  run.nowMs += FORGET_SETTLE_MS;
  run.done({ type: "observe_emotion", observation: face("sad", run.nowMs) });
});

Deno.test("[M1] a session that pauses or ends lets go of what the face showed", () => {
  const run = begun();
  observe(run, "sad", 5);
  run.done({ type: "pause" });
  assert.deepEqual(run.state.status === "paused" && { ...run.state.emotion, rest: EMPTY_WINDOW.rest }, EMPTY_WINDOW);
  run.done({ type: "resume" });
  observe(run, "sad", 5);
  run.done({ type: "complete" });
  assert.deepEqual(run.state.status === "completed" && run.state.emotion, EMPTY_WINDOW);
  run.done({ type: "forget_emotion" });
});

Deno.test("[E6] frustration makes the next choice easier, an unmoved face on a run of right answers harder", () => {
  function targetAfter(emotion: typeof EMOTIONS[number] | null, answers: "right" | "wrong"): number {
    const run = begun({ ...PLAN, targetItems: 20 });
    for (let i = 0; i < 4; i++) {
      run.serve(i % 2 === 0 ? 0 : 3);
      run.nowMs += 4_000;
      const { number, item } = run.opened();
      if (i === 3 && emotion !== null) observe(run, emotion, 30);
      const response = answers === "right" ? rightResponse(item) : { kind: "number", value: 1, unit: null } as const;
      run.done({ type: "answer", item: number, response });
    }
    const effect = run.effects.at(-1);
    assert.ok(effect);
    return effect.targetProbability;
  }
  assert.equal(targetAfter(null, "right"), 0.75);
  assert.ok(targetAfter("angry", "wrong") > 0.8);
  assert.ok(targetAfter("neutral", "right") < 0.73);
  assert.equal(targetAfter("neutral", "wrong"), 0.75);
});

Deno.test("[M6] a reading that calls for a suggestion is told to watchers, and its stored answer tells nothing of the face", () => {
  const run = begun({ ...PLAN, targetItems: 20 });
  const stored: unknown[] = [];
  for (let i = 0; i < 4; i += 1) {
    run.serve(0);
    for (let second = 0; second < (i < 3 ? 60 : 300); second += 1) {
      run.nowMs += 1_000;
      const observation = face(i === 0 ? "neutral" : "angry", run.nowMs);
      const decision = run.send({ type: "observe_emotion", observation }, LEARNER);
      if (decision.kind === "accepted") stored.push({ events: decision.events, reply: decision.reply });
    }
    const response = { kind: "number", value: 918273, unit: null } as const;
    if (run.open !== null) run.done({ type: "answer", item: run.open.number, response });
  }
  assert.ok(stored.length > 0, "some reading called for a suggestion");
  assert.doesNotMatch(JSON.stringify(stored), /probabilities|captured|emotion|stress|valence|angry|0\.\d/);
});
