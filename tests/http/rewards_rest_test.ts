/** Points, badges and feed by REST: what the learner's own journal says, a page at a time, to who may read it. */
import assert from "node:assert/strict";
import { systemClock } from "../../src/boot/system_ports.ts";
import { addressOf } from "../../src/domain/address.ts";
import { learnerAddress } from "../../src/domain/learner/messages.ts";
import { sessionOf } from "../domain/rewards/rewarded_learner.ts";
import { earnFirstBadge } from "./earn_first_badge.ts";
import type { Edge, SignedUp } from "./edge_world.ts";
import { EngineWorld } from "./engine_world.ts";

const world = await EngineWorld.open();
world.edgeWorld.nowMs = systemClock.nowMs();
Deno.test.afterAll(() => world.close());

const API = "/api/v1";
let sessions = 0;

async function completeSession({ id }: SignedUp, score: number): Promise<void> {
  const sessionId = `rest-${++sessions}`;
  const session = sessionOf(sessionId, { answered: score, correct: score, scoreSum: score });
  const origin = { kind: "actor", sender: addressOf("session", sessionId), seq: 1 } as const;
  const from = { commandId: `session/${sessionId}:1`, origin };
  const reply = await world.registry.tell(learnerAddress(id), { type: "record_session", session }, from);
  assert.equal(reply.kind, "done", JSON.stringify(reply));
}

interface LedgerRow {
  readonly entry_id: string;
  readonly account: string;
  readonly amount: number;
  readonly balance: number;
  readonly reverses: string | null;
  readonly reason: string | null;
}

/** Every row of a list, two a page. */
async function allRows<Row>(edge: Edge, path: string, token: string): Promise<readonly Row[]> {
  const rows: Row[] = [];
  let cursor = "";
  do {
    const { status, body } = await edge.ask("GET", `${API}${path}?limit=2${cursor}`, { token });
    assert.equal(status, 200, JSON.stringify(body));
    assert.ok(body.rows.length <= 2);
    rows.push(...body.rows);
    cursor = body.next === null ? "" : `&cursor=${body.next}`;
  } while (cursor !== "");
  return rows;
}

Deno.test("[G1] the ledger by REST holds every entry once, newest first, and sums to the balance", async () => {
  const edge = await world.serve();
  const learner = await edge.signUp("student");
  await earnFirstBadge(world.registry, learner.id);
  for (const score of [3, 7, 12]) await completeSession(learner, score);
  const { body: points } = await edge.ask("GET", `${API}/points`, { token: learner.token });
  const rows = await allRows<LedgerRow>(edge, "/points/ledger", learner.token);
  assert.equal(rows.length, points.entries);
  assert.equal(new Set(rows.map(({ entry_id }) => entry_id)).size, rows.length);
  assert.equal(rows.reduce((sum, { amount }) => sum + amount, 0), points.balance);
  rows.forEach(({ amount, balance }, i) => assert.equal(balance - amount, rows[i + 1]?.balance ?? 0));
  const given: Record<string, number> = points.given;
  assert.equal(Object.values(given).reduce((sum, amount) => sum + amount, 0), points.balance);
  assert.equal(points.week_points, points.balance);
  const { body: levels } = await edge.ask("GET", `${API}/levels`, { token: learner.token });
  assert.equal(levels.rows[points.level - 1].starts_at, points.level_starts_at);
});

Deno.test("[G11] [G10] staff take an entry back with a reason: ledger, feed and credentials of lost badges say so", async () => {
  const edge = await world.serve();
  const [learner, teacher] = await edge.signUpAll("student", "teacher");
  await edge.classOf(teacher, learner);
  for (let i = 0; i < 26; i += 1) await completeSession(learner, 50);
  const ten = `${API}/badges/level-ten/credential`;
  const { body: issued } = await edge.ask("POST", ten, { token: learner.token });
  assert.equal(typeof issued.jwt, "string", JSON.stringify(issued));
  const reversals = `${API}/learners/${learner.id}/points/reversals`;
  const takeBack = (token: string, entry_id: string, reason = "played by a friend") =>
    edge.ask("POST", reversals, { token, body: { entry_id, reason } });
  const rows = () => allRows<LedgerRow>(edge, "/points/ledger", learner.token);
  const sessionsPaid = (await rows()).filter(({ account }) => account === "sessions").map(({ entry_id }) => entry_id);
  const [first = "", ...others] = sessionsPaid;
  assert.equal((await takeBack(learner.token, first)).status, 403);
  assert.equal((await takeBack(teacher.token, first, " ")).status, 400);
  assert.deepEqual([(await takeBack(teacher.token, "sessions.none")).body.code], ["unknown_entry"]);
  const { body: before } = await edge.ask("GET", `${API}/points`, { token: learner.token });
  const { status, body: after } = await takeBack(teacher.token, first);
  assert.equal(status, 200, JSON.stringify(after));
  assert.equal(before.balance - after.balance, 50);
  const again = await takeBack(teacher.token, first);
  assert.deepEqual([again.status, again.body.code], [409, "reversed_before"]);
  const [reversal] = await rows();
  assert.deepEqual([reversal?.reverses, reversal?.amount, reversal?.reason], [first, -50, "played by a friend"]);
  const lost: string[] = [];
  for (const entry of others) lost.push(...(await takeBack(teacher.token, entry)).body.badges_revoked);
  assert.ok(lost.includes("level-ten"), lost.join());
  const all = await rows();
  assert.equal(all.reduce((sum, { amount }) => sum + amount, 0), all[0]?.balance);
  const { body: verified } = await edge.ask("POST", `${API}/credentials/verify`, { body: { jwt: issued.jwt } });
  const { body: published } = await edge.ask("GET", `${API}/credentials/revocations`);
  for (const told of [verified, published]) {
    assert.doesNotMatch(JSON.stringify(told), /friend/);
    assert.match(JSON.stringify(told), /badge_lost/);
  }
  const { body: own } = await edge.ask("GET", `${API}/credentials`, { token: learner.token });
  assert.deepEqual([own.rows[0]?.revoked.code, own.rows[0]?.revoked.reason], ["badge_lost", "played by a friend"]);
  assert.equal((await edge.ask("POST", ten, { token: learner.token })).body.code, "badge_not_earned");
  const { body: told } = await edge.ask("GET", `${API}/achievements?types=badge_revoked`, { token: learner.token });
  assert.ok(told.rows.some(({ data }: { data: { badge_id: string } }) => data.badge_id === "level-ten"));
});

Deno.test("[G10] [G11] a credential is lost in the turn that takes its badge, and a badge earned again has one of its own", async () => {
  const edge = await world.serve();
  const [learner, teacher] = await edge.signUpAll("student", "teacher");
  await edge.classOf(teacher, learner);
  for (let i = 0; i < 26; i += 1) await completeSession(learner, 50);
  const issue = () => edge.ask("POST", `${API}/badges/level-ten/credential`, { token: learner.token });
  const stands = async (jwt: string): Promise<boolean | undefined> => {
    const { body } = await edge.ask("POST", `${API}/credentials/verify`, { body: { jwt } });
    const checks: readonly { readonly check: string; readonly ok: boolean }[] = body.checks;
    return checks.find(({ check }) => check === "status")?.ok;
  };
  const { body: first } = await issue();
  assert.ok(await stands(first.jwt));
  const origin = { kind: "client", principal: { userId: teacher.id, role: "teacher" } } as const;
  const paid = await allRows<LedgerRow>(edge, "/points/ledger", learner.token);
  // The turn alone, as it stands when the process dies after its commit.
  for (const { entry_id: entryId } of paid.filter(({ account }) => account === "sessions")) {
    const command = { type: "take_back_points", entryId, reason: "Copied \ud800 \u0000." } as const;
    const reply = await world.registry.tell(learnerAddress(learner.id), command, { commandId: entryId, origin });
    assert.equal(reply.kind, "done", JSON.stringify(reply));
  }
  assert.ok(!await stands(first.jwt));
  const one = `${API}/credentials/${first.id}`;
  const refused = await edge.ask("GET", one, { token: learner.token });
  assert.deepEqual([refused.status, refused.body.code], [409, "credential_revoked"]);
  const listed = async () => {
    const { body } = await edge.ask("GET", `${API}/credentials/revocations`);
    return body.revokedCredentials.map(({ id }: { id: string }) => id);
  };
  assert.ok((await listed()).includes(`urn:uuid:${first.id}`));
  assert.equal((await issue()).body.code, "badge_not_earned");
  for (let i = 0; i < 26; i += 1) await completeSession(learner, 50);
  const { status, body: anew } = await issue();
  assert.equal(status, 200, JSON.stringify(anew));
  assert.deepEqual([await stands(anew.jwt), await stands(first.jwt)], [true, false]);
  assert.equal((await issue()).body.id, anew.id);
  assert.ok(!(await listed()).includes(`urn:uuid:${anew.id}`));
  // Revoked by a person it stays so, though the badge is still there.
  const revoke = { token: teacher.token, body: { reason: "Once more." } };
  assert.equal((await edge.ask("POST", `${API}/credentials/${anew.id}/revoke`, revoke)).status, 200);
  assert.deepEqual([await stands(anew.jwt), (await issue()).body.code], [false, "credential_revoked"]);
  const late = await edge.ask("POST", `${one}/revoke`, revoke);
  assert.match(late.body.revoked.reason, /^Copied/, "what came first stays");
});

Deno.test("[G3] badges say what is earned and how far the others are, and can be filtered", async () => {
  const edge = await world.serve();
  const learner = await edge.signUp("student");
  await earnFirstBadge(world.registry, learner.id);
  const { body: all } = await edge.ask("GET", `${API}/badges`, { token: learner.token });
  const { body: earned } = await edge.ask("GET", `${API}/badges?earned=yes`, { token: learner.token });
  const { body: open } = await edge.ask("GET", `${API}/badges?earned=no`, { token: learner.token });
  assert.equal(all.rows.length, earned.rows.length + open.rows.length);
  assert.deepEqual(earned.rows.map(({ badge_id }: { badge_id: string }) => badge_id), ["first-answer"]);
  const hundred = open.rows.find(({ badge_id }: { badge_id: string }) => badge_id === "hundred-right");
  assert.deepEqual(hundred.progress, { figure: "right_answers", value: 1, at_least: 100 });
});

Deno.test("[A7] a feed pages through what happened, by type, to its learner and staff; a false cursor or type is refused", async () => {
  const edge = await world.serve();
  const learner = await edge.signUp("student");
  await earnFirstBadge(world.registry, learner.id);
  await completeSession(learner, 5);
  type Row = { seq: number; type: string };
  const rows = await allRows<Row>(edge, "/activity-feed", learner.token);
  assert.deepEqual(rows.map(({ seq }) => seq), rows.map(({ seq }) => seq).sort((a, b) => b - a));
  const types = new Set(rows.map(({ type }) => type));
  for (const type of ["session_recorded", "points_awarded", "badge_earned", "streak_extended"]) {
    assert.ok(types.has(type), type);
  }
  const query = `${API}/activity-feed?types=badge_earned,session_recorded&learner_id=${learner.id}`;
  const teacher = await edge.signUp("teacher");
  await edge.classOf(teacher, learner);
  const { body: filtered } = await edge.ask("GET", query, { token: teacher.token });
  const wanted = rows.filter(({ type }) => type === "badge_earned" || type === "session_recorded");
  assert.deepEqual(filtered.rows.map(({ seq }: Row) => seq), wanted.map(({ seq }) => seq));
  const { body: achievements } = await edge.ask("GET", `${API}/achievements`, { token: learner.token });
  assert.ok(achievements.rows.every(({ type }: Row) => type === "badge_earned"));
  const other = await edge.signUp("student");
  assert.equal((await edge.ask("GET", query, { token: other.token })).status, 403);
  for (const wrong of ["cursor=abc", "types=answer_recorded", "limit=0"]) {
    const refused = await edge.ask("GET", `${API}/activity-feed?${wrong}`, { token: learner.token });
    assert.deepEqual([refused.status, refused.body.code], [400, "validation_failed"], wrong);
  }
  const nobody = `${API}/points?learner_id=nobody`;
  assert.equal((await edge.ask("GET", nobody, { token: teacher.token })).status, 404);
});
