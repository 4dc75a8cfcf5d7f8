/** Rosters by REST: who comes in, who waits, what is arranged for whom, and who may see it. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { JOIN_CODE_LENGTH, joinCodeFrom, readJoinCode } from "../../src/domain/school/join_code.ts";
import { DEFAULT_RATE_RULES } from "../../src/http/rate_limit.ts";
import type { Edge, SignedUp } from "./edge_world.ts";
import { EngineWorld } from "./engine_world.ts";

const engine = await EngineWorld.open();
const world = engine.edgeWorld;
Deno.test.afterAll(() => engine.close());

const API = "/api/v1";

async function classOf(edge: Edge, teacher: SignedUp): Promise<string> {
  const { body } = await edge.ask("POST", `${API}/classes`, { token: teacher.token, body: { title: "7b" } });
  return `${API}/classes/${body.id}`;
}

async function openTo(edge: Edge, path: string, { token }: SignedUp): Promise<string> {
  return (await edge.ask("POST", `${path}/join-code`, { token })).body.code;
}

const join = (edge: Edge, { token }: SignedUp, code: string) =>
  edge.ask("POST", `${API}/classes/join`, { token, body: { code } });

const roster = async (edge: Edge, path: string, { token }: SignedUp) =>
  (await edge.ask("GET", `${path}/members?limit=100`, { token })).body.rows;

Deno.test("[A10] codes are read whatever way they are written down, and nothing else is one", () => {
  fc.assert(fc.property(fc.uint8Array({ minLength: JOIN_CODE_LENGTH, maxLength: JOIN_CODE_LENGTH }), (bytes) => {
    const code = joinCodeFrom(bytes);
    assert.match(code, /^[0-9A-HJKMNP-TV-Z]{7}$/);
    assert.equal(readJoinCode(code), code);
    const spoken = ` ${code.slice(0, 3).toLowerCase()}-${code.slice(3).replaceAll("0", "o").replaceAll("1", "l")} `;
    assert.equal(readJoinCode(spoken), code);
    assert.equal(readJoinCode(`${code}2`), null);
    assert.equal(readJoinCode(`U${code.slice(1)}`), null);
  }));
});

Deno.test("[A10] a student joins by code or link, once; a replaced or closed code leads nowhere", async () => {
  const edge = await engine.serve();
  const [teacher, ada] = await edge.signUpAll("teacher", "student");
  const path = await classOf(edge, teacher);
  assert.equal((await edge.ask("GET", `${path}/join-code`, { token: teacher.token })).status, 404);
  const code = await openTo(edge, path, teacher);
  const { body: shown } = await edge.ask("GET", `${path}/join-code`, { token: teacher.token });
  assert.deepEqual(shown, { code, link: `https://learn.school.example/join?code=${code}` });
  const drawn = await edge.ask("GET", `${path}/join-code.svg`, { token: teacher.token });
  assert.match(drawn.headers.get("content-type") ?? "", /^image\/svg\+xml/);
  assert.match(drawn.body, /^<svg .*<path .*<\/svg>$/s);
  const joined = await join(edge, ada, ` ${code.toLowerCase()} `);
  assert.equal(joined.status, 201);
  assert.deepEqual(joined.body, {
    class_id: path.split("/").at(-1),
    title: "7b",
    part: "student",
    admitted: true,
    invited: false,
    time_multiplier: 1,
    leaderboards_allowed: true,
    added_by: null,
    joined_at: new Date(world.nowMs).toISOString(),
  });
  const again = await join(edge, ada, code);
  assert.deepEqual([again.status, again.body], [200, joined.body]);
  const next = await openTo(edge, path, teacher);
  for (const wrong of [code, "7KQ4ZPM", "x", "%"]) {
    const answer = await join(edge, ada, wrong);
    assert.deepEqual([answer.status, answer.body.code], [404, "join_code_unknown"], wrong);
  }
  await edge.ask("DELETE", `${path}/join-code`, { token: teacher.token });
  assert.equal((await join(edge, await edge.signUp("student"), next)).status, 404);
});

Deno.test("[A10] without a public address there is a code but no link; guessing ends after a few tries", async () => {
  const edge = await engine.serve({ publicUrl: null });
  const [teacher, eve] = await edge.signUpAll("teacher", "student");
  const path = await classOf(edge, teacher);
  await openTo(edge, path, teacher);
  assert.equal((await edge.ask("GET", `${path}/join-code`, { token: teacher.token })).body.link, null);
  const drawn = await edge.ask("GET", `${path}/join-code.svg`, { token: teacher.token });
  assert.deepEqual([drawn.status, drawn.body.code], [409, "no_public_url"]);
  const statuses: number[] = [];
  for (let i = 0; i <= DEFAULT_RATE_RULES.join.requestsMax; i++) {
    statuses.push((await join(edge, eve, "0000000")).status);
  }
  assert.deepEqual(statuses.slice(-2), [404, 429]);
});

Deno.test("[A9] where the class asks for it one waits, is no part of it until admitted, and hears what is arranged", async () => {
  const edge = await engine.serve();
  const [teacher, ada] = await edge.signUpAll("teacher", "student");
  const path = await classOf(edge, teacher);
  const asks = await edge.ask("PATCH", path, { token: teacher.token, body: { join_needs_approval: true } });
  assert.ok(asks.body.join_needs_approval);
  const code = await openTo(edge, path, teacher);
  assert.ok(!(await join(edge, ada, code)).body.admitted);
  const change = (body: object, token = teacher.token) =>
    edge.ask("PATCH", `${path}/members/${ada.id}`, { token, body });
  for (const body of [{}, { admitted: false }, { time_multiplier: 0.5 }, { time_multiplier: 6 }, { part: "teacher" }]) {
    assert.equal((await change(body)).status, 400, JSON.stringify(body));
  }
  const changed = await change({ admitted: true, time_multiplier: null, leaderboards_allowed: false });
  assert.equal(changed.status, 200);
  const arranged = { admitted: true, time_multiplier: null, leaderboards_allowed: false };
  const { body: { rows: [mine] } } = await edge.ask("GET", `${API}/memberships`, { token: ada.token });
  assert.deepEqual({ ...mine, ...arranged }, mine);
  assert.ok(!("username" in mine) && mine.title === "7b");
  assert.ok(world.told.includes(`roster ${mine.class_id} ${ada.id}`));
  assert.equal((await change({ admitted: true }, ada.token)).status, 403);
  assert.equal((await edge.ask("DELETE", `${API}/memberships/${mine.class_id}`, { token: ada.token })).status, 204);
  assert.deepEqual((await roster(edge, path, teacher)).map(({ part }: { part: string }) => part), ["teacher"]);
});

Deno.test("[A9] teachers invite accounts by name; students cannot be made to teach", async () => {
  const edge = await engine.serve();
  const [teacher, helper, ada] = await edge.signUpAll("teacher", "teacher", "student");
  const path = await classOf(edge, teacher);
  const add = (login: string, part?: string) =>
    edge.ask("POST", `${path}/members`, { token: teacher.token, body: { login, ...part && { part } } });
  const added = await add(ada.username);
  assert.deepEqual([added.status, added.body.user_id, added.body.added_by], [201, ada.id, teacher.id]);
  assert.deepEqual([added.body.admitted, added.body.invited], [false, true]);
  const refusals = [
    [await add(`${ada.username}@school.example`), 409, "already_member"],
    [await add("nobody at all"), 422, "account_unknown"],
    [await add((await edge.signUp("student")).username, "co_teacher"), 422, "cannot_teach"],
    [
      await edge.ask("PATCH", `${path}/members/${ada.id}`, { token: teacher.token, body: { part: "co_teacher" } }),
      422,
      "cannot_teach",
    ],
    [
      await edge.ask("PATCH", `${path}/members/${teacher.id}`, { token: teacher.token, body: { part: "student" } }),
      409,
      "class_owner",
    ],
    [await edge.ask("DELETE", `${path}/members/${teacher.id}`, { token: teacher.token }), 409, "class_owner"],
    [await edge.ask("DELETE", `${path}/members/${helper.id}`, { token: teacher.token }), 404, "not_found"],
  ] as const;
  for (const [answer, status, code] of refusals) assert.deepEqual([answer.status, answer.body.code], [status, code]);
  const helps = await add(helper.username, "co_teacher");
  assert.deepEqual([helps.status, helps.body.admitted], [201, true]);
  const demoted = await edge.ask("PATCH", `${path}/members/${helper.id}`, {
    token: teacher.token,
    body: { part: "student" },
  });
  assert.deepEqual([demoted.status, demoted.body.code], [409, "must_be_asked"]);
});

Deno.test("[A7] [A9] who is invited is no student of anybody's before they accept, whatever the teacher does", async () => {
  const edge = await engine.serve();
  const [teacher, ada] = await edge.signUpAll("teacher", "student");
  const path = await classOf(edge, teacher);
  const classId = path.split("/").at(-1) ?? "";
  const { token } = teacher;
  const invite = () => edge.ask("POST", `${path}/members`, { token, body: { login: ada.username } });
  const change = (body: object) => edge.ask("PATCH", `${path}/members/${ada.id}`, { token, body });
  const isTaught = () => world.store.rosters.teaches(teacher.id, ada.id);
  const asked = async () => (await edge.ask("GET", `${API}/invitations`, { token: ada.token })).body.rows;
  const mine = async () => (await edge.ask("GET", `${API}/memberships`, { token: ada.token })).body.rows;
  assert.equal((await invite()).status, 201);
  assert.equal((await invite()).body.code, "already_member");
  assert.equal((await change({ admitted: true })).body.code, "must_be_asked");
  assert.ok((await change({ time_multiplier: 2 })).body.invited);
  const invitation = { class_id: classId, title: "7b", part: "student", invited_by: teacher.username };
  const [told] = await asked();
  assert.deepEqual(told, { ...invitation, invited_at: new Date(world.nowMs).toISOString() });
  assert.ok(world.told.includes(`roster ${classId} ${ada.id}`));
  assert.deepEqual([await mine(), await isTaught()], [[], false]);
  const answer = (method: string, to: string, who = ada) =>
    edge.ask(method, `${API}/invitations/${classId}${to}`, { token: who.token });
  assert.equal((await answer("POST", "/accept", teacher)).status, 404);
  assert.equal((await answer("DELETE", "")).status, 204);
  assert.deepEqual([await asked(), (await answer("POST", "/accept")).status], [[], 404]);
  // By an address a teacher learns no name.
  const login = `${ada.username}@School.example`;
  const { body: asWritten } = await edge.ask("POST", `${path}/members`, { token, body: { login } });
  assert.equal(asWritten.username, login);
  const accepted = await answer("POST", "/accept");
  assert.deepEqual([accepted.status, accepted.body.admitted, accepted.body.invited], [200, true, false]);
  assert.deepEqual([(await mine()).length, await asked(), await isTaught()], [1, [], true]);
  assert.deepEqual([(await answer("POST", "/accept")).status, (await answer("DELETE", "")).status], [404, 404]);
});

Deno.test("[A9] nobody is asked twice: a teacher's own students and whom an administrator adds come in at once", async () => {
  const edge = await engine.serve();
  const [teacher, stranger, admin] = await edge.signUpAll("teacher", "teacher", "admin");
  const [ada, ben] = await edge.signUpAll("student", "student");
  const first = await classOf(edge, teacher);
  const isIn = async (path: string, who: SignedUp, by: SignedUp, part?: string) => {
    const body = { login: who.username, ...part && { part } };
    return (await edge.ask("POST", `${path}/members`, { token: by.token, body })).body.admitted;
  };
  assert.ok(!await isIn(first, ada, teacher));
  // The code says the same as the invitation; the class asks for no other approval of whom its teacher invited.
  await edge.ask("PATCH", first, { token: teacher.token, body: { join_needs_approval: true } });
  const joined = await join(edge, ada, await openTo(edge, first, teacher));
  assert.deepEqual([joined.status, joined.body.admitted], [201, true]);
  const second = await classOf(edge, teacher);
  assert.ok(await isIn(second, ada, teacher));
  assert.ok(await isIn(second, ben, admin));
  // A teacher who is made to help brings none of their students along.
  const foreign = await classOf(edge, stranger);
  assert.ok(await isIn(foreign, teacher, stranger, "co_teacher"));
  for (const student of [ada, ben]) assert.ok(!await isIn(foreign, student, stranger));
});

Deno.test("[A7] [A9] who helps in a class takes none of its students into their own, least of all who has declined", async () => {
  const edge = await engine.serve();
  const [owner, helper] = await edge.signUpAll("teacher", "teacher");
  const [ada, ben] = await edge.signUpAll("student", "student");
  const [taught, own] = [await classOf(edge, owner), await classOf(edge, helper)];
  const code = await openTo(edge, taught, owner);
  for (const student of [ada, ben]) await join(edge, student, code);
  const isIn = async (path: string, who: SignedUp, by: SignedUp, part?: string) => {
    const body = { login: who.username, ...part && { part } };
    return (await edge.ask("POST", `${path}/members`, { token: by.token, body })).body.admitted;
  };
  const leave = (list: string, path: string) =>
    edge.ask("DELETE", `${API}/${list}/${path.split("/").at(-1)}`, { token: ada.token });
  assert.ok(!await isIn(own, ada, helper));
  assert.equal((await leave("invitations", own)).status, 204);
  assert.ok(await isIn(taught, helper, owner, "co_teacher"));
  for (const student of [ada, ben]) assert.ok(!await isIn(own, student, helper));
  // Nor does the owner bring back who has left a class of theirs.
  const second = await classOf(edge, owner);
  assert.ok(await isIn(second, ada, owner));
  assert.equal((await leave("memberships", second)).status, 204);
  assert.ok(!await isIn(second, ada, owner));
  assert.equal((await edge.ask("DELETE", `${taught}/members/${helper.id}`, { token: owner.token })).status, 204);
  for (const { id } of [ada, ben]) assert.ok(!await world.store.rosters.teaches(helper.id, id));
});

Deno.test("[A8] who helps to teach does all but delete the class; who stops helping sees it no more", async () => {
  const edge = await engine.serve();
  const [owner, helper, ada] = await edge.signUpAll("teacher", "teacher", "student");
  const path = await classOf(edge, owner);
  const member = (login: string, part: string) =>
    edge.ask("POST", `${path}/members`, { token: owner.token, body: { login, part } });
  await member(helper.username, "co_teacher");
  await member(ada.username, "student");
  const { token } = helper;
  const listed = async () => (await edge.ask("GET", `${API}/classes`, { token })).body.rows.length;
  assert.equal(await listed(), 1);
  const asked = [
    await edge.ask("PATCH", path, { token, body: { title: "8b" } }),
    await edge.ask("PATCH", `${path}/members/${ada.id}`, { token, body: { time_multiplier: 2 } }),
    await edge.ask("POST", `${path}/join-code`, { token }),
    await edge.ask("DELETE", `${path}/members/${owner.id}`, { token }),
    await edge.ask("DELETE", path, { token }),
  ];
  assert.deepEqual(asked.map(({ status }) => status), [200, 200, 201, 409, 403]);
  assert.equal((await edge.ask("DELETE", `${path}/members/${helper.id}`, { token: owner.token })).status, 204);
  assert.deepEqual([await listed(), (await edge.ask("GET", path, { token })).status], [0, 404]);
  assert.equal((await edge.ask("DELETE", path, { token: owner.token })).status, 204);
  assert.deepEqual((await edge.ask("GET", `${API}/memberships`, { token: ada.token })).body.rows, []);
});
