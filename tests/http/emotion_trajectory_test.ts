/** The live trajectory by REST: of one's own active session or a named one, cut to a window, empty without a camera. */
import assert from "node:assert/strict";
import { type EmotionObservation, EMOTIONS } from "../../src/domain/affect/observation.ts";
import { session } from "../../src/domain/session/aggregate.ts";
import { sessionAddress } from "../../src/domain/session/messages.ts";
import { EmotionTrajectory } from "../../src/http/emotion_trajectory.ts";
import { begun as sessionBegun } from "../domain/session/session_run.ts";
import type { Edge, SignedUp } from "./edge_world.ts";
import { EngineWorld } from "./engine_world.ts";
import { API } from "./emotion_world.ts";

const world = await EngineWorld.open();
Deno.test.afterAll(() => world.close());

const TRAJECTORY = `${API}/emotion/trajectory`;

function angryFace(capturedAtMs: number): EmotionObservation {
  const probabilities = EMOTIONS.map((name) => name === "angry" ? 0.88 : 0.02);
  return {
    capturedAtMs,
    model: "test",
    source: "server",
    reading: { kind: "face", probabilities, confident: true, faces: 1 },
  };
}

const NO_FACE: EmotionObservation = { capturedAtMs: 0, model: "test", source: "server", reading: { kind: "no_face" } };

async function begun(): Promise<{ edge: Edge; student: SignedUp; sessionId: string }> {
  // Sessions live by the system's clock.
  world.edgeWorld.nowMs = Date.now();
  const edge = await world.serve();
  const student = await edge.signUp("student");
  const made = await edge.ask("POST", `${API}/sessions`, { token: student.token, body: { course_id: "doubling" } });
  return { edge, student, sessionId: made.body.id };
}

async function observe({ id }: SignedUp, sessionId: string, frames: number): Promise<void> {
  const origin = { kind: "client", principal: { userId: id, role: "student" } } as const;
  for (let i = 0; i < frames; i += 1) {
    const command = { type: "observe_emotion", observation: angryFace(i) } as const;
    const reply = await world.registry.tell(sessionAddress(sessionId), command, { commandId: `see-${i}`, origin });
    assert.equal(reply.kind, "done");
  }
}

Deno.test("[M11] without a camera the trajectory is empty and no suggestion is needed", async () => {
  const { edge, student, sessionId } = await begun();
  const { status, body } = await edge.ask("GET", TRAJECTORY, { token: student.token });
  assert.equal(status, 200, JSON.stringify(body));
  assert.deepEqual(body, {
    session_id: sessionId,
    as_of: new Date(world.edgeWorld.nowMs).toISOString(),
    window_s: 300,
    trajectory: [],
    stress_level: null,
    slope_per_minute: null,
    direction: null,
    hypotheses: [],
    behaviour: [],
    intervention_needed: false,
    intervention: null,
  });
});

Deno.test("[M11] with readings it holds their smoothed points within the window; stress fades when no face is seen", async () => {
  const run = sessionBegun();
  run.serve();
  for (let i = 0; i < 60; i += 1) {
    run.nowMs += 1_000;
    run.done({ type: "observe_emotion", observation: i < 20 ? NO_FACE : angryFace(run.nowMs) });
  }
  const endMs = run.nowMs;
  let nowMs = endMs;
  const seen = () => session.view(run.state, "learner", nowMs);
  const trajectories = new EmotionTrajectory({
    actors: { read: () => Promise.resolve({ kind: "read", state: seen(), epoch: 1, seq: run.seq }) },
    listings: world.edgeWorld.store.listings,
    clock: { nowMs: () => nowMs },
  });
  const read = (windowS: number) => trajectories.read({ userId: "ada", role: "student" }, "s1", windowS);
  const all = await read(900);
  assert.equal(all.trajectory.reduce((sum, { frames }) => sum + frames, 0), 40);
  assert.ok(all.trajectory.length >= 8);
  const stress = all.trajectory.map((point) => point.stress);
  assert.deepEqual(stress, stress.toSorted((a, b) => a - b), "it rises under one face");
  const now = all.stress_level ?? 0;
  assert.ok(now > 0.2, `${now}`);
  assert.equal(all.direction, "rising");
  const recent = await read(12);
  assert.ok(recent.trajectory.length > 0 && recent.trajectory.length < all.trajectory.length);
  for (const { at } of recent.trajectory) assert.ok(endMs - Date.parse(at) <= 12_000);
  nowMs = endMs + 50_000;
  const later = await read(20);
  assert.deepEqual(later.trajectory, []);
  assert.ok((later.stress_level ?? 1) < now / 4, `${later.stress_level} after ${now}`);
  assert.deepEqual([later.direction, later.hypotheses], ["steady", []]);
  nowMs = endMs + 100_000;
  const unseen = await read(900);
  assert.deepEqual([unseen.stress_level, unseen.slope_per_minute, unseen.direction], [null, null, null]);
  assert.equal(unseen.trajectory.length, all.trajectory.length, "the past is told all the same");
});

Deno.test("[A4] [H1] it is asked of a session one may see, or of one's own active one, in seconds within bounds", async () => {
  const { edge, student, sessionId } = await begun();
  const [teacher, other] = await edge.signUpAll("teacher", "student");
  await edge.classOf(teacher, student);
  const named = `${TRAJECTORY}?session_id=${sessionId}`;
  assert.equal((await edge.ask("GET", named, { token: teacher.token })).body.session_id, sessionId);
  assert.equal((await edge.ask("GET", named, { token: other.token })).status, 404);
  const none = await edge.ask("GET", TRAJECTORY, { token: other.token });
  assert.deepEqual([none.status, none.body.code], [404, "no_active_session"]);
  for (const query of ["window=0", "window=901", "window=1.5", "window=soon", "session_id=x"]) {
    const answer = await edge.ask("GET", `${TRAJECTORY}?${query}`, { token: student.token });
    assert.deepEqual([answer.status, answer.body.code], [400, "validation_failed"], query);
  }
  await edge.ask("POST", `${API}/sessions/${sessionId}/complete`, { token: student.token });
  assert.equal((await edge.ask("GET", TRAJECTORY, { token: student.token })).body.code, "no_active_session");
  const over = await edge.ask("GET", named, { token: student.token });
  assert.deepEqual([over.body.stress_level, over.body.trajectory], [null, []]);
});

Deno.test("[M9] deactivation lets go of what live sessions hold in memory", async () => {
  const { edge, student, sessionId } = await begun();
  await observe(student, sessionId, 3);
  const [admin, teacher] = await edge.signUpAll("admin", "teacher");
  await edge.classOf(teacher, student);
  const read = () => edge.ask("GET", `${TRAJECTORY}?session_id=${sessionId}`, { token: teacher.token });
  assert.notEqual((await read()).body.stress_level, null);
  const out = { token: admin.token, body: { is_active: false } };
  assert.equal((await edge.ask("PATCH", `${API}/users/${student.id}`, out)).status, 200);
  assert.deepEqual((await read()).body.trajectory, []);
});
