/** Classes by REST: whose they are, what is recorded of their emotion policy, and sessions that are part of one. */
import assert from "node:assert/strict";
import { EngineWorld } from "./engine_world.ts";

const world = await EngineWorld.open();
Deno.test.afterAll(() => world.close());

const CLASSES = "/api/v1/classes";

Deno.test("[M1] a new class allows nothing; whoever allows it is recorded with the time, and open sockets hear of it", async () => {
  const edge = await world.serve();
  const [teacher, admin] = await edge.signUpAll("teacher", "admin");
  const made = await edge.ask("POST", CLASSES, { token: teacher.token, body: { title: " 7b " } });
  assert.equal(made.status, 201);
  const { id } = made.body;
  assert.equal(made.headers.get("location"), `${CLASSES}/${id}`);
  assert.deepEqual(made.body, {
    id,
    title: "7b",
    owner_id: teacher.id,
    created_at: new Date(world.edgeWorld.nowMs).toISOString(),
    emotion_allowed: false,
    emotion_decided_by: null,
    emotion_decided_at: null,
    leaderboards_allowed: true,
    join_needs_approval: false,
  });
  world.edgeWorld.nowMs += 1_000;
  const allowed = await edge.ask("PATCH", `${CLASSES}/${id}`, { token: admin.token, body: { emotion_allowed: true } });
  assert.ok(allowed.body.emotion_allowed);
  assert.equal(allowed.body.emotion_decided_by, admin.id);
  assert.equal(allowed.body.emotion_decided_at, new Date(world.edgeWorld.nowMs).toISOString());
  assert.ok(world.edgeWorld.told.includes(`class policy ${id}`));
  const renamed = await edge.ask("PATCH", `${CLASSES}/${id}`, { token: teacher.token, body: { title: "8b" } });
  assert.deepEqual({ ...renamed.body, title: "7b" }, allowed.body);
});

Deno.test("[A4] a class is there for its owner and administrators alone; a list holds one's own, an administrator's all", async () => {
  const edge = await world.serve();
  const [owner, other, admin] = await edge.signUpAll("teacher", "teacher", "admin");
  const { body: made } = await edge.ask("POST", CLASSES, { token: owner.token, body: { title: "one" } });
  for (const [method, body] of [["GET", undefined], ["PATCH", { emotion_allowed: true }]] as const) {
    const answer = await edge.ask(method, `${CLASSES}/${made.id}`, { token: other.token, body });
    assert.deepEqual([answer.status, answer.body.code], [404, "not_found"]);
  }
  const listed = async (token: string) =>
    (await edge.ask("GET", `${CLASSES}?limit=100`, { token })).body.rows.map(({ id }: { id: string }) => id);
  assert.deepEqual(await listed(owner.token), [made.id]);
  assert.deepEqual(await listed(other.token), []);
  assert.ok((await listed(admin.token)).includes(made.id));
  for (const body of [{}, { title: "" }, { emotion_allowed: "yes" }, { title: "x".repeat(121) }]) {
    const answer = await edge.ask("PATCH", `${CLASSES}/${made.id}`, { token: owner.token, body });
    assert.equal(answer.status, 400, JSON.stringify(body));
  }
});

Deno.test("[A8] a class's title shows something, on one line, in its own direction", async () => {
  const edge = await world.serve();
  const { token } = await edge.signUp("teacher");
  const { body: made } = await edge.ask("POST", CLASSES, { token, body: { title: "one" } });
  for (const title of ["\u202eevil", "\ud800x", "x\ny", "\u200b", "\0"]) {
    for (const [method, path] of [["POST", CLASSES], ["PATCH", `${CLASSES}/${made.id}`]] as const) {
      const answer = await edge.ask(method, path, { token, body: { title } });
      assert.equal(answer.status, 400, `${method} ${JSON.stringify(title)}`);
    }
  }
});

Deno.test("[M1] a session names its class for good; a class that is not there, or not one's own, starts none", async () => {
  const edge = await world.serve();
  const [teacher, student] = await edge.signUpAll("teacher", "student");
  const made = { id: await edge.classOf(teacher, student) };
  const start = (class_id: string | null, key: string) =>
    edge.ask("POST", "/api/v1/sessions", {
      token: student.token,
      body: { course_id: "doubling", class_id },
      headers: { "idempotency-key": key },
    });
  for (const foreign of ["nowhere", await edge.classOf(teacher)]) {
    const unknown = await start(foreign, "a");
    assert.deepEqual([unknown.status, unknown.body.code], [422, "class_unknown"]);
  }
  const begun = await start(made.id, "b");
  assert.equal(begun.body.class_id, made.id);
  assert.equal((await start(made.id, "b")).body.id, begun.body.id);
  assert.equal((await start(null, "b")).body.code, "idempotency_key_reused");
  const { body: list } = await edge.ask("GET", "/api/v1/sessions", { token: student.token });
  assert.deepEqual(list.rows.map(({ class_id }: { class_id: string }) => class_id), [made.id]);
});
