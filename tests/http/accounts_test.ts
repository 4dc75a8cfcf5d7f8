/** Accounts over HTTP: signing in and out, rotation, deactivation. */
import assert from "node:assert/strict";
import { EdgeWorld, PASSWORD } from "./edge_world.ts";

const world = await EdgeWorld.open();
Deno.test.afterAll(() => world.close());

const LOGIN = "/api/v1/auth/login";
const REFRESH = "/api/v1/auth/refresh";

Deno.test("[A1] missing credentials are 400 and name the field", async () => {
  const edge = await world.serve();
  for (const body of [{}, { username: "ada" }, { password: "x" }, { username: "", password: "x" }]) {
    const answer = await edge.ask("POST", LOGIN, { body });
    assert.equal(answer.status, 400, JSON.stringify(body));
    assert.equal(answer.body.code, "credentials_missing");
    assert.ok(answer.body.errors.length > 0);
  }
});

Deno.test("[A1] a wrong password and an unknown account get the same answer after one bcrypt compare each", async () => {
  const edge = await world.serve();
  const ada = await edge.signUp("student");
  const answers = [];
  for (
    const body of [
      { username: ada.username, password: "wrong password" },
      { username: "nobody-at-all", password: "wrong password" },
      { email: "nobody@school.example", password: PASSWORD },
      { username: ada.username, password: "x".repeat(200) },
    ]
  ) {
    const before = world.bcryptCompares;
    const answer = await edge.ask("POST", LOGIN, { body });
    assert.equal(world.bcryptCompares - before, 1);
    answers.push(answer);
  }
  for (const { status, body } of answers) {
    assert.equal(status, 401);
    assert.deepEqual({ ...body, instance: "" }, { ...answers[0]?.body, instance: "" });
  }
});

Deno.test("[A1] a username or an email logs in, whatever its case", async () => {
  const edge = await world.serve();
  const ada = await edge.signUp("student");
  for (
    const body of [
      { username: ada.username.toUpperCase() },
      { username: `${ada.username}@SCHOOL.example` },
      { email: `${ada.username}@school.example` },
    ]
  ) {
    const answer = await edge.ask("POST", LOGIN, { body: { ...body, password: PASSWORD } });
    assert.equal(answer.status, 200);
    assert.equal(answer.body.user.id, ada.id);
    assert.equal(answer.body.expires_in, 3600);
    const me = await edge.ask("GET", "/api/v1/auth/me", { token: answer.body.access_token });
    assert.equal(me.body.username, ada.username);
    assert.equal(me.body.role, "student");
    assert.ok(me.body.is_active);
  }
});

Deno.test("[A4] anyone registers as a student, only an administrator makes staff", async () => {
  const edge = await world.serve();
  const body = { username: "new.person", email: "new@school.example", password: PASSWORD };
  const asStudent = await edge.ask("POST", "/api/v1/auth/register", { body });
  assert.equal(asStudent.status, 201);
  assert.equal(asStudent.body.role, "student");
  assert.ok(!("password" in asStudent.body));
  const teacher = { username: "new.teacher", email: "teacher@school.example", password: PASSWORD, role: "teacher" };
  assert.equal((await edge.ask("POST", "/api/v1/auth/register", { body: teacher })).status, 403);
  const ada = await edge.signUp("teacher");
  assert.equal((await edge.ask("POST", "/api/v1/auth/register", { body: teacher, token: ada.token })).status, 403);
  const admin = await edge.signUp("admin");
  const made = await edge.ask("POST", "/api/v1/auth/register", { body: teacher, token: admin.token });
  assert.equal(made.status, 201);
  assert.equal(made.body.role, "teacher");
});

Deno.test("[H1] a registration that is taken or malformed says which field", async () => {
  const edge = await world.serve();
  const ada = await edge.signUp("student");
  const email = `${ada.username}@school.example`;
  const fresh = { username: "someone.else", email: "else@school.example", password: PASSWORD };
  const register = (body: unknown) => edge.ask("POST", "/api/v1/auth/register", { body });
  assert.equal((await register({ ...fresh, username: ada.username.toUpperCase() })).body.code, "username_taken");
  assert.equal((await register({ ...fresh, email })).body.code, "email_taken");
  const faulty = await register({ username: "a b", email: "no", password: "short" });
  assert.equal(faulty.status, 400);
  assert.deepEqual(faulty.body.errors.map((fault: { path: string }) => fault.path), ["username", "email", "password"]);
  // 72 bytes is what bcrypt reads; 30 of these characters are 90 bytes.
  assert.equal((await register({ ...fresh, password: "ü€".repeat(18) })).status, 400);
});

Deno.test("[A2] a refresh token works once; used again, its whole family is revoked", async () => {
  const edge = await world.serve();
  const ada = await edge.signUp("student");
  const refresh = (token: string) => edge.ask("POST", REFRESH, { body: { refresh_token: token } });
  const second = await refresh(ada.refreshToken);
  assert.equal(second.status, 200);
  assert.notEqual(second.body.refresh_token, ada.refreshToken);
  const third = await refresh(second.body.refresh_token);
  assert.equal(third.status, 200);
  const reused = await refresh(ada.refreshToken);
  assert.equal(reused.status, 401);
  assert.equal(reused.body.code, "refresh_token_reused");
  assert.equal((await refresh(third.body.refresh_token)).status, 401);
  assert.equal((await refresh("never-issued")).body.code, "invalid_refresh_token");
});

Deno.test("[A2] of two at once with one refresh token, one at most gets tokens", async () => {
  const edge = await world.serve();
  const ada = await edge.signUp("student");
  const both = await Promise.all(
    [1, 2].map(() => edge.ask("POST", REFRESH, { body: { refresh_token: ada.refreshToken } })),
  );
  assert.equal(both.filter((answer) => answer.status === 200).length, 1);
});

Deno.test("[A2] a refresh token ends with its lifetime and with logout", async () => {
  const edge = await world.serve();
  const ada = await edge.signUp("student");
  const bob = await edge.signUp("student");
  assert.equal(
    (await edge.ask("POST", "/api/v1/auth/logout", { body: { refresh_token: bob.refreshToken } })).status,
    204,
  );
  assert.equal((await edge.ask("POST", REFRESH, { body: { refresh_token: bob.refreshToken } })).status, 401);
  world.nowMs += 31 * 24 * 3_600_000;
  assert.equal((await edge.ask("POST", REFRESH, { body: { refresh_token: ada.refreshToken } })).status, 401);
});

Deno.test("[A3] a deactivated account is out at once: its access token, its refresh token, its next login", async () => {
  const edge = await world.serve();
  const admin = await edge.signUp("admin");
  const ada = await edge.signUp("student");
  assert.equal((await edge.ask("GET", "/api/v1/auth/me", { token: ada.token })).status, 200);
  const path = `/api/v1/users/${ada.id}`;
  const out = await edge.ask("PATCH", path, { token: admin.token, body: { is_active: false } });
  assert.ok(!out.body.is_active);
  assert.ok(world.told.includes(`deactivated ${ada.id}`));
  const me = await edge.ask("GET", "/api/v1/auth/me", { token: ada.token });
  assert.equal(me.status, 401);
  assert.equal(me.body.code, "account_inactive");
  assert.equal((await edge.ask("POST", REFRESH, { body: { refresh_token: ada.refreshToken } })).status, 401);
  const login = { username: ada.username, password: PASSWORD };
  assert.equal((await edge.ask("POST", LOGIN, { body: login })).body.code, "account_inactive");
  await edge.ask("PATCH", path, { token: admin.token, body: { is_active: true } });
  assert.equal((await edge.ask("GET", "/api/v1/auth/me", { token: ada.token })).body.code, "invalid_token");
  const back = await edge.ask("POST", LOGIN, { body: login });
  assert.equal((await edge.ask("GET", "/api/v1/auth/me", { token: back.body.access_token })).status, 200);
});

Deno.test("[A6] a changed password ends the tokens of every other login, one of the same instant too", async () => {
  const edge = await world.serve();
  const [ada, bob] = await edge.signUpAll("student", "student");
  const login = await edge.ask("POST", LOGIN, { body: { username: ada.username, password: PASSWORD } });
  const body = { current_password: PASSWORD, new_password: "another good password" };
  const changed = await edge.ask("POST", "/api/v1/auth/password", { token: ada.token, body });
  assert.equal(changed.status, 200);
  const statusOf = async (token: string) => (await edge.ask("GET", "/api/v1/auth/me", { token })).status;
  assert.equal(await statusOf(ada.token), 401);
  assert.equal(await statusOf(login.body.access_token), 401);
  assert.equal(await statusOf(changed.body.access_token), 200);
  assert.equal(await statusOf(bob.token), 200);
  assert.equal(
    (await edge.ask("POST", REFRESH, { body: { refresh_token: login.body.refresh_token } })).status,
    401,
  );
  assert.ok(world.told.includes(`tokens ended ${ada.id}`));
  const refreshed = await edge.ask("POST", REFRESH, { body: { refresh_token: changed.body.refresh_token } });
  assert.equal(await statusOf(refreshed.body.access_token), 200);
});

Deno.test("[A4] a role is what is stored now, not what the token says; nobody changes their own account", async () => {
  const edge = await world.serve();
  const admin = await edge.signUp("admin");
  const other = await edge.signUp("admin");
  assert.equal((await edge.ask("GET", "/api/v1/users", { token: other.token })).status, 200);
  const change = (id: string, body: unknown) => edge.ask("PATCH", `/api/v1/users/${id}`, { token: admin.token, body });
  assert.equal((await change(other.id, { role: "student" })).body.role, "student");
  assert.equal((await edge.ask("GET", "/api/v1/users", { token: other.token })).status, 403);
  assert.equal((await change(admin.id, { role: "student" })).body.code, "own_account");
  assert.equal((await change(admin.id, { is_active: false })).body.code, "own_account");
  assert.equal((await change("nobody", { is_active: false })).status, 404);
  assert.equal((await change(other.id, {})).status, 400);
});

Deno.test("[A2] a new password ends every other login", async () => {
  const edge = await world.serve();
  const ada = await edge.signUp("student");
  const change = (current_password: string, new_password: string) =>
    edge.ask("POST", "/api/v1/auth/password", { token: ada.token, body: { current_password, new_password } });
  assert.equal((await change("wrong password", "another good one")).status, 401);
  const changed = await change(PASSWORD, "another good one");
  assert.equal(changed.status, 200);
  assert.equal((await edge.ask("POST", REFRESH, { body: { refresh_token: ada.refreshToken } })).status, 401);
  const next = await edge.ask("POST", REFRESH, { body: { refresh_token: changed.body.refresh_token } });
  assert.equal(next.status, 200);
  const login = (password: string) => edge.ask("POST", LOGIN, { body: { username: ada.username, password } });
  assert.equal((await login(PASSWORD)).status, 401);
  assert.equal((await login("another good one")).status, 200);
});

Deno.test("[A5] an expired, forged or foreign access token is refused, and no token or password is ever logged", async () => {
  const edge = await world.serve();
  const ada = await edge.signUp("student");
  const me = (token: string) => edge.ask("GET", "/api/v1/auth/me?access_token=in-a-query", { token });
  assert.equal((await me(ada.token)).status, 200);
  const [head, claims, signature] = ada.token.split(".");
  const unsigned = btoa(JSON.stringify({ alg: "none", typ: "JWT" })).replaceAll("=", "");
  assert.equal((await me(`${unsigned}.${claims}.`)).status, 401);
  assert.equal((await me(`${head}.${claims}.${signature?.split("").reverse().join("")}`)).status, 401);
  world.nowMs += 3_600_000 + 1_000;
  assert.equal((await me(ada.token)).body.code, "invalid_token");
  const written = JSON.stringify(world.log);
  for (const secret of [PASSWORD, ada.token, ada.refreshToken, "in-a-query"]) assert.ok(!written.includes(secret));
});
