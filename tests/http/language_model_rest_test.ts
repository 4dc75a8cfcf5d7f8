/** Language models by REST: what administrators see of them, and the switch of each class. */
import assert from "node:assert/strict";
import type { LlmCall } from "../../src/domain/llm/call_records.ts";
import { API } from "./access_row.ts";
import { EdgeWorld } from "./edge_world.ts";

const world = await EdgeWorld.open();
Deno.test.afterAll(() => world.close());

Deno.test("[U10] an administrator finds a learner's calls by the account, and reads pseudonyms and costs alone", async () => {
  const edge = await world.serve();
  const admin = await edge.signUp("admin");
  const learner = await edge.signUp("student");
  const call: LlmCall = {
    id: crypto.randomUUID(),
    atMs: world.nowMs,
    purpose: "tutor",
    model: "small",
    promptHash: "cd".repeat(32),
    learner: await world.llmDesk.pseudonymOf(learner.id),
    classId: null,
    tokensIn: 40,
    tokensOut: 10,
    firstTextMs: 12,
    answerMs: 34,
    tries: 1,
    outcome: "answered",
  };
  await world.store.llmCalls.record(call);
  await world.store.llmCalls.record({ ...call, id: crypto.randomUUID(), learner: "somebody else" });
  const path = `${API}/language-model/calls?learner_id=${learner.id}`;
  const { status, body } = await edge.ask("GET", path, { token: admin.token });
  assert.equal(status, 200);
  assert.deepEqual(body.rows.map(({ id }: { id: string }) => id), [call.id]);
  assert.deepEqual([body.rows[0].tokens_in, body.rows[0].outcome, body.next], [40, "answered", null]);
  const bad = await edge.ask("GET", `${API}/language-model/calls?outcome=maybe`, { token: admin.token });
  assert.equal(bad.status, 400);
});

Deno.test("[U10] an administrator sees which model serves, its circuit and its budgets, or that there is none", async () => {
  const edge = await world.serve();
  const { token } = await edge.signUp("admin");
  const none = await edge.ask("GET", `${API}/language-model`, { token });
  assert.deepEqual(none.body, { model: null, circuit: "closed", calls_under_way: 0, tokens_a_day: null });
  world.llmDesk = {
    ...world.llmDesk,
    standing: () => ({ model: "small", circuit: "open", calls: 2 }),
    limits: { learnerDay: 10, classDay: 100 },
  };
  const served = await world.serve();
  const now = await served.ask("GET", `${API}/language-model`, { token });
  assert.deepEqual(now.body, {
    model: "small",
    circuit: "open",
    calls_under_way: 2,
    tokens_a_day: { learner: 10, class: 100 },
  });
});

Deno.test("[U6] a teacher switches models off in their class and on again; an administrator's no is theirs to lift", async () => {
  const edge = await world.serve();
  const teacher = await edge.signUp("teacher");
  const admin = await edge.signUp("admin");
  const made = await edge.ask("POST", `${API}/classes`, { token: teacher.token, body: { title: "7b" } });
  const path = `${API}/classes/${made.body.id}/language-model`;
  const put = (token: string, allowed: boolean) => edge.ask("PUT", path, { token, body: { allowed } });
  const [off, on] = [false, true];
  assert.deepEqual((await edge.ask("GET", path, { token: teacher.token })).body, {
    allowed: true,
    decided_by: null,
    decided_at: null,
  });
  assert.equal((await put(teacher.token, off)).body.allowed, off);
  assert.equal((await put(teacher.token, on)).body.decided_by, teacher.id);
  assert.equal((await put(admin.token, off)).status, 200);
  assert.equal((await put(teacher.token, on)).status, 403);
  assert.equal((await put(teacher.token, off)).status, 200);
  assert.equal((await put(admin.token, on)).body.allowed, on);
});
