/** Leaderboards by REST: who has asked to be on them sees and is seen, nobody else. */
import assert from "node:assert/strict";
import { systemClock } from "../../src/boot/system_ports.ts";
import { addressOf } from "../../src/domain/address.ts";
import { learnerAddress } from "../../src/domain/learner/messages.ts";
import { sessionOf } from "../domain/rewards/rewarded_learner.ts";
import type { Edge, SignedUp } from "./edge_world.ts";
import { EngineWorld } from "./engine_world.ts";

const world = await EngineWorld.open();
// The engine books points by its own clock; the edge is to be in the same week.
world.edgeWorld.nowMs = systemClock.nowMs();
Deno.test.afterAll(() => world.close());

const API = "/api/v1";
let sessions = 0;

/** A session of the class that the learner brings to its end with so many points of score. */
async function completeSession({ id }: SignedUp, classId: string | null, score: number): Promise<void> {
  const sessionId = `board-${++sessions}`;
  const session = { ...sessionOf(sessionId, { answered: score, correct: score, scoreSum: score }), classId };
  const origin = { kind: "actor", sender: addressOf("session", sessionId), seq: 1 } as const;
  const from = { commandId: `session/${sessionId}:1`, origin };
  const reply = await world.registry.tell(learnerAddress(id), { type: "record_session", session }, from);
  assert.equal(reply.kind, "done", JSON.stringify(reply));
}

async function setShown(edge: Edge, { token }: SignedUp, on_leaderboards: boolean): Promise<void> {
  const { headers } = await edge.ask("GET", `${API}/profile`, { token });
  const etag = headers.get("etag") ?? "";
  const set = await edge.ask("PATCH", `${API}/profile`, {
    token,
    body: { on_leaderboards },
    headers: { "if-match": etag },
  });
  assert.equal(set.status, 200, JSON.stringify(set.body));
}

Deno.test("[G8] learners see the boards they are on: those who asked, with ranks, in this week and over all time", async () => {
  const edge = await world.serve();
  const teacher = await edge.signUp("teacher");
  const [ada, ben, cleo] = await edge.signUpAll("student", "student", "student");
  const made = { id: await edge.classOf(teacher, ada, ben, cleo) };
  const [shown, hidden] = [true, false];
  for (const [person, score] of [[ada, 9], [ben, 9], [cleo, 40]] as const) {
    await completeSession(person, made.id, score);
    if (person !== cleo) await setShown(edge, person, shown);
  }
  const board = (token: string, path: string) => edge.ask("GET", `${API}${path}`, { token });
  const refused = await board(cleo.token, "/leaderboards");
  assert.deepEqual([refused.status, refused.body.code], [403, "not_on_leaderboard"]);
  const ofClass = `/classes/${made.id}/leaderboard`;
  assert.equal((await board(cleo.token, ofClass)).status, 404);
  for (const path of ["/leaderboards", "/leaderboards?span=all_time", ofClass, `${ofClass}?span=all_time`]) {
    const seen = await board(ada.token, path);
    assert.equal(seen.status, 200, path);
    const rows: { rank: number; is_you: boolean; points: number }[] = seen.body.rows;
    assert.deepEqual(rows.map(({ rank }) => rank), [1, 1], path);
    assert.deepEqual(rows.filter(({ is_you }) => is_you).length, 1);
    assert.ok(rows.every(({ points }) => points > 9), "the session and its badges");
  }
  const { body: first } = await board(teacher.token, `${ofClass}?limit=1`);
  const { body: second } = await board(teacher.token, `${ofClass}?limit=1&cursor=${first.next}`);
  assert.deepEqual([first.rows.length, second.rows.length, second.next], [1, 1, null]);
  assert.notEqual(first.rows[0].username, second.rows[0].username);
  await setShown(edge, ben, hidden);
  assert.equal((await board(ada.token, ofClass)).body.rows.length, 1);
  assert.equal((await board(ben.token, ofClass)).status, 404);
  const off = await edge.ask("PATCH", `${API}/classes/${made.id}`, {
    token: teacher.token,
    body: { leaderboards_allowed: false },
  });
  assert.ok(!off.body.leaderboards_allowed);
  assert.equal((await board(ada.token, "/leaderboards")).status, 403);
  assert.equal((await board(ada.token, ofClass)).status, 404);
  assert.deepEqual((await board(teacher.token, ofClass)).body.rows, []);
});

Deno.test("[G8] [A7] who was taken off a class's roster neither sees its board nor stands on it", async () => {
  const edge = await world.serve();
  const [teacher, ada, ben] = await edge.signUpAll("teacher", "student", "student");
  const classId = await edge.classOf(teacher, ada, ben);
  const isShown = true;
  for (const person of [ada, ben]) {
    await completeSession(person, classId, 9);
    await setShown(edge, person, isShown);
  }
  const path = `${API}/classes/${classId}/leaderboard`;
  const namesSeenBy = async ({ token }: SignedUp) =>
    (await edge.ask("GET", path, { token })).body.rows.map(({ username }: { username: string }) => username);
  assert.deepEqual((await namesSeenBy(ben)).toSorted(), [ada.username, ben.username].toSorted());
  const left = await edge.ask("DELETE", `${API}/classes/${classId}/members/${ben.id}`, { token: teacher.token });
  assert.equal(left.status, 204);
  assert.equal((await edge.ask("GET", path, { token: ben.token })).status, 404);
  for (const reader of [ada, teacher]) assert.deepEqual(await namesSeenBy(reader), [ada.username]);
  assert.equal((await edge.ask("GET", `${API}/leaderboards`, { token: ben.token })).status, 200);
});

Deno.test("[G8] a wrong span or cursor is refused, and what is told names no ids", async () => {
  const edge = await world.serve();
  const dan = await edge.signUp("student");
  const isShown = true;
  await setShown(edge, dan, isShown);
  for (const query of ["span=year", "span="]) {
    assert.equal((await edge.ask("GET", `${API}/leaderboards?${query}`, { token: dan.token })).status, 400, query);
  }
  const { body } = await edge.ask("GET", `${API}/leaderboards`, { token: dan.token });
  assert.ok(!JSON.stringify(body).includes(dan.id));
});
