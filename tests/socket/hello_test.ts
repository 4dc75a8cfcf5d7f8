/** Who gets a socket, and how it ends: origin, hello, token, account, drain, heartbeat. */
import assert from "node:assert/strict";
import { ProblemError } from "../../src/http/problem.ts";
import { HandClock } from "./hand_clock.ts";
import { Peer } from "./peer.ts";
import { accessOf, ADDRESS, ServedEdge } from "./served_edge.ts";
import { StalledPeer } from "./stalled_peer.ts";

function upgradeRequest(headers: Record<string, string>): Request {
  return new Request("http://127.0.0.1/api/v1/socket", { headers });
}

function isProblem(code: string, status: number): (error: unknown) => boolean {
  return (error) => error instanceof ProblemError && error.problem.code === code && error.problem.status === status;
}

const UPGRADE = { upgrade: "websocket", "sec-websocket-protocol": "neurolearn.v1", host: "127.0.0.1" };

Deno.test("[H3] a page of another origin gets no WebSocket; a listed one, this host's and programs do", async () => {
  await using served = await ServedEdge.start();
  for (
    const [origin, status] of [
      ["https://evil.example", 403],
      ["null", 403],
      ["https://school.example.evil.example", 403],
      ["https://school.example", 101],
      [`http://127.0.0.1:${served.port}`, 101],
      [null, 101],
    ] as const
  ) {
    using peer = await StalledPeer.connect(served.port, origin);
    assert.match(peer.greeting, new RegExp(`^HTTP/1.1 ${status} `), `origin ${origin}`);
  }
});

Deno.test("[W1] a request that is no upgrade or offers another subprotocol is told what to do", async () => {
  await using served = await ServedEdge.start();
  assert.throws(() => served.edge.handle(upgradeRequest({}), ADDRESS), isProblem("upgrade_required", 426));
  const chat = upgradeRequest({ ...UPGRADE, "sec-websocket-protocol": "chat" });
  assert.throws(() => served.edge.handle(chat, ADDRESS), isProblem("subprotocol_required", 400));
  assert.throws(() => served.edge.handle(upgradeRequest(UPGRADE), ADDRESS), isProblem("bad_handshake", 400));
  assert.equal(served.edge.stats().connections, 0);
});

Deno.test("[W1] hello with a good token is welcomed with who one is, the server's clock and the limits", async () => {
  await using served = await ServedEdge.start();
  const peer = new Peer(served.url);
  await peer.opened;
  assert.ok(peer.socket instanceof WebSocket && peer.socket.protocol === "neurolearn.v1");
  const sentMs = Date.now();
  peer.send({ type: "hello", token: "student:ada" });
  const welcome = await peer.next("welcome");
  assert.equal(welcome.user_id, "ada");
  assert.equal(welcome.role, "student");
  assert.ok(welcome.server_time_ms >= sentMs && welcome.server_time_ms <= Date.now());
  assert.ok(welcome.token_expires_ms > welcome.server_time_ms);
  assert.equal(welcome.limits.channels_max, 64);
});

Deno.test("[W1] anything but hello first closes with 4400, a bad token with 4401", async () => {
  await using served = await ServedEdge.start();
  for (const first of ['{"type":"join","channel":"session/a"}', "not json", new Uint8Array([1, 2, 3])]) {
    const peer = new Peer(served.url);
    await peer.opened;
    peer.socket.send(first);
    assert.equal((await peer.closed).code, 4400);
  }
  const stranger = new Peer(served.url);
  await stranger.opened;
  stranger.send({ type: "hello", token: "nobody" });
  assert.equal((await stranger.closed).code, 4401);
  assert.deepEqual(served.badTokens, [ADDRESS]);
});

Deno.test("[W1] a socket without hello in time closes with 4408", async () => {
  const clock = new HandClock();
  await using served = await ServedEdge.start({ clock, limits: { helloWaitMsMax: 5_000 } });
  const peer = new Peer(served.url);
  await peer.opened;
  clock.advance(5_001);
  assert.equal((await peer.closed).code, 4408);
});

Deno.test("[W1] frames sent right after hello, before the welcome, are answered in order", async () => {
  await using served = await ServedEdge.start();
  const peer = new Peer(served.url);
  await peer.opened;
  peer.send({ type: "hello", token: "student:ada" });
  peer.send({ type: "join", channel: "session/a" });
  peer.send({
    type: "command",
    id: "x",
    channel: "session/a",
    command: "answer",
    args: { item: 1, response: { kind: "text", text: "hi" } },
  });
  await peer.next("ack");
  await peer.settled();
  assert.deepEqual(peer.frames.map((frame) => frame.type), ["welcome", "joined", "event"]);
});

Deno.test("[W1] an expired token closes with 4401; a new hello in time keeps the socket", async () => {
  const clock = new HandClock();
  await using served = await ServedEdge.start({ clock });
  const renewed = await Peer.welcomed(served.url, "student:ada:10000");
  const lapsed = await Peer.welcomed(served.url, "student:bo:10000");
  clock.advance(9_000);
  renewed.send({ type: "hello", token: "student:ada:10000" });
  const welcome = await renewed.next("welcome");
  assert.equal(welcome.token_expires_ms, clock.nowMs() + 10_000);
  clock.advance(1_001);
  assert.equal((await lapsed.closed).code, 4401);
  await renewed.settled();
  renewed.send({ type: "hello", token: "student:someone-else" });
  assert.equal((await renewed.closed).code, 4401);
});

Deno.test("[A3] a deactivated account loses all its sockets at once, others keep theirs", async () => {
  await using served = await ServedEdge.start();
  const first = await Peer.welcomed(served.url, "student:ada");
  const second = await Peer.welcomed(served.url, "student:ada");
  const other = await Peer.welcomed(served.url, "student:bo");
  await first.join("session/a");
  served.edge.closeUser("ada");
  assert.equal((await first.closed).code, 4403);
  assert.equal((await second.closed).code, 4403);
  await other.settled();
});

Deno.test("[A6] a person whose tokens have ended loses their sockets with 4401, others keep theirs", async () => {
  await using served = await ServedEdge.start();
  const ada = await Peer.welcomed(served.url, "student:ada");
  const bo = await Peer.welcomed(served.url, "student:bo");
  served.edge.closeForEndedTokens("ada");
  assert.equal((await ada.closed).code, 4401);
  await bo.settled();
});

Deno.test("[A3] a deactivated person who connects anew is closed with 4403, and a bad token with 4401", async () => {
  await using served = await ServedEdge.start({
    verifyAccess: (token) => Promise.resolve(token === "out" ? "account_inactive" : "invalid_token"),
  });
  for (const [token, code] of [["out", 4403], ["bad", 4401]] as const) {
    const peer = new Peer(served.url);
    await peer.opened;
    peer.send({ type: "hello", token });
    assert.equal((await peer.closed).code, code);
  }
});

Deno.test("[A3] an account deactivated while its token is being checked is not let in", async () => {
  const asked = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<void>();
  let isActive = true;
  await using served = await ServedEdge.start({
    async verifyAccess(token) {
      const access = isActive ? accessOf(token, Date.now()) : null;
      asked.resolve();
      await answer.promise;
      return access ?? "account_inactive";
    },
  });
  const peer = new Peer(served.url);
  await peer.opened;
  peer.send({ type: "hello", token: "student:ada" });
  await asked.promise;
  isActive = false;
  served.edge.closeUser("ada");
  answer.resolve();
  assert.equal((await peer.closed).code, 4403);
  assert.deepEqual(served.badTokens, []);
});

Deno.test("[B3] a person has a bounded number of sockets, and so has the node", async () => {
  await using served = await ServedEdge.start({ limits: { connectionsPerUserMax: 2, connectionsMax: 4 } });
  await Peer.welcomed(served.url, "student:ada");
  await Peer.welcomed(served.url, "student:ada");
  const third = new Peer(served.url);
  await third.opened;
  third.send({ type: "hello", token: "student:ada" });
  assert.equal((await third.closed).code, 4429);
  await Peer.welcomed(served.url, "student:bo");
  await Peer.welcomed(served.url, "student:cy");
  assert.throws(() => served.edge.handle(upgradeRequest(UPGRADE), ADDRESS), isProblem("too_many_sockets", 503));
});

Deno.test("[B3] peers that never answer a close take nobody's place and are forgotten after a while", async () => {
  const clock = new HandClock();
  await using served = await ServedEdge.start({ clock, limits: { connectionsMax: 2, helloWaitMsMax: 1_000 } });
  using first = await StalledPeer.connect(served.port, null);
  using second = await StalledPeer.connect(served.port, null);
  using third = await StalledPeer.connect(served.port, null);
  assert.deepEqual([first, second, third].map(({ greeting }) => greeting.slice(9, 12)), ["101", "101", "503"]);
  clock.advance(1_001);
  assert.equal(served.edge.stats().closing, 2);
  const [ada, bo] = [await Peer.welcomed(served.url, "student:ada"), await Peer.welcomed(served.url, "student:bo")];
  clock.advance(5_001);
  const { connections, closing } = served.edge.stats();
  assert.deepEqual({ connections, closing }, { connections: 2, closing: 0 });
  await Promise.all([ada.settled(), bo.settled()]);
});

Deno.test("[B3] a person's closed sockets leave room for new ones, though the peer never answers the close", async () => {
  await using served = await ServedEdge.start({ limits: { connectionsPerUserMax: 1 } });
  using silent = await StalledPeer.connect(served.port, null);
  await silent.send({ type: "hello", token: "student:ada" });
  await silent.readsFrames((frames) => frames.length > 0);
  served.edge.closeForRoleChange("ada");
  assert.equal(served.edge.stats().closing, 1);
  const again = await Peer.welcomed(served.url, "student:ada");
  await again.settled();
});

Deno.test("[B3] one address has a bounded number of sockets without a welcome, closed but unanswered ones too", async () => {
  const clock = new HandClock();
  const limits = { unwelcomedPerAddressMax: 2, helloWaitMsMax: 1_000 };
  await using served = await ServedEdge.start({ clock, limits });
  await Peer.welcomed(served.url, "student:ada");
  using _first = await StalledPeer.connect(served.port, null);
  using _second = await StalledPeer.connect(served.port, null);
  const refused = isProblem("too_many_unwelcomed", 429);
  assert.throws(() => served.edge.handle(upgradeRequest(UPGRADE), ADDRESS), refused);
  // Another address gets past the bound, to the handshake that this request leaves out.
  const elsewhere = () => served.edge.handle(upgradeRequest(UPGRADE), "198.51.100.9");
  assert.throws(elsewhere, isProblem("bad_handshake", 400));
  clock.advance(1_001);
  clock.advance(5_001);
  assert.throws(() => served.edge.handle(upgradeRequest(UPGRADE), ADDRESS), refused);
});

Deno.test("[W5] a drain tells where each channel stood, closes with 1012 and admits nobody after", async () => {
  await using served = await ServedEdge.start();
  const peer = await Peer.welcomed(served.url, "student:ada");
  await peer.join("session/a");
  await peer.join("session/b");
  await peer.says("session/a", "one");
  await peer.says("session/a", "two");
  const drained = served.edge.closeAll("deploy", 1_500, 5_000);
  const refusal = await peer.next("refuse");
  assert.equal(refusal.code, "draining");
  assert.equal(refusal.retry_after_ms, 1_500);
  assert.deepEqual(refusal.detail, {
    reason: "deploy",
    channels: { "session/a": { epoch: 1, seq: 2 }, "session/b": { epoch: 1, seq: 0 } },
  });
  const closed = await peer.closed;
  assert.equal(closed.code, 1012);
  assert.match(closed.reason, /retry_after_ms=1500/);
  await drained;
  assert.equal(served.edge.stats().connections, 0);
  assert.throws(() => served.edge.handle(upgradeRequest(UPGRADE), ADDRESS), isProblem("draining", 503));
});

Deno.test("[W5] a peer that answers no ping is closed", async () => {
  await using served = await ServedEdge.start({ limits: { heartbeatSeconds: 1, helloWaitMsMax: 600_000 } });
  using peer = await StalledPeer.connect(served.port, null);
  assert.ok(await peer.readsToEnd() > 0);
});
