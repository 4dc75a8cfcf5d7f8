/** The shipped client against the real edge: connects, resumes, sends again, keeps time, gives up when told to. */
import assert from "node:assert/strict";
import { decodeCameraFrame } from "../../src/http/socket/camera_frame.ts";
import { encodeCameraFrame } from "../../web/client/camera_frame.js";
import { type Channel, ClosedError, NeuroLearn, RefusedError } from "../../web/client/neurolearn.js";
import { CuttableWire } from "./cuttable_wire.ts";
import { Peer } from "./peer.ts";
import { PlainProxy } from "./plain_proxy.ts";
import { ServedEdge } from "./served_edge.ts";

function statusOf(live: NeuroLearn, wanted: "open" | "down" | "closed"): Promise<unknown> {
  const { promise, resolve } = Promise.withResolvers<unknown>();
  const end = live.onStatus((status, detail) => {
    if (status !== wanted) return;
    end();
    resolve(detail);
  });
  return promise;
}

/** Resolves with the first thing heard under this name that `matches`. */
function heard(channel: Channel, event: string, matches: (data: unknown) => boolean = () => true): Promise<unknown> {
  const { promise, resolve } = Promise.withResolvers<unknown>();
  const end = channel.on(event, (data) => {
    if (!matches(data)) return;
    end();
    resolve(data);
  });
  return promise;
}

function text(value: string) {
  return { item: 1, response: { kind: "text", text: value } };
}

Deno.test("[W3] the client joins, hears state and events, sends commands, and keeps the server's time", async () => {
  await using served = await ServedEdge.start();
  const begunMs = Date.now();
  const live = new NeuroLearn(served.url, () => "student:ada");
  const channel = live.channel("session/a");
  assert.deepEqual(await heard(channel, "state"), { heard: 0, audience: "learner" });
  const said = heard(channel, "said");
  assert.deepEqual(await channel.send("answer", text("hi")), { heard: 1 });
  assert.deepEqual(await said, { text: "hi" });
  await assert.rejects(channel.send("skip", { item: 3 }), (error) => {
    return error instanceof RefusedError && error.code === "item_closed";
  });
  // Server and client have one clock here, so all that can be wrong is the way, which took no longer than this.
  const errorMs = Math.abs(live.serverNowMs() - Date.now());
  assert.ok(errorMs <= Date.now() - begunMs + 1, `${errorMs} ms`);
  live.close();
  await assert.rejects(channel.send("pause"), ClosedError);
});

Deno.test("[R2] over cut connections the client hears every event once and each of its commands is done once", async () => {
  await using served = await ServedEdge.start();
  await using wire = new CuttableWire(served.port);
  const teacher = await Peer.welcomed(served.url, "teacher:tom");
  await teacher.join("session/a");
  const live = new NeuroLearn(wire.url, () => "student:ada");
  const channel = live.channel("session/a");
  const events: string[] = [];
  channel.on("said", (data) => events.push((data as { text: string }).text));
  await heard(channel, "state");
  const sent: Promise<unknown>[] = [];
  for (let round = 0; round < 4; round++) {
    const down = statusOf(live, "down");
    const back = statusOf(live, "open");
    sent.push(channel.send("answer", text(`before ${round}`)));
    wire.cut();
    await down;
    sent.push(channel.send("answer", text(`while down ${round}`)));
    await teacher.says("session/a", `teacher ${round}`);
    await back;
  }
  await Promise.all(sent);
  const last = heard(channel, "said", (data) => (data as { text: string }).text === "last");
  await teacher.says("session/a", "last");
  await last;
  assert.equal(events.length, 13);
  assert.equal(new Set(events).size, 13);
  live.close();
});

Deno.test("[W5] the client comes back after a drain, to the next server, and stays away from a deactivated account", async () => {
  await using served = await ServedEdge.start();
  const live = new NeuroLearn(served.url, () => "student:ada");
  await statusOf(live, "open");
  const closed = statusOf(live, "closed");
  served.edge.closeUser("ada");
  assert.deepEqual(await closed, { code: 4403, reason: "the account is not active" });
  await using wire = new CuttableWire(served.port);
  await using successor = await ServedEdge.start();
  const other = new NeuroLearn(wire.url, () => "student:bo");
  const channel = other.channel("session/b");
  await heard(channel, "state");
  const down = statusOf(other, "down");
  wire.targetPort = successor.port;
  await served.edge.closeAll("deploy", 50, 1_000);
  assert.deepEqual(await down, { code: 1012, reason: "retry_after_ms=50" });
  await channel.send("answer", text("on"));
  assert.equal(successor.edge.stats().connections, 1);
  other.close();
});

Deno.test("[W1] the client renews its token in time on the open socket", async () => {
  await using served = await ServedEdge.start();
  let tokens = 0;
  const renewed = Promise.withResolvers<void>();
  const live = new NeuroLearn(served.url, () => {
    tokens += 1;
    if (tokens === 2) renewed.resolve();
    return tokens === 1 ? "student:ada:30500" : "student:ada";
  });
  await statusOf(live, "open");
  await renewed.promise;
  assert.equal(served.edge.stats().connections, 1);
  live.close();
});

Deno.test("[W3] a command on a channel that may not be joined is rejected, waiting or sent later", async () => {
  await using served = await ServedEdge.start();
  const live = new NeuroLearn(served.url, () => "student:ada");
  const nowhere = live.channel("nothing/a");
  const refused = (error: unknown) => error instanceof RefusedError && error.code === "not_found";
  await assert.rejects(nowhere.send("pause"), refused);
  await assert.rejects(nowhere.send("pause"), refused);
  live.close();
});

Deno.test("[W3] a command too large for a frame is rejected before it is sent", async () => {
  await using served = await ServedEdge.start();
  const live = new NeuroLearn(served.url, () => "student:ada");
  const channel = live.channel("session/a");
  await heard(channel, "state");
  await assert.rejects(channel.send("answer", text("x".repeat(70_000))), (error) => {
    return error instanceof RefusedError && error.code === "frame_too_large";
  });
  assert.deepEqual(await channel.send("answer", text("small")), { heard: 1 });
  live.close();
});

Deno.test("[W4] a channel that was left and joined again hears nothing of its past before it is joined", async () => {
  await using served = await ServedEdge.start();
  const teacher = await Peer.welcomed(served.url, "teacher:tom");
  await teacher.join("session/a");
  const live = new NeuroLearn(served.url, () => "student:ada");
  const first = live.channel("session/a");
  await heard(first, "state");
  const said = teacher.says("session/a", "in flight");
  first.leave();
  const second = live.channel("session/a");
  const early: unknown[] = [];
  second.on("*", (data) => early.push(data));
  await said;
  await assert.rejects(first.send("pause"), ClosedError);
  await second.send("answer", text("here"));
  assert.deepEqual(early[0], { heard: 1, audience: "learner" });
  live.close();
});

Deno.test("[W1] a refused token is asked for afresh, and given up after three in a row", async () => {
  await using served = await ServedEdge.start();
  const tokens = ["bad", "worse", "student:ada"];
  const live = new NeuroLearn(served.url, () => tokens.shift() ?? "none left");
  await statusOf(live, "open");
  live.close();
  const hopeless = new NeuroLearn(served.url, () => "bad");
  assert.equal((await statusOf(hopeless, "closed") as { code: number }).code, 4401);
});

Deno.test("[W6] the client's camera frame is what decodeCameraFrame reads", () => {
  const image = new Uint8Array([5, 6, 7]);
  const reading = decodeCameraFrame(encodeCameraFrame("session/a", "webp", image, 1234.5).buffer);
  assert.deepEqual(reading, {
    kind: "frame",
    frame: { channel: "session/a", capturedAtMs: 1234.5, format: "webp", bytes: image },
  });
});

Deno.test("[Z4 Z5] over reads that a proxy breaks off the client hears every event once, without going down", async () => {
  await using served = await ServedEdge.start();
  await using proxy = new PlainProxy(served.port);
  const teacher = await Peer.welcomed(served.url, "teacher:tom");
  await teacher.join("session/a");
  const live = new NeuroLearn(proxy.url, () => "student.ada");
  const statuses: string[] = [];
  live.onStatus((status) => statuses.push(status));
  const channel = live.channel("session/a");
  const events: string[] = [];
  channel.on("said", (data) => events.push((data as { text: string }).text));
  await heard(channel, "state");
  for (let round = 0; round < 2; round++) {
    const last = heard(channel, "said", (data) => (data as { text: string }).text === `after ${round}`);
    await teacher.says("session/a", `before ${round}`);
    proxy.breakReads();
    await teacher.says("session/a", `while broken ${round}`);
    const sent = channel.send("answer", text(`after ${round}`));
    await Promise.all([last, sent]);
  }
  assert.deepEqual(events, [0, 1].flatMap((round) => [`before ${round}`, `while broken ${round}`, `after ${round}`]));
  assert.deepEqual(statuses, ["open"]);
  const reads = proxy.asked.filter((address) => /stream\/[^/]+$/.test(address));
  assert.equal(reads.length, 3, "each break was one");
  live.close();
});
