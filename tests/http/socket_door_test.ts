/** The socket's route as HTTP sees it: refusals as problem documents, upgrades counted, limited and written down. */
import assert from "node:assert/strict";
import { SOCKET_PATH } from "../../src/http/app.ts";
import { PROBLEMS } from "../../src/http/problem.ts";
import { DEFAULT_RATE_RULES, type RateRules } from "../../src/http/rate_limit.ts";
import { Peer } from "../socket/peer.ts";
import { ServedEdge } from "../socket/served_edge.ts";
import { EdgeWorld, noActors } from "./edge_world.ts";

const world = await EdgeWorld.open();
Deno.test.afterAll(() => world.close());

const UPGRADE = { upgrade: "websocket", "sec-websocket-protocol": "neurolearn.v1", host: "edge.test" };

function doorOf(served: ServedEdge, rules: RateRules = DEFAULT_RATE_RULES) {
  return world.serve(noActors, {}, rules, (request, address) => served.edge.handle(request, address));
}

Deno.test("[H1] a refused WebSocket is a problem document like any other, with a listed code and every header", async () => {
  await using served = await ServedEdge.start();
  const edge = await doorOf(served);
  for (
    const [headers, code, status] of [
      [{}, "upgrade_required", 426],
      [{ ...UPGRADE, origin: "https://evil.example" }, "origin_refused", 403],
      [{ ...UPGRADE, "sec-websocket-protocol": "chat" }, "subprotocol_required", 400],
      [UPGRADE, "bad_handshake", 400],
    ] as const
  ) {
    const refused = await edge.ask("GET", SOCKET_PATH, { headers });
    assert.equal(refused.status, status, code);
    assert.equal(refused.body.type, `/problems/${code}`);
    assert.equal(refused.body.title, PROBLEMS[code].title);
    assert.equal(refused.body.instance, `urn:uuid:${refused.headers.get("x-request-id")}`);
    assert.equal(refused.headers.get("x-content-type-options"), "nosniff");
    assert.equal((await edge.ask("GET", refused.body.type)).body.status, status);
  }
  assert.equal((await edge.ask("GET", SOCKET_PATH)).headers.get("upgrade"), "websocket");
});

Deno.test("[H2] upgrades beyond their rate by one address are 429 with Retry-After; other addresses are not held up", async () => {
  await using served = await ServedEdge.start();
  const edge = await doorOf(served, { ...DEFAULT_RATE_RULES, socket: { requestsMax: 2, windowS: 60 } });
  const knock = (from: string) => edge.ask("GET", SOCKET_PATH, { headers: { ...UPGRADE, "x-forwarded-for": from } });
  for (const status of [400, 400, 429]) assert.equal((await knock("198.51.100.1")).status, status);
  const limited = await knock("198.51.100.1");
  assert.equal(limited.body.code, "too_many_requests");
  assert.ok(Number(limited.headers.get("retry-after")) >= 1);
  assert.equal((await knock("198.51.100.2")).status, 400);
});

Deno.test("[H2] unknown paths and preflights count under the standard rule of their address", async () => {
  const rules = { ...DEFAULT_RATE_RULES, standard: { requestsMax: 2, windowS: 60 } };
  const edge = await world.serve(noActors, {}, rules);
  const unknown = (from: string) => edge.ask("GET", "/wp-admin.php", { headers: { "x-forwarded-for": from } });
  const preflight = (from: string) =>
    edge.ask("OPTIONS", "/api/v1/sessions", {
      headers: {
        origin: "https://school.example",
        "access-control-request-method": "POST",
        "x-forwarded-for": from,
      },
    });
  for (const status of [404, 404, 429]) assert.equal((await unknown("198.51.100.3")).status, status);
  for (const status of [204, 204, 429]) assert.equal((await preflight("198.51.100.4")).status, status);
  assert.ok(Number((await unknown("198.51.100.3")).headers.get("retry-after")) >= 1);
});

Deno.test("[H4] an upgrade goes through untouched and is one log line and one measurement", async () => {
  await using served = await ServedEdge.start();
  const edge = await doorOf(served);
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => undefined },
    (request, info) => edge.app.fetch(request, info),
  );
  const peer = await Peer.welcomed(`ws://127.0.0.1:${server.addr.port}${SOCKET_PATH}`, "student:ada");
  await peer.leave();
  await server.shutdown();
  const line = world.log.find(({ fields }) => fields.route === SOCKET_PATH && fields.status === 101);
  assert.equal(line?.fields.client, "127.0.0.1");
  assert.match(
    await world.metrics.text(),
    /request_seconds_count\{method="GET",route="\/api\/v1\/socket",status="101"\} 1/,
  );
});
