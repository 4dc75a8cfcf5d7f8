/** What camera readings do to a session: seen at once, bounded, forgotten on demand, never graded. */
import assert from "node:assert/strict";
import { EMPTY_WINDOW, FORGET_SETTLE_MS } from "../../../src/domain/affect/emotion_window.ts";
import { type EmotionObservation, EMOTIONS } from "../../../src/domain/affect/observation.ts";
import { session } from "../../../src/domain/session/aggregate.ts";
import { begun, LEARNER, type SessionRun, STRANGER } from "./session_run.ts";

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
