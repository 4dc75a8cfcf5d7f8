/** One socket that stops reading, among thirty. */
import assert from "node:assert/strict";
import { Peer } from "./peer.ts";
import { ServedEdge } from "./served_edge.ts";
import { StalledPeer } from "./stalled_peer.ts";

const READERS = 29;
const MEBIBYTE = 1024 * 1024;
const EVENT_CHARS = 16_000;
/** Together well over what loopback's own buffers take, so that the stalled socket truly backs up. */
const EVENTS = 500;
const UNHURRIED = { framesPerSecondMax: 1e6, framesBurstMax: 1e6, presenceWaitMs: 10 };

async function stalledIn(served: ServedEdge, channel: string): Promise<StalledPeer> {
  const stalled = await StalledPeer.connect(served.port, null);
  await stalled.send({ type: "hello", token: "student:slow" });
  await stalled.send({ type: "join", channel });
  return stalled;
}

async function speak(teacher: Peer, channel: string, events: number): Promise<void> {
  const response = { kind: "number", value: EVENT_CHARS, unit: null };
  for (let i = 0; i < events; i++) await teacher.does(channel, "answer", { item: 1, response });
}

Deno.test("[R4] a stalled socket among thirty is bounded and slows nobody; a slow one catches up with every event", async () => {
  await using served = await ServedEdge.start({
    limits: UNHURRIED,
  });
  const channel = "session/class";
  const teacher = await Peer.welcomed(served.url, "teacher:tom");
  await teacher.join(channel);
  const readers = await Promise.all(
    Array.from({ length: READERS }, (_, i) => Peer.welcomed(served.url, `student:s${i}`)),
  );
  for (const reader of readers) await reader.join(channel);
  using stalled = await stalledIn(served, channel);
  await teacher.next("presence", ({ people }) => people === READERS + 2);
  let heldBytesMax = 0;
  for (let part = 0; part < 50; part++) {
    await speak(teacher, channel, EVENTS / 50);
    const { queuedBytes, bufferedBytes } = served.edge.stats();
    heldBytesMax = Math.max(heldBytesMax, queuedBytes + bufferedBytes);
  }
  assert.ok(served.edge.stats().cuts > 0, "the stalled socket was cut");
  assert.ok(heldBytesMax < MEBIBYTE, `held ${heldBytesMax} bytes`);
  for (const reader of readers) {
    await reader.next("event", (frame) => frame.seq === EVENTS);
    const seqs = reader.frames.filter((frame) => frame.type === "event").map((frame) => frame.seq);
    assert.deepEqual(seqs, Array.from({ length: EVENTS - 1 }, (_, i) => i + 1));
  }
  const frames = await stalled.readsFrames((read) => {
    const last = read.at(-1);
    return last?.type === "event" && last.seq === EVENTS;
  });
  const events = frames.filter((frame) => frame.type === "event").map((frame) => frame.seq);
  assert.deepEqual(events, Array.from({ length: EVENTS }, (_, i) => i + 1));
});

Deno.test("[R4] a socket that takes nothing for too long is closed and forgotten by its channels", async () => {
  await using served = await ServedEdge.start({
    limits: { ...UNHURRIED, stalledMsMax: 300 },
  });
  const channel = "session/class";
  const teacher = await Peer.welcomed(served.url, "teacher:tom");
  await teacher.join(channel);
  using stalled = await stalledIn(served, channel);
  await teacher.next("presence", ({ people }) => people === 2);
  await speak(teacher, channel, EVENTS);
  await teacher.next("presence", ({ people }) => people === 1);
  assert.equal(served.edge.stats().queuedBytes, 0);
  assert.equal(await stalled.readsToClose(), 4413);
});
