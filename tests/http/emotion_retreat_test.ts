/** Letting go of what sessions hold in memory of faces: at the learner's word, at a class's, whatever else goes wrong. */
import assert from "node:assert/strict";
import type { Reply } from "../../src/actors/envelope.ts";
import { type EmotionObservation, EMOTIONS } from "../../src/domain/affect/observation.ts";
import { sessionAddress } from "../../src/domain/session/messages.ts";
import { EmotionGates } from "../../src/http/emotion_gates.ts";
import { EmotionRetreat } from "../../src/http/emotion_retreat.ts";
import type { ListedActor } from "../../src/http/ports.ts";
import type { Edge, SignedUp } from "./edge_world.ts";
import { EngineWorld } from "./engine_world.ts";
import { API, consent, detect, formOf, JPEG, ScriptedReader } from "./emotion_world.ts";

const world = await EngineWorld.open();
Deno.test.afterAll(() => world.close());

interface Setting {
  readonly edge: Edge;
  readonly student: SignedUp;
  readonly teacher: SignedUp;
  /** Sets whether the class allows emotion; gives the answer's status. */
  readonly policy: (emotion_allowed: boolean) => Promise<number>;
  readonly classId: string;
}

const [ALLOWED, FORBIDDEN] = [true, false];

async function setting(): Promise<Setting> {
  world.edgeWorld.nowMs = Date.now();
  world.edgeWorld.emotion = new ScriptedReader();
  const edge = await world.serve();
  const [student, teacher] = await edge.signUpAll("student", "teacher");
  await consent(edge, student);
  const classId = await edge.classOf(teacher, student);
  const policy = async (emotion_allowed: boolean) =>
    (await edge.ask("PATCH", `${API}/classes/${classId}`, { token: teacher.token, body: { emotion_allowed } })).status;
  return { edge, student, teacher, policy, classId };
}

async function start({ edge, student }: Setting, class_id: string | null): Promise<string> {
  const body = { course_id: "doubling", ...class_id === null ? {} : { class_id } };
  const made = await edge.ask("POST", `${API}/sessions`, { token: student.token, body });
  assert.equal(made.status, 201, JSON.stringify(made.body));
  return made.body.id;
}

async function observe({ student }: Setting, sessionId: string): Promise<Reply> {
  const observation: EmotionObservation = {
    capturedAtMs: Date.now(),
    model: "test",
    source: "server",
    reading: { kind: "face", probabilities: EMOTIONS.map(() => 1 / 7), confident: true, faces: 1 },
  };
  const origin = { kind: "client", principal: { userId: student.id, role: "student" } } as const;
  const from = { commandId: crypto.randomUUID(), origin };
  return await world.registry.tell(sessionAddress(sessionId), { type: "observe_emotion", observation }, from);
}

/** Points of a session's trajectory, as its learner and as staff are told them. */
async function points({ edge, student, teacher }: Setting, sessionId: string): Promise<readonly number[]> {
  const read = async ({ token }: SignedUp) =>
    (await edge.ask("GET", `${API}/emotion/trajectory?session_id=${sessionId}`, { token })).body.trajectory.length;
  return [await read(student), await read(teacher)];
}

Deno.test("[M1] a class that comes to forbid emotion: nobody reads earlier points any more, in its sessions or in others", async () => {
  const at = await setting();
  await at.policy(ALLOWED);
  const [inClass, elsewhere] = [await start(at, at.classId), await start(at, null)];
  for (const id of [inClass, elsewhere]) assert.equal((await observe(at, id)).kind, "done");
  for (const id of [inClass, elsewhere]) assert.deepEqual(await points(at, id), [1, 1]);
  assert.equal(await at.policy(FORBIDDEN), 200);
  for (const id of [inClass, elsewhere]) assert.deepEqual(await points(at, id), [0, 0]);
});

Deno.test("[M1] whoever comes into a class that forbids emotion is read nowhere, and what was read is deleted; leaving lifts it", async () => {
  const at = await setting();
  await at.policy(ALLOWED);
  const elsewhere = await start(at, null);
  await observe(at, elsewhere);
  assert.deepEqual(await points(at, elsewhere), [1, 1]);
  const status = async () => (await detect(at.edge, at.student.token, formOf(JPEG))).status;
  assert.equal(await status(), 200);
  const forbidding = await at.edge.classOf(at.teacher, at.student);
  assert.deepEqual(await points(at, elsewhere), [0, 0]);
  assert.equal(await status(), 403);
  const left = await at.edge.ask("DELETE", `${API}/memberships/${forbidding}`, { token: at.student.token });
  assert.equal(left.status, 204);
  assert.equal(await status(), 200);
});

Deno.test("[M1] joining again deletes what a session still holds of a face, where it could not be reached before", async () => {
  const at = await setting();
  const elsewhere = await start(at, null);
  await observe(at, elsewhere);
  assert.deepEqual(await points(at, elsewhere), [1, 1]);
  const { body } = await at.edge.ask("POST", `${API}/classes/${at.classId}/join-code`, { token: at.teacher.token });
  const join = { token: at.student.token, body: { code: body.code } };
  assert.equal((await at.edge.ask("POST", `${API}/classes/join`, join)).status, 200);
  assert.deepEqual(await points(at, elsewhere), [0, 0]);
});

Deno.test("[M1] a session begun in a class that forbids emotion takes back what other sessions hold of the learner's face", async () => {
  const at = await setting();
  const elsewhere = await start(at, null);
  await observe(at, elsewhere);
  assert.deepEqual(await points(at, elsewhere), [1, 1]);
  await start(at, at.classId);
  assert.deepEqual(await points(at, elsewhere), [0, 0]);
  const late = await observe(at, elsewhere);
  assert.equal(late.kind === "rejected" && late.code, "emotion_forgotten", "a reading under way comes too late");
});

Deno.test("[M1] [M9] consent taken back reaches sessions that are paused as well as active ones", async () => {
  const at = await setting();
  const [active, paused] = [await start(at, null), await start(at, null)];
  for (const id of [active, paused]) await observe(at, id);
  await at.edge.ask("POST", `${API}/sessions/${paused}/pause`, { token: at.student.token });
  assert.equal((await at.edge.ask("DELETE", `${API}/consents/emotion`, { token: at.student.token })).status, 200);
  const { store } = world.edgeWorld;
  for (const id of [active, paused]) {
    const [forgotten] = await store.history.page(sessionAddress(id), ["emotion_forgotten"], 0, 9);
    assert.ok(forgotten, "it was told");
  }
});

Deno.test("[M9] consent given again while it is in force records nothing, and what is gathered goes on", async () => {
  const at = await setting();
  const { nowMs, store, told } = world.edgeWorld;
  const before = await store.consents.current(at.student.id);
  world.edgeWorld.nowMs = nowMs + 5_000;
  const heard = told.length;
  await consent(at.edge, at.student);
  assert.deepEqual(await store.consents.current(at.student.id), before);
  assert.equal(told.length, heard, "nobody drops anything");
  await at.edge.ask("DELETE", `${API}/consents/emotion`, { token: at.student.token });
  await consent(at.edge, at.student);
  assert.equal((await store.consents.current(at.student.id))?.atMs, nowMs + 5_000);
});

/** A learner with so many sessions, of which some refuse to be told; sessions change status while they are listed. */
async function forgetting(sessions: number, refusing: readonly number[]) {
  const told: string[] = [];
  const statuses = Array.from({ length: sessions }, (_, i) => ["active", "paused", "completed"][i % 3] ?? "active");
  const rows = (from: number, to: number): readonly ListedActor[] =>
    statuses.slice(from, to).map((status, i) => ({
      actor: `session/s${from + i}`,
      ownerId: "ada",
      status,
      body: {},
      createdAtMs: 1,
      updatedAtMs: 1,
    }));
  const { consents, classes } = world.edgeWorld.store;
  const retreat = new EmotionRetreat({
    actors: {
      tell(to) {
        told.push(to);
        const isBroken = refusing.some((i) => to === `session/s${i}`);
        const refused = { kind: "refused", code: "poisoned", message: `${to} is broken`, retryAfterMs: 1 } as const;
        const done = { kind: "done", epoch: 1, seq: 1, body: null, repeated: false } as const;
        return Promise.resolve(isBroken ? refused : done);
      },
    },
    listings: {
      list(_owner, _kind, status, cursor, limit) {
        assert.equal(status, null, "a list by status misses what changes its own");
        const from = Number(cursor ?? 0);
        const page = rows(from, from + limit);
        // Every session that works pauses and every paused one resumes between two pages.
        for (const [i, was] of statuses.entries()) statuses[i] = { active: "paused", paused: "active" }[was] ?? was;
        return Promise.resolve({ rows: page, next: from + limit < sessions ? String(from + limit) : null });
      },
    },
    gates: new EmotionGates({ consents, classes, textVersion: "1" }),
    clock: { nowMs: () => 1 },
    randomBytes: (count) => new Uint8Array(count),
  });
  const outcome = await Promise.allSettled([retreat.forget("ada")]);
  return { told, outcome: outcome[0] };
}

Deno.test("[M1] [M9] every session that is not complete is told once, though they pause and resume meanwhile", async () => {
  const { told, outcome } = await forgetting(330, []);
  assert.equal(outcome.status, "fulfilled");
  const all = Array.from({ length: 330 }, (_, i) => i).filter((i) => i % 3 !== 2).map((i) => `session/s${i}`);
  assert.deepEqual(told.toSorted(), all.toSorted());
});

Deno.test("[M1] [M9] a session that cannot be told keeps none of the others from it; the answer says so afterwards", async () => {
  const { told, outcome } = await forgetting(330, [0, 120]);
  assert.equal(told.length, 220);
  assert.ok(outcome.status === "rejected");
  assert.match(String(outcome.reason), /session\/s0 is broken/);
});
