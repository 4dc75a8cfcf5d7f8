/** What holds for every request: problem documents, limits, origins, headers, health. */
import assert from "node:assert/strict";
import { SOCKET_PATH } from "../../src/http/app.ts";
import { DEFAULT_RATE_RULES } from "../../src/http/rate_limit.ts";
import { EdgeWorld, noActors, PASSWORD } from "./edge_world.ts";

const world = await EdgeWorld.open();
Deno.test.afterAll(() => world.close());

const LOGIN = "/api/v1/auth/login";

Deno.test("[H1] unknown paths and methods are problem documents with a stable code", async () => {
  const edge = await world.serve();
  const unknown = await edge.ask("GET", "/api/v1/nothing");
  assert.equal(unknown.status, 404);
  assert.match(unknown.headers.get("content-type") ?? "", /^application\/problem\+json/);
  assert.deepEqual(Object.keys(unknown.body), ["type", "title", "status", "detail", "code", "instance"]);
  assert.equal(unknown.body.type, "/problems/not_found");
  assert.equal((await edge.ask("GET", unknown.body.type)).body.status, 404);
  const wrongMethod = await edge.ask("DELETE", "/api/v1/courses");
  assert.equal(wrongMethod.status, 405);
  assert.equal(wrongMethod.headers.get("allow"), "GET, POST");
  assert.equal((await edge.ask("GET", "/api/v1/sessions/x/pause")).status, 405);
});

Deno.test("[H1] a fault nobody expected is a 500 with an id that finds it in the log, and no internals", async () => {
  const broken = { ...noActors, read: () => Promise.reject(new TypeError("the secret inside")) };
  const edge = await world.serve(broken);
  const { token } = await edge.signUp("student");
  const answer = await edge.ask("GET", `/api/v1/sessions/${crypto.randomUUID()}`, { token });
  assert.equal(answer.status, 500);
  assert.equal(answer.body.code, "internal_error");
  assert.doesNotMatch(JSON.stringify(answer.body), /secret inside|TypeError/);
  const logged = world.log.find((line) => `urn:uuid:${line.fields.request_id}` === answer.body.instance);
  assert.equal(logged?.fields.reason, "the secret inside");
});

Deno.test("[H1] a database that has no connection free is 503 with Retry-After, and logged", async () => {
  const busy = Object.assign(new Error("timeout exceeded when trying to connect"), { name: "NoConnectionError" });
  const edge = await world.serve({ ...noActors, read: () => Promise.reject(busy) });
  const { token } = await edge.signUp("student");
  const answer = await edge.ask("GET", `/api/v1/sessions/${crypto.randomUUID()}`, { token });
  assert.deepEqual([answer.status, answer.body.code], [503, "unavailable"]);
  assert.equal(answer.headers.get("retry-after"), "1");
  assert.ok(world.log.some(({ fields }) => fields.error === "NoConnectionError"));
});

Deno.test("[H1] what the runtime turns away is 503 with Retry-After, a full mailbox 429", async () => {
  const path = `/api/v1/sessions/${crypto.randomUUID()}/pause`;
  const draining = await world.serve();
  const { token } = await draining.signUp("student");
  const refused = await draining.ask("POST", path, { token });
  assert.equal(refused.status, 503);
  assert.equal(refused.headers.get("retry-after"), "2");
  assert.equal(refused.body.reason, "draining");
  const tell = () =>
    Promise.resolve({ kind: "refused", code: "mailbox_full", message: "full", retryAfterMs: 40 } as const);
  const read = () => Promise.resolve({ kind: "read", epoch: 1, seq: 1, state: {} } as const);
  const full = await (await world.serve({ ...noActors, tell, read })).ask("POST", path, { token });
  assert.equal(full.status, 429);
  assert.equal(full.headers.get("retry-after"), "1");
});

Deno.test("[H2] too large a body is 413, announced or not; a wrong media type is 415; broken JSON is 400", async () => {
  const edge = await world.serve();
  const large = `{"username":"${"x".repeat(70_000)}"}`;
  assert.equal((await edge.ask("POST", LOGIN, { body: large })).status, 413);
  const announced = await edge.ask("POST", LOGIN, { body: "{}", headers: { "content-length": "70000" } });
  assert.equal(announced.status, 413);
  const form = await edge.ask("POST", LOGIN, { body: "a=b", headers: { "content-type": "text/plain" } });
  assert.equal(form.status, 415);
  assert.equal((await edge.ask("POST", LOGIN, { body: "{" })).body.code, "malformed_json");
});

Deno.test("[H2] a body that does not end in time is 408, one that breaks off 400", async () => {
  const edge = await world.serve(noActors, { bodyReadMsMax: 20 });
  const env = { remoteAddr: { transport: "tcp", hostname: "192.0.2.7", port: 4321 } } as const;
  const send = (body: ReadableStream<Uint8Array<ArrayBuffer>>, announced: Record<string, string>) => {
    const headers = { "content-type": "application/json", ...announced };
    return edge.app.fetch(new Request(`http://edge.test${LOGIN}`, { method: "POST", headers, body }), env);
  };
  const started = (controller: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>) =>
    controller.enqueue(new TextEncoder().encode('{"username":'));
  for (const announced of [{}, { "content-length": "100" }] as const) {
    const late = await send(new ReadableStream({ start: started }), announced);
    assert.equal(late.status, 408);
    assert.equal((await late.json()).code, "body_too_slow");
  }
  const broken = await send(new ReadableStream({ pull: (controller) => controller.error(new RangeError()) }), {});
  assert.equal(broken.status, 400);
  assert.equal((await broken.json()).code, "body_broken_off");
});

Deno.test("[H2] beyond its rate a caller gets 429 with Retry-After and headers that say the rule", async () => {
  const rules = { ...DEFAULT_RATE_RULES, standard: { requestsMax: 3, windowS: 60 } };
  const edge = await world.serve(noActors, {}, rules);
  const [ada, bob] = await edge.signUpAll("student", "student");
  const me = (token: string) => edge.ask("GET", "/api/v1/auth/me", { token });
  for (const left of [2, 1, 0]) {
    const answer = await me(ada.token);
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get("ratelimit") ?? "", new RegExp(`^"standard";r=${left};t=\\d+$`));
  }
  const limited = await me(ada.token);
  assert.equal(limited.status, 429);
  assert.equal(limited.body.code, "too_many_requests");
  assert.ok(Number(limited.headers.get("retry-after")) >= 1);
  assert.equal(limited.headers.get("ratelimit-policy"), `"standard";q=3;w=60`);
  assert.equal((await me(bob.token)).status, 200);
});

Deno.test("[H2] guessing at one account is slowed without shutting out its neighbours behind the same address", async () => {
  const rules = { ...DEFAULT_RATE_RULES, login_account: { requestsMax: 2, windowS: 60 } };
  const edge = await world.serve(noActors, {}, rules);
  const [ada, bob] = await edge.signUpAll("student", "student");
  const guess = (username: string, password: string, from: string) =>
    edge.ask("POST", LOGIN, { body: { username, password }, headers: { "x-forwarded-for": from } });
  assert.equal((await guess(ada.username, "wrong", "198.51.100.1")).status, 401);
  assert.equal((await guess(ada.username.toUpperCase(), "wrong", "198.51.100.1")).status, 401);
  assert.equal((await guess(ada.username, PASSWORD, "198.51.100.1")).status, 429);
  assert.equal((await guess(bob.username, PASSWORD, "198.51.100.1")).status, 200);
  assert.equal((await guess(ada.username, PASSWORD, "198.51.100.2")).status, 200);
});

Deno.test("[H3] only listed origins get CORS headers, preflights included", async () => {
  const edge = await world.serve();
  const corsHeaders = (headers: Headers) => [...headers.keys()].filter((name) => name.startsWith("access-control"));
  const listed = await edge.ask("GET", "/live", { headers: { origin: "https://school.example" } });
  assert.equal(listed.headers.get("access-control-allow-origin"), "https://school.example");
  assert.match(listed.headers.get("vary") ?? "", /Origin/);
  const foreign = await edge.ask("GET", "/live", { headers: { origin: "https://school.example.evil.test" } });
  assert.deepEqual(corsHeaders(foreign.headers), []);
  const preflight = (origin: string) =>
    edge.ask("OPTIONS", "/api/v1/sessions", { headers: { origin, "access-control-request-method": "POST" } });
  const allowed = await preflight("https://school.example");
  assert.equal(allowed.status, 204);
  assert.match(allowed.headers.get("access-control-allow-headers") ?? "", /Idempotency-Key, If-Match, If-None-Match/);
  assert.deepEqual(corsHeaders((await preflight("https://evil.test")).headers), []);
  const refused = await edge.ask("GET", "/api/v1/auth/me", { headers: { origin: "https://school.example" } });
  assert.equal(refused.status, 401);
  assert.equal(refused.headers.get("access-control-allow-origin"), "https://school.example");
});

Deno.test("[H3] answers run nothing in a browser; the page that shows the API loads only from this server", async () => {
  const edge = await world.serve();
  const me = await edge.ask("GET", "/api/v1/auth/me");
  assert.match(me.headers.get("content-security-policy") ?? "", /default-src 'none'/);
  assert.equal(me.headers.get("x-content-type-options"), "nosniff");
  const page = await edge.ask("GET", "/docs");
  assert.match(page.headers.get("content-security-policy") ?? "", /script-src 'self'/);
  const loaded = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1]);
  assert.ok(loaded.includes("/docs/page.js"));
  for (const path of loaded) {
    const answer = await edge.ask("GET", path);
    assert.equal(answer.status, 200, path);
  }
});

Deno.test("[H4] /live answers always, /ready says which part cannot serve", async () => {
  const edge = await world.serve();
  assert.equal((await edge.ask("GET", "/ready")).status, 200);
  world.readiness = { database: { ok: true, detail: "answers" }, accepting: { ok: false, detail: "draining" } };
  const answer = await edge.ask("GET", "/ready");
  world.readiness = { database: { ok: true, detail: "answers" } };
  assert.equal(answer.status, 503);
  assert.equal(answer.body.code, "not_ready");
  assert.match(answer.body.detail, /accepting/);
  assert.equal(answer.body.parts.accepting.detail, "draining");
  assert.equal((await edge.ask("GET", "/live")).status, 200);
});

Deno.test("[H4] /metrics counts requests by route, shows the runtime's numbers, and can be kept to a token", async () => {
  const edge = await world.serve();
  const { token } = await edge.signUp("student");
  await edge.ask("GET", "/api/v1/courses/some-course", { token });
  world.metrics.gauges("actors", () => ({ mailboxDepth: 3, phases: { active: 2 } }));
  world.metrics.count("deadLetters");
  world.metrics.observe("append_ms", 4);
  const { body } = await edge.ask("GET", "/metrics");
  const counted = /request_seconds_count\{method="GET",route="\/api\/v1\/courses\/:course_id",status="404"\} 1/;
  assert.match(body, counted);
  assert.match(body, /neurolearn_actors_mailbox_depth 3/);
  assert.match(body, /neurolearn_actors_phases\{of="active"\} 2/);
  assert.match(body, /neurolearn_dead_letters_total 1/);
  assert.match(body, /neurolearn_append_ms_bucket\{le="5"\} 1/);
  const kept = await world.serve(noActors, { metricsToken: "the-operators-token" });
  assert.equal((await kept.ask("GET", "/metrics")).status, 401);
  assert.equal((await kept.ask("GET", "/metrics", { token: "another-token" })).status, 401);
  assert.equal((await kept.ask("GET", "/metrics", { token: "the-operators-token" })).status, 200);
});

Deno.test("[A5] each request is one log line with its route, status and time, and nothing of its query or path", async () => {
  const edge = await world.serve();
  const path = `/api/v1/unheard-of/${crypto.randomUUID()}`;
  const answer = await edge.ask("GET", `${path}?token=query-secret`, { headers: { "x-forwarded-for": "203.0.113.9" } });
  const lines = world.log.filter((line) => line.fields.request_id === answer.headers.get("x-request-id"));
  assert.equal(lines.length, 1);
  const { ms, ...fields } = lines[0]?.fields ?? {};
  assert.ok(Number(ms) >= 0);
  assert.deepEqual(fields, {
    request_id: answer.headers.get("x-request-id"),
    method: "GET",
    route: "unknown",
    status: 404,
    user: null,
    client: "203.0.113.9",
  });
  assert.ok(!JSON.stringify(world.log).includes("query-secret"));
});

Deno.test("[H1] the OpenAPI document says of every operation what it is for, what it gives and how it fails", async () => {
  const edge = await world.serve();
  const { body: document } = await edge.ask("GET", "/openapi.json");
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)];
  for (const [, name = ""] of references) assert.ok(document.components.schemas[name], name);
  for (const [path, item] of Object.entries<Record<string, Record<string, object>>>(document.paths)) {
    for (const [method, operation] of Object.entries(item)) {
      const named = `${method} ${path}`;
      assert.ok(operation.summary, named);
      const statuses = Object.keys(operation.responses ?? {});
      assert.ok(statuses.some((status) => status.startsWith("2")), named);
      assert.ok(statuses.includes("default"), named);
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      const described = JSON.stringify(operation.parameters ?? []);
      for (const parameter of inPath) assert.ok(described.includes(`"name":"${parameter}"`), named);
    }
  }
});

Deno.test("[W1] an upgrade on the socket's path reaches the socket edge, and its answer the client, untouched", async () => {
  const edge = await world.serve(noActors, {}, DEFAULT_RATE_RULES, (request) => {
    const { socket, response } = Deno.upgradeWebSocket(request, { protocol: "neurolearn.v1" });
    socket.onopen = () => socket.send("hello from the socket edge");
    return response;
  });
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => undefined },
    (request, info) => edge.app.fetch(request, info),
  );
  const socket = new WebSocket(`ws://127.0.0.1:${server.addr.port}${SOCKET_PATH}`, "neurolearn.v1");
  const heard = Promise.withResolvers<string>();
  const closed = Promise.withResolvers<void>();
  socket.onmessage = (event) => heard.resolve(event.data);
  socket.onerror = () => heard.reject(new RangeError("the socket failed"));
  socket.onclose = () => closed.resolve();
  assert.equal(await heard.promise, "hello from the socket edge");
  assert.equal(socket.protocol, "neurolearn.v1");
  socket.close();
  await closed.promise;
  await server.shutdown();
});
