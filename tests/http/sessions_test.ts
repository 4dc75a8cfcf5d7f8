/** Learning sessions over HTTP, on the real runtime and store. */
import assert from "node:assert/strict";
import { sessionAddress } from "../../src/domain/session/messages.ts";
import { EMOTION_CONSENT_TEXT } from "../../src/http/consent_text.ts";
import type { SignedUp } from "./edge_world.ts";
import { smallCourse } from "./small_course.ts";
import { EngineWorld } from "./engine_world.ts";
import { openItem } from "./open_item.ts";

const world = await EngineWorld.open();
Deno.test.afterAll(() => world.close());

const SESSIONS = "/api/v1/sessions";
const PLAN = {
  course_id: "doubling",
  topic: "doubling",
  learning_objectives: ["double"],
  difficulty: 2,
  target_items: 2,
};

async function started(plan: object = PLAN) {
  const edge = await world.serve();
  const student = await edge.signUp("student");
  const answer = await edge.ask("POST", SESSIONS, { token: student.token, body: plan });
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return { edge, student, session: answer.body, path: `${SESSIONS}/${answer.body.id}` };
}

Deno.test("[E4] a session starts with its plan, no progress and its own address", async () => {
  const { edge, student, session, path } = await started();
  assert.equal(session.status, "active");
  assert.equal(session.learner_id, student.id);
  assert.equal(session.course_id, "doubling");
  assert.equal(session.topic, "doubling");
  assert.deepEqual(session.learning_objectives, ["double"]);
  assert.equal(session.target_items, 2);
  assert.equal(session.progress, 0);
  assert.equal(session.completed_at, null);
  assert.equal(session.performance_metrics.answered, 0);
  assert.match(session.id, /^[0-9a-f-]{14}7/);
  const read = await edge.ask("GET", path, { token: student.token });
  assert.equal(read.body.started_at, session.started_at);
});

Deno.test("[E6] a session of an unknown course or topic is refused with the field named", async () => {
  const edge = await world.serve();
  const { token } = await edge.signUp("student");
  const create = (body: object) => edge.ask("POST", SESSIONS, { token, body });
  const course = await create({ ...PLAN, course_id: "unheard-of" });
  assert.equal(course.status, 422);
  assert.equal(course.body.code, "course_unknown");
  const topic = await create({ ...PLAN, topic: "tripling" });
  assert.equal(topic.body.code, "topic_unknown");
  assert.equal(topic.body.errors[0].path, "topic");
  for (const body of [{}, { ...PLAN, target_items: 0 }, { ...PLAN, difficulty: 6 }, { ...PLAN, target_items: 501 }]) {
    assert.equal((await create(body)).status, 400, JSON.stringify(body));
  }
});

Deno.test("[X1] a session started twice with one Idempotency-Key is one session; another plan under it is refused", async () => {
  const edge = await world.serve();
  const [ada, bob] = await edge.signUpAll("student", "student");
  const create = (who: SignedUp, body: object) =>
    edge.ask("POST", SESSIONS, { token: who.token, body, headers: { "idempotency-key": "lesson-1" } });
  const [first, again] = await Promise.all([create(ada, PLAN), create(ada, PLAN)]);
  assert.deepEqual([first.status, again.status], [201, 201]);
  assert.equal(first.body.id, again.body.id);
  assert.notEqual((await create(bob, PLAN)).body.id, first.body.id);
  const other = await create(ada, { ...PLAN, target_items: 5 });
  assert.equal(other.status, 422);
  assert.equal(other.body.code, "idempotency_key_reused");
  const list = await edge.ask("GET", SESSIONS, { token: ada.token });
  assert.equal(list.body.rows.length, 1);
});

Deno.test("[X1] a session's Idempotency-Key finds it again after its course was taken off", async () => {
  const edge = await world.serve();
  const { token } = await edge.signUp("student");
  const { store } = world.edgeWorld;
  await store.courses.create(smallCourse("passing"), null, world.edgeWorld.nowMs);
  const create = (key: string) =>
    edge.ask("POST", SESSIONS, { token, body: { course_id: "passing" }, headers: { "idempotency-key": key } });
  const first = await create("lesson-2");
  await store.courses.remove("passing");
  const again = await create("lesson-2");
  assert.deepEqual([again.status, again.body.id], [201, first.body.id]);
  assert.equal((await create("lesson-3")).body.code, "course_unknown");
});

Deno.test("[X1] one Idempotency-Key under two verbs is two commands; repeated under one verb it changes nothing", async () => {
  const { edge, student, path } = await started();
  const post = async (verb: string) => {
    const answer = await edge.ask("POST", `${path}/${verb}`, {
      token: student.token,
      headers: { "idempotency-key": "k-1" },
    });
    return [answer.status, answer.body.status];
  };
  assert.deepEqual(await post("pause"), [200, "paused"]);
  assert.deepEqual(await post("resume"), [200, "active"]);
  assert.deepEqual(await post("pause"), [200, "active"]);
  assert.deepEqual(await post("complete"), [200, "completed"]);
});

Deno.test("[E5] pause, resume and complete answer with the session as it is; out of turn they are 409", async () => {
  const { edge, student, path } = await started();
  const post = (verb: string, key?: string) =>
    edge.ask("POST", `${path}/${verb}`, {
      token: student.token,
      headers: key === undefined ? {} : { "idempotency-key": key },
    });
  const paused = await post("pause", "p-1");
  assert.equal(paused.body.status, "paused");
  assert.equal((await post("pause", "p-1")).status, 200);
  const twice = await post("pause");
  assert.equal(twice.status, 409);
  assert.equal(twice.body.code, "already_paused");
  assert.equal((await post("resume")).body.status, "active");
  const completed = await post("complete");
  assert.equal(completed.body.status, "completed");
  assert.match(completed.body.completed_at, /^\d{4}-/);
  assert.equal((await post("resume")).status, 409);
});

Deno.test("[A4] [A7] a session is its learner's and their teachers'; to other students and teachers it is not there", async () => {
  const { edge, student, session, path } = await started();
  const [stranger, teacher, elsewhere] = await edge.signUpAll("student", "teacher", "teacher");
  await edge.classOf(teacher, student);
  await edge.classOf(elsewhere, stranger);
  const missing = `${SESSIONS}/${crypto.randomUUID()}`;
  for (const suffix of ["", "/interactions"]) {
    const foreign = await edge.ask("GET", `${path}${suffix}`, { token: stranger.token });
    const none = await edge.ask("GET", `${missing}${suffix}`, { token: stranger.token });
    assert.equal(foreign.status, 404);
    assert.deepEqual({ ...foreign.body, instance: "" }, { ...none.body, instance: "" });
    assert.equal((await edge.ask("GET", `${path}${suffix}`, { token: teacher.token })).status, 200);
    assert.equal((await edge.ask("GET", `${path}${suffix}`, { token: elsewhere.token })).status, 404);
  }
  assert.equal((await edge.ask("POST", `${path}/pause`, { token: stranger.token })).status, 404);
  assert.equal((await edge.ask("POST", `${missing}/pause`, { token: stranger.token })).status, 404);
  assert.equal((await edge.ask("GET", `${SESSIONS}/not-an-id`, { token: teacher.token })).status, 404);
  const listed = await edge.ask("GET", `${SESSIONS}?learner_id=${session.learner_id}`, { token: teacher.token });
  assert.equal(listed.body.rows[0].id, session.id);
  const peeking = await edge.ask("GET", `${SESSIONS}?learner_id=${session.learner_id}`, { token: stranger.token });
  assert.equal(peeking.status, 403);
  const asking = await edge.ask("GET", `${SESSIONS}?learner_id=${session.learner_id}`, { token: elsewhere.token });
  assert.equal(asking.status, 404);
  for (const verb of ["pause", "complete"]) {
    assert.equal((await edge.ask("POST", `${path}/${verb}`, { token: elsewhere.token })).status, 404);
  }
});

Deno.test("[E8] interactions tell what happened in order, page by page, and no open item's key", async () => {
  const { edge, student, session, path } = await started();
  const item = await openItem(world.registry, session.id, student.id);
  const open = await edge.ask("GET", `${path}/interactions`, { token: student.token });
  assert.deepEqual(open.body.rows.map((row: { type: string }) => row.type), ["created", "lesson_update"]);
  assert.doesNotMatch(JSON.stringify(open.body), /"key"|explanation|Count on from|"seed"/);
  const response = { kind: "number", value: 4, unit: null } as const;
  const reply = await world.registry.tell(sessionAddress(session.id), { type: "answer", item, response }, {
    commandId: "answer-1",
    origin: { kind: "client", principal: { userId: student.id, role: "student" } },
  });
  assert.equal(reply.kind, "done");
  const types: string[] = [];
  let cursor: string | null = "0";
  while (cursor !== null) {
    const page = await edge.ask("GET", `${path}/interactions?limit=1&cursor=${cursor}`, { token: student.token });
    types.push(...page.body.rows.map((row: { type: string }) => row.type));
    cursor = page.body.next;
  }
  assert.deepEqual(types.slice(0, 3), ["created", "lesson_update", "answered"]);
  const now = await edge.ask("GET", path, { token: student.token });
  assert.equal(now.body.progress, 0.5);
  assert.equal(now.body.performance_metrics.answered, 1);
});

Deno.test("[E4] the list filters by status, shows live progress, and pages newest first", async () => {
  const { edge, student, session, path } = await started();
  const create = () => edge.ask("POST", SESSIONS, { token: student.token, body: PLAN });
  const second = (await create()).body.id;
  const third = (await create()).body.id;
  await edge.ask("POST", `${path}/complete`, { token: student.token });
  const list = (query: string) => edge.ask("GET", `${SESSIONS}?${query}`, { token: student.token });
  const ids = async (query: string) => (await list(query)).body.rows.map((row: { id: string }) => row.id);
  assert.deepEqual(new Set(await ids("status=active")), new Set([second, third]));
  assert.deepEqual(await ids("status=completed"), [session.id]);
  const first = await list("limit=2");
  assert.equal(first.body.rows.length, 2);
  const rest = await list(`limit=2&cursor=${encodeURIComponent(first.body.next)}`);
  assert.deepEqual(rest.body.rows.map((row: { id: string }) => row.id), [session.id]);
  assert.equal(rest.body.next, null);
  const [completed] = rest.body.rows;
  assert.equal(completed.status, "completed");
  assert.equal(completed.performance_metrics.answered, 0);
  assert.equal((await list("status=sleeping")).status, 400);
});

Deno.test("[M1] consent is to the text shown now; revoking it deletes the readings of live sessions", async () => {
  const { edge, student, session } = await started();
  const token = student.token;
  const path = "/api/v1/consents/emotion";
  assert.ok(!(await edge.ask("GET", path, { token })).body.given);
  const outdated = await edge.ask("PUT", path, { token, body: { text_version: "2019-12" } });
  assert.equal(outdated.body.code, "consent_text_outdated");
  assert.equal(outdated.body.text_version, EMOTION_CONSENT_TEXT.version);
  const given = await edge.ask("PUT", path, { token, body: { text_version: EMOTION_CONSENT_TEXT.version } });
  assert.ok(given.body.in_force);
  assert.ok(world.edgeWorld.told.includes(`consent ${student.id} true`));
  const observation = {
    capturedAtMs: Date.now(),
    reading: {
      kind: "face",
      probabilities: [0.7, 0.05, 0.05, 0.05, 0.05, 0.05, 0.05],
      confident: true,
      faces: 1,
    },
    model: "test",
    source: "server",
  } as const;
  const origin = { kind: "client", principal: { userId: student.id, role: "student" } } as const;
  const told = { type: "observe_emotion", observation } as const;
  const reply = await world.registry.tell(sessionAddress(session.id), told, { commandId: "see-1", origin });
  assert.equal(reply.kind, "done");
  const read = () => edge.ask("GET", `${SESSIONS}/${session.id}`, { token });
  assert.equal((await read()).body.affect.readings, 1);
  const revoked = await edge.ask("DELETE", path, { token });
  assert.equal(revoked.status, 200);
  assert.ok(!revoked.body.given);
  assert.equal((await read()).body.affect, null);
  assert.ok(world.edgeWorld.told.includes(`consent ${student.id} false`));
  const { emotion } = world.edgeWorld;
  world.edgeWorld.emotion = null;
  const off = await world.serve();
  world.edgeWorld.emotion = emotion;
  const refused = await off.ask("PUT", path, { token, body: { text_version: EMOTION_CONSENT_TEXT.version } });
  assert.equal(refused.body.code, "emotion_off");
});
