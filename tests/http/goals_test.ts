/** Goals by REST: each by itself in the profile, with its progress; safe against a profile set meanwhile. */
import assert from "node:assert/strict";
import { EngineWorld } from "./engine_world.ts";
import { smallCourse } from "./small_course.ts";
import { Practice } from "./practice.ts";

const world = await EngineWorld.open();
Deno.test.afterAll(() => world.close());

const API = "/api/v1";

Deno.test("[F7] goals are added once and let go by themselves; the rest of the profile stays", async () => {
  const edge = await world.serve();
  const { token } = await edge.signUp("student");
  const ask = (method: string, path: string) => edge.ask(method, `${API}${path}`, { token });
  const { headers } = await ask("GET", "/profile");
  const etag = headers.get("etag") ?? "";
  const body = { interests: ["chess"] };
  await edge.ask("PATCH", `${API}/profile`, { token, body, headers: { "if-match": etag } });
  for (const skill of ["redoubling", "doubling", "redoubling"]) {
    assert.equal((await ask("PUT", `/goals/doubling/${skill}`)).status, 200);
  }
  const { body: goals } = await ask("GET", "/goals");
  assert.deepEqual(goals.rows.map(({ skill_id }: { skill_id: string }) => skill_id), ["redoubling", "doubling"]);
  assert.equal((await ask("PUT", "/goals/doubling/none")).body.code, "skill_unknown");
  assert.equal((await ask("DELETE", "/goals/doubling/redoubling")).status, 204);
  assert.equal((await ask("DELETE", "/goals/doubling/redoubling")).status, 204);
  const { body: profile } = await ask("GET", "/profile");
  assert.deepEqual([profile.goals.length, profile.interests], [1, ["chess"]]);
});

Deno.test("[F7] goals added at the same moment are all there", async () => {
  const edge = await world.serve();
  const { token } = await edge.signUp("student");
  const skills = ["doubling", "redoubling"];
  const answers = await Promise.all(
    skills.map((skill) => edge.ask("PUT", `${API}/goals/doubling/${skill}`, { token })),
  );
  assert.deepEqual(answers.map(({ status }) => status), [200, 200]);
  const { body } = await edge.ask("GET", `${API}/goals`, { token });
  assert.equal(body.rows.length, 2);
});

Deno.test("[F7] a goal is reached when its skill is mastered by the answers", async () => {
  const edge = await world.serve();
  const { id, token } = await edge.signUp("student");
  await edge.ask("PUT", `${API}/goals/doubling/doubling`, { token });
  const [before] = (await edge.ask("GET", `${API}/goals?reached=no`, { token })).body.rows;
  assert.deepEqual([before.mastery, before.answers, before.reached], [null, 0, false]);
  const practice = new Practice(world.registry, smallCourse("doubling"));
  for (let i = 0; i < 14; i++) await practice.answer(id, 0, Date.UTC(2026, 0, 5, 8, i));
  const { body } = await edge.ask("GET", `${API}/goals?reached=yes`, { token });
  const [goal] = body.rows;
  assert.ok(goal?.mastery.low <= goal.mastery.probability, JSON.stringify(body));
  assert.equal(goal.answers, 14);
});
