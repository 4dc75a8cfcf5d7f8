/** A profile out of memory: the answer that its route would give, to nobody whom the route would refuse. */
import assert from "node:assert/strict";
import { DEFAULT_RATE_RULES } from "../../src/http/rate_limit.ts";
import { TOKEN_LIFETIMES } from "../../src/http/tokens.ts";
import { type Edge, PASSWORD, type SignedUp } from "./edge_world.ts";
import { EngineWorld } from "./engine_world.ts";

const world = await EngineWorld.open();
Deno.test.afterAll(() => world.close());

const PROFILE = "/api/v1/profile";
/** The same route, by an address that only the router knows. */
const BY_ROUTE = `${PROFILE}?by=route`;

/** Somebody whose profile is in memory, as is who they are. */
async function remembered(edge: Edge): Promise<SignedUp> {
  const ada = await edge.signUp("student");
  const { headers } = await edge.ask("GET", PROFILE, { token: ada.token });
  const etag = headers.get("etag") ?? "";
  const body = { pace_preference: "brisk" };
  assert.equal(
    (await edge.ask("PATCH", PROFILE, { token: ada.token, body, headers: { "if-match": etag } })).status,
    200,
  );
  assert.equal((await edge.ask("GET", PROFILE, { token: ada.token })).status, 200);
  return ada;
}

function told(headers: Headers): readonly (readonly [string, string])[] {
  const own = new Set(["x-request-id", "ratelimit"]);
  return [...headers].filter(([name]) => !own.has(name));
}

Deno.test("[F6] a profile out of memory is what its route answers, header by header, and 304 where it is known", async () => {
  const edge = await world.serve();
  const { token } = await remembered(edge);
  for (const headers of [{}, { "if-none-match": "*" }, { "if-none-match": `"other"` }]) {
    const [door, route] = [
      await edge.ask("GET", PROFILE, { token, headers }),
      await edge.ask("GET", BY_ROUTE, { token, headers }),
    ];
    assert.equal(door.status, route.status);
    assert.deepEqual(door.body, route.body);
    assert.deepEqual(told(door.headers), told(route.headers));
    assert.match(door.headers.get("x-request-id") ?? "", /^[0-9a-f-]{36}$/);
    assert.notEqual(door.headers.get("x-request-id"), route.headers.get("x-request-id"));
  }
});

Deno.test("[A5] [H4] a profile out of memory is logged and counted as any other request", async () => {
  const edge = await world.serve();
  const { id, token } = await remembered(edge);
  const lines = [BY_ROUTE, PROFILE].map(async (path) => {
    const { headers } = await edge.ask("GET", path, { token });
    const line = world.edgeWorld.log.find(({ fields }) => fields.request_id === headers.get("x-request-id"));
    assert.ok(line);
    return { ...line.fields, request_id: "", ms: 0 };
  });
  const [byRoute, byDoor] = await Promise.all(lines);
  assert.deepEqual(byDoor, byRoute);
  assert.ok(JSON.stringify(byDoor).includes(id));
});

Deno.test("[H2] a profile out of memory counts against its learner's rate, and is refused beyond it", async () => {
  const rules = { ...DEFAULT_RATE_RULES, standard: { requestsMax: 4, windowS: 60 } };
  const edge = await world.edgeWorld.serve(world.registry, {}, rules);
  const { token } = await remembered(edge);
  const [last, beyond] = [await edge.ask("GET", PROFILE, { token }), await edge.ask("GET", PROFILE, { token })];
  assert.match(last.headers.get("ratelimit") ?? "", /^"standard";r=0;/);
  assert.deepEqual([beyond.status, beyond.body.code], [429, "too_many_requests"]);
});

Deno.test("[A3] [A6] who is out gets no profile out of memory: deactivated, another password, a token at its end", async () => {
  const edge = await world.serve();
  const admin = await edge.signUp("admin");
  const codeFor = async ({ token }: SignedUp) => (await edge.ask("GET", PROFILE, { token })).body.code;
  const gone = await remembered(edge);
  await edge.ask("PATCH", `/api/v1/users/${gone.id}`, { token: admin.token, body: { is_active: false } });
  assert.equal(await codeFor(gone), "account_inactive");
  await edge.ask("PATCH", `/api/v1/users/${gone.id}`, { token: admin.token, body: { is_active: true } });
  assert.equal(await codeFor(gone), "invalid_token");

  const changed = await remembered(edge);
  const body = { current_password: PASSWORD, new_password: "another good password" };
  await edge.ask("POST", "/api/v1/auth/password", { token: changed.token, body });
  assert.equal(await codeFor(changed), "invalid_token");

  const late = await remembered(edge);
  world.edgeWorld.nowMs += TOKEN_LIFETIMES.accessLifetimeMs;
  assert.equal(await codeFor(late), "invalid_token");
  assert.equal(await codeFor({ ...late, token: `${late.token}x` }), "invalid_token");
});

Deno.test("[F6] [H3] what memory does not answer whole goes to the route: other methods, origins, nobody", async () => {
  const edge = await world.serve();
  const { token } = await remembered(edge);
  const allowed = await edge.ask("GET", PROFILE, { token, headers: { origin: "https://school.example" } });
  assert.equal(allowed.headers.get("access-control-allow-origin"), "https://school.example");
  assert.equal((await edge.ask("DELETE", PROFILE, { token })).status, 405);
  assert.equal((await edge.ask("GET", PROFILE)).body.code, "not_authenticated");
  assert.equal((await edge.ask("GET", `/elsewhere${PROFILE}`, { token })).status, 404);
});
