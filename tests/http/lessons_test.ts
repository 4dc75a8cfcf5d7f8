/** Live lessons by REST: opened for a class, found by who is in it, told of every change of its roster. */
import assert from "node:assert/strict";
import { z } from "zod";
import { classroomAddress } from "../../src/domain/classroom/messages.ts";
import type { Edge, SignedUp } from "./edge_world.ts";
import { EngineWorld } from "./engine_world.ts";

const world = await EngineWorld.open();
Deno.test.afterAll(() => world.close());

const API = "/api/v1";
const LESSON = { course_id: "doubling", title: "Twice", mode: "teacher_paced", leaderboard: true };

async function aClass(edge: Edge) {
  const [teacher, ada] = await edge.signUpAll("teacher", "student");
  const { body } = await edge.ask("POST", `${API}/classes`, { token: teacher.token, body: { title: "7b" } });
  const path = `${API}/classes/${body.id}`;
  const add = async (who: SignedUp, part = "student") => {
    await edge.ask("POST", `${path}/members`, { token: teacher.token, body: { login: who.username, part } });
    await edge.ask("POST", `${API}/invitations/${body.id}/accept`, { token: who.token });
  };
  await add(ada);
  return { id: body.id, path, teacher, ada, add };
}

const rosterSchema = z.object({ upserted: z.array(z.object({ userId: z.string(), onLeaderboards: z.boolean() })) });

const idsOf = async (edge: Edge, path: string, { token }: SignedUp) =>
  (await edge.ask("GET", path, { token })).body.rows.map(({ id }: { id: string }) => id);

Deno.test("[A11] a teacher opens a lesson once a key; who is in the class finds it and sees their own part of it", async () => {
  const edge = await world.serve();
  const { id: classId, path, teacher, ada } = await aClass(edge);
  const open = (body: object) =>
    edge.ask("POST", `${path}/lessons`, { token: teacher.token, body, headers: { "idempotency-key": "one" } });
  const opened = await open(LESSON);
  assert.equal(opened.status, 201, JSON.stringify(opened.body));
  const { id, students } = opened.body;
  assert.equal(opened.headers.get("location"), `${API}/lessons/${id}`);
  assert.deepEqual(students.map((student: { user_id: string }) => student.user_id), [ada.id]);
  assert.equal((await open(LESSON)).body.id, id);
  assert.equal((await open({ ...LESSON, mode: "mixed" })).body.code, "idempotency_key_reused");
  assert.equal((await open({ ...LESSON, course_id: "none" })).body.code, "course_unknown");
  assert.deepEqual([await idsOf(edge, `${path}/lessons`, teacher), await idsOf(edge, `${API}/lessons`, ada)], [[id], [
    id,
  ]]);
  const { body: { rows: [row] } } = await edge.ask("GET", `${API}/lessons`, { token: ada.token });
  assert.deepEqual([row.class_id, row.title, row.mode, row.status], [classId, "Twice", "teacher_paced", "open"]);
  const { body: seen } = await edge.ask("GET", `${API}/lessons/${id}`, { token: ada.token });
  assert.deepEqual([seen.admission, seen.time_multiplier, "students" in seen], ["admitted", 1, false]);
  const stranger = await edge.signUp("student");
  assert.deepEqual(await idsOf(edge, `${API}/lessons`, stranger), []);
  assert.equal((await edge.ask("GET", `${API}/lessons/${id}`, { token: stranger.token })).status, 404);
});

Deno.test("[A11] a lesson hears of who comes, what is arranged for them and who leaves; nobody waits in it for the class", async () => {
  const edge = await world.serve();
  const { id: classId, path, teacher, ada, add } = await aClass(edge);
  const { token } = teacher;
  const { body: { id } } = await edge.ask("POST", `${path}/lessons`, { token, body: LESSON });
  const students = async () =>
    (await edge.ask("GET", `${API}/lessons/${id}`, { token })).body.students.map(
      (row: { user_id: string; time_multiplier: number | null }) => [row.user_id, row.time_multiplier],
    );
  await edge.ask("PATCH", path, { token, body: { join_needs_approval: true } });
  const ben = await edge.signUp("student");
  const { body: { code } } = await edge.ask("POST", `${path}/join-code`, { token });
  await edge.ask("POST", `${API}/classes/join`, { token: ben.token, body: { code } });
  assert.deepEqual(await students(), [[ada.id, 1]]);
  assert.deepEqual(await idsOf(edge, `${API}/lessons`, ben), []);
  await edge.ask("PATCH", `${path}/members/${ben.id}`, { token, body: { admitted: true, time_multiplier: null } });
  assert.deepEqual((await students()).toSorted(), [[ada.id, 1], [ben.id, null]].toSorted());
  await edge.ask("DELETE", `${API}/memberships/${classId}`, { token: ada.token });
  assert.equal((await edge.ask("GET", `${API}/lessons/${id}`, { token: ada.token })).status, 404);
  const helper = await edge.signUp("teacher");
  await add(helper, "co_teacher");
  assert.equal((await edge.ask("GET", `${API}/lessons/${id}`, { token: helper.token })).body.students.length, 1);
  assert.equal((await edge.ask("DELETE", path, { token })).status, 204);
  for (const who of [teacher, helper, ben]) {
    assert.equal((await edge.ask("GET", `${API}/lessons/${id}`, { token: who.token })).status, 404);
  }
});

Deno.test("[A11] a lesson hears at once who wants to stand on its leaderboard, and who does no more", async () => {
  const edge = await world.serve();
  const { path, teacher, ada, add } = await aClass(edge);
  await add(await edge.signUp("student"));
  const { body: { id } } = await edge.ask("POST", `${path}/lessons`, { token: teacher.token, body: LESSON });
  const wish = async (on_leaderboards: boolean) => {
    const { headers } = await edge.ask("GET", `${API}/profile`, { token: ada.token });
    const { status } = await edge.ask("PATCH", `${API}/profile`, {
      token: ada.token,
      body: { on_leaderboards },
      headers: { "if-match": headers.get("etag") ?? "" },
    });
    assert.equal(status, 200);
  };
  for (const shown of [true, false]) await wish(shown);
  await edge.ask("PATCH", `${API}/profile`, { token: ada.token, body: { pace: "fast" } });
  const told = await world.edgeWorld.store.history.page(classroomAddress(id), ["roster_changed"], 0, 9);
  const shown = told.map(({ body }) => rosterSchema.parse(body).upserted);
  assert.deepEqual(shown, [[{ userId: ada.id, onLeaderboards: true }], [{ userId: ada.id, onLeaderboards: false }]]);
});
