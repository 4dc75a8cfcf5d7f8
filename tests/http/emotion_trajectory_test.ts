/** The live trajectory by REST: of one's own active session or a named one, cut to a window, empty without a camera. */
import assert from "node:assert/strict";
import { type EmotionObservation, EMOTIONS } from "../../src/domain/affect/observation.ts";
import { sessionAddress } from "../../src/domain/session/messages.ts";
import type { Edge, SignedUp } from "./edge_world.ts";
import { EngineWorld } from "./engine_world.ts";
import { API } from "./emotion_world.ts";

const world = await EngineWorld.open();
Deno.test.afterAll(() => world.close());

const TRAJECTORY = `${API}/emotion/trajectory`;

function angryFace(capturedAtMs: number): EmotionObservation {
  const probabilities = EMOTIONS.map((name) => name === "angry" ? 0.88 : 0.02);
  const box = { x: 0, y: 0, width: 9, height: 9 };
  return { capturedAtMs, model: "test", reading: { kind: "face", probabilities, confident: true, faces: 1, box } };
}

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
  const { edge, student, sessionId } = await begun();
  await observe(student, sessionId, 3);
  world.edgeWorld.nowMs = Date.now();
  const ask = async (window: number) =>
    (await edge.ask("GET", `${TRAJECTORY}?window=${window}`, { token: student.token })).body;
  const { affect } = (await edge.ask("GET", `${API}/sessions/${sessionId}`, { token: student.token })).body;
  const now = await ask(60);
  assert.equal(now.trajectory.reduce((sum: number, { frames }: { frames: number }) => sum + frames, 0), 3);
  assert.deepEqual(now.trajectory.map(({ stress }: { stress: number }) => stress), affect.series.stress);
  assert.ok(Math.abs(now.stress_level - affect.stress_level) < 0.01, `${now.stress_level} of ${affect.stress_level}`);
  assert.equal(now.direction, affect.direction);
  world.edgeWorld.nowMs += 100_000;
  const later = await ask(60);
  assert.deepEqual(later.trajectory, []);
  assert.ok(later.stress_level <= now.stress_level / 10, `${later.stress_level} after ${now.stress_level}`);
  assert.equal((await ask(900)).trajectory.length, now.trajectory.length);
});

Deno.test("[A4] [H1] it is asked of a session one may see, or of one's own active one, in seconds within bounds", async () => {
  const { edge, student, sessionId } = await begun();
  const [teacher, other] = [await edge.signUp("teacher"), await edge.signUp("student")];
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
