/** Debates by REST on the real engine: opened for a class or to practise, held, read by who may, judged. */
import assert from "node:assert/strict";
import { debateAddress } from "../../src/domain/debate/messages.ts";
import type { HostDebateCommand, SpeakerDebateCommand } from "../../src/domain/debate/messages.ts";
import type { Role } from "../../src/domain/principal.ts";
import { debateRowJson } from "../../src/http/documents/debate_schemas.ts";
import { API } from "./access_row.ts";
import type { SignedUp } from "./edge_world.ts";
import { EngineWorld } from "./engine_world.ts";

const world = await EngineWorld.open();
Deno.test.afterAll(() => world.close());

const SCORES = { claim: 4, evidence: 0, reasoning: 2, rebuttal: 1, civility: 4 };

let commands = 0;

async function tell(debateId: string, who: SignedUp, role: Role, command: HostDebateCommand | SpeakerDebateCommand) {
  const from = {
    commandId: `t${++commands}`,
    origin: { kind: "client", principal: { userId: who.id, role } } as const,
  };
  const reply = await world.registry.tell(debateAddress(debateId), command, from);
  assert.equal(reply.kind, "done", JSON.stringify(reply));
}

Deno.test("[V8] a class's debate is seen by its speakers, the class and its teacher, by nobody else; the teacher judges who spoke", async () => {
  const edge = await world.serve();
  const [teacher, stranger] = await edge.signUpAll("teacher", "teacher");
  const [ada, ben, cat] = await edge.signUpAll("student", "student", "student");
  const other = await edge.signUp("student");
  const classId = await edge.classOf(teacher, ada, ben, cat);
  const open = (by: SignedUp, speaker: string) =>
    edge.ask("POST", `${API}/debates`, {
      token: by.token,
      body: { motion_id: "phones-away", class_id: classId, sides: { for: [ada.id], against: [speaker] } },
    });
  assert.equal((await open(stranger, ben.id)).status, 404, "not their class");
  assert.deepEqual([(await open(teacher, other.id)).status, (await open(teacher, other.id)).body.code], [
    422,
    "speaker_unknown",
  ]);
  assert.equal((await open(ada, ben.id)).status, 422, "a student debates with the AI");
  const opened = await open(teacher, ben.id);
  assert.equal(opened.status, 201, JSON.stringify(opened.body));
  const id: string = opened.body.debate_id;
  const path = `${API}/debates/${id}`;
  for (const who of [ada, ben, cat, teacher]) assert.equal((await edge.ask("GET", path, who)).status, 200);
  for (const who of [other, stranger]) assert.equal((await edge.ask("GET", path, who)).status, 404);
  await tell(id, teacher, "teacher", { type: "start" });
  const text = "Phones distract, because every message breaks a thought.";
  await tell(id, ada, "student", { type: "state", kind: "claim", target: null, text, source: null });
  const judge = () =>
    edge.ask("POST", `${path}/judgements`, { token: teacher.token, body: { user_id: ada.id, scores: SCORES } });
  assert.equal((await judge()).status, 409, "not over");
  await tell(id, teacher, "teacher", { type: "end_debate", reason: "The bell rings" });
  const judged = await judge();
  assert.equal(judged.status, 200, JSON.stringify(judged.body));
  const [own] = (await edge.ask("GET", path, ada)).body.judgements;
  assert.deepEqual([own.user_id, own.confirmed.criteria[0].score, own.draft], [ada.id, 4, null]);
  assert.deepEqual((await edge.ask("GET", path, cat)).body.judgements, []);
  const { body: rows } = await edge.ask("GET", `${API}/debates?class_id=${classId}&status=ended`, cat);
  assert.deepEqual(rows.rows.map(({ debate_id }: { debate_id: string }) => debate_id), [id]);
  assert.equal((await edge.ask("GET", `${API}/debates?class_id=${classId}`, other)).status, 404);
});

Deno.test("[V8] a debate follows its class: who leaves neither reads nor leads it, who comes does, and turns of the gone pass", async () => {
  const edge = await world.serve();
  const [owner, helper, late] = await edge.signUpAll("teacher", "teacher", "teacher");
  const [ada, ben, cat, dot] = await edge.signUpAll("student", "student", "student", "student");
  const classId = await edge.classOf(owner, ada, ben, cat);
  const members = `${API}/classes/${classId}/members`;
  const helps = (login: string) =>
    edge.ask("POST", members, { token: owner.token, body: { login, part: "co_teacher" } });
  const remove = (who: SignedUp) => edge.ask("DELETE", `${members}/${who.id}`, owner);
  await helps(helper.username);
  const { body: { debate_id: id } } = await edge.ask("POST", `${API}/debates`, {
    token: owner.token,
    body: { motion_id: "phones-away", class_id: classId, sides: { for: [ada.id], against: [ben.id] } },
  });
  const path = `${API}/debates/${id}`;
  const read = async (who: SignedUp) => (await edge.ask("GET", path, who)).status;
  await tell(id, helper, "teacher", { type: "start" });
  const text = "Phones distract, because every message breaks a thought.";
  await tell(id, ada, "student", { type: "state", kind: "claim", target: null, text, source: null });
  for (const who of [helper, ada, cat]) assert.equal((await remove(who)).status, 204);
  for (const who of [helper, ada, cat, dot, late]) assert.equal(await read(who), 404);
  await helps(late.username);
  const { body: { code } } = await edge.ask("POST", `${API}/classes/${classId}/join-code`, owner);
  await edge.ask("POST", `${API}/classes/join`, { token: dot.token, body: { code } });
  for (const who of [owner, late, ben, dot]) assert.equal(await read(who), 200);
  const { body: now } = await edge.ask("GET", path, dot);
  assert.deepEqual(
    [now.now.turn, now.left, now.statements.length],
    [2, [ada.id], 1],
    "ben's turn; what ada said stays",
  );
  await tell(id, late, "teacher", { type: "end_debate", reason: "The bell rings" });
  const judged = { user_id: ada.id, scores: SCORES };
  const judge = async (who: SignedUp) =>
    (await edge.ask("POST", `${path}/judgements`, { token: who.token, body: judged })).status;
  assert.deepEqual([await judge(helper), await judge(late)], [404, 200]);
});

Deno.test("[V3] anybody practises with the AI, which answers by the authored map and is marked in the view and the drawing", async () => {
  const edge = await world.serve();
  const ada = await edge.signUp("student");
  const body = { motion_id: "phase-out-zoos", ai_side: "for", statements_a_turn: 2 };
  const ask = () =>
    edge.ask("POST", `${API}/debates`, { token: ada.token, body, headers: { "idempotency-key": "zoo-1" } });
  const { status, body: opened } = await ask();
  assert.equal(status, 201, JSON.stringify(opened));
  const id: string = opened.debate_id;
  assert.equal((await ask()).body.debate_id, id, "the same key finds it again");
  const answered = Promise.withResolvers<void>();
  const heard: string[] = [];
  const watcher = {
    deliver: ({ type, data }: { readonly type: string; readonly data: unknown }) => {
      heard.push(JSON.stringify(data));
      if (type === "turn_ended") answered.resolve();
    },
    lost: (reason: string) => answered.reject(new RangeError(reason)),
  };
  const principal = { userId: ada.id, role: "student" } as const;
  await world.registry.watch(debateAddress(id), principal, null, watcher);
  await tell(id, ada, "student", { type: "start" });
  await answered.promise;
  world.registry.unwatch(debateAddress(id), watcher);
  const { body: now } = await edge.ask("GET", `${API}/debates/${id}`, ada);
  assert.equal(now.statements.length, 2);
  for (const one of now.statements) {
    assert.deepEqual([one.by.kind, one.by.label, one.worded_by], ["ai", "AI", "author"]);
  }
  assert.deepEqual([now.now.turn, now.map.edges], [2, [{ from: 2, to: 1, relation: "gives_evidence" }]]);
  const drawn = await edge.ask("GET", `${API}/debates/${id}/map.svg`, ada);
  assert.match(drawn.body, /^<svg .*claim · AI · unanswered/s);
  assert.ok(
    heard.filter((data) => data.includes("argument") || data.includes("worded_by")).every((d) => /"AI"/.test(d)),
  );
});

Deno.test("[V8] a student's practice in a class is listed to them and their teachers, not to classmates", async () => {
  const edge = await world.serve();
  const [teacher, ada, ben] = await edge.signUpAll("teacher", "student", "student");
  const classId = await edge.classOf(teacher, ada, ben);
  const body = { motion_id: "phase-out-zoos", class_id: classId, ai_side: "for" };
  const { body: { debate_id: id } } = await edge.ask("POST", `${API}/debates`, { token: ada.token, body });
  const listed = async (who: SignedUp) => {
    const { body: { rows } } = await edge.ask("GET", `${API}/debates?class_id=${classId}`, who);
    return rows.map((row: { debate_id: string; practice: boolean }) => [row.debate_id, row.practice]);
  };
  assert.deepEqual([await listed(ada), await listed(teacher), await listed(ben)], [[[id, true]], [[id, true]], []]);
  const status = async (who: SignedUp) => (await edge.ask("GET", `${API}/debates/${id}`, who)).status;
  assert.deepEqual([await status(ada), await status(teacher), await status(ben)], [200, 200, 404]);
});

Deno.test("[V8] [S5] of rows that do not say what is practice, those against the AI count as such", () => {
  const body = {
    class_id: "7b",
    motion_id: "phase-out-zoos",
    title: "Zoos",
    opened_by: "ada",
    opened_at: "2026-05-04T09:00:00.000Z",
  };
  const practice = (more: object) => {
    const stored = { ...body, ...more };
    const row = { actor: "debate/d1", ownerId: "7b", status: "ended", body: stored, createdAtMs: 4, updatedAtMs: 5 };
    return debateRowJson(row).practice;
  };
  assert.deepEqual([practice({ ai_side: "for" }), practice({ ai_side: null })], [true, false]);
  assert.ok(!practice({ ai_side: "for", practice: false }));
});

Deno.test("[V1] what no debate can be held by is refused with the reason", async () => {
  const edge = await world.serve();
  const { token } = await edge.signUp("student");
  const ask = async (body: object) => {
    const answer = await edge.ask("POST", `${API}/debates`, { token, body });
    return [answer.status, answer.body.code];
  };
  assert.deepEqual(await ask({ motion_id: "no-such", ai_side: "for" }), [422, "motion_unknown"]);
  assert.deepEqual(await ask({ motion_id: "nuclear-power" }), [422, "speaker_unknown"]);
  assert.deepEqual(await ask({ motion_id: "nuclear-power", ai_side: "for", opening_seconds: 5 }), [
    400,
    "validation_failed",
  ]);
});
