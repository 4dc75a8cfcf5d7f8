/** Camera frames on a socket: consent, rate, outcomes, and the observation that comes of one. */
import assert from "node:assert/strict";
import { addressOf } from "../../src/domain/address.ts";
import type { CameraFrame, EmotionInference, FrameOutcome } from "../../src/http/ports.ts";
import { encodeCameraFrame } from "../../src/http/socket/camera_frame.ts";
import { HandClock } from "./hand_clock.ts";
import { Peer } from "./peer.ts";
import { ServedEdge } from "./served_edge.ts";

/** A reader of faces that sees what the frame's first byte says, when the test lets it. */
class ScriptedInference implements EmotionInference {
  readonly frames: CameraFrame[] = [];
  readonly forgotten: string[] = [];
  #gate: Promise<void> = Promise.resolve();

  hold(): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#gate = promise;
    return resolve;
  }

  async read(frame: CameraFrame): Promise<FrameOutcome> {
    this.frames.push(frame);
    await this.#gate;
    const first = frame.bytes[0];
    if (first === 1) return { kind: "refused", code: "image_truncated", message: "the image ends too early" };
    if (first === 2) return { kind: "dropped", reason: "superseded" };
    if (first === 3) return { kind: "unavailable", reason: "no worker" };
    const observation = {
      capturedAtMs: frame.capturedAtMs,
      reading: { kind: "no_face" },
      model: "scripted",
      source: "server",
    } as const;
    return { kind: "observed", observation };
  }

  forget(learnerId: string): void {
    this.forgotten.push(learnerId);
  }
}

function frameOf(first: number, capturedAtMs: number): Uint8Array<ArrayBuffer> {
  const channel = addressOf("session", "a");
  return encodeCameraFrame({ channel, capturedAtMs, format: "jpeg", bytes: new Uint8Array([first, 9, 9]) });
}

async function joined(served: ServedEdge): Promise<Peer> {
  const peer = await Peer.welcomed(served.url, "student:ada");
  await peer.join("session/a");
  return peer;
}

Deno.test("[M1] with consent a frame becomes an observation of the session, told in its learner's name", async () => {
  const emotion = new ScriptedInference();
  await using served = await ServedEdge.start({ emotion, mayInfer: (userId) => userId === "ada" });
  const peer = await joined(served);
  const capturedAtMs = Date.now();
  peer.socket.send(frameOf(0, capturedAtMs));
  const told = await peer.next("ephemeral");
  assert.deepEqual([told.event, told.data], ["emotion", { captured_at_ms: capturedAtMs, origin: "client" }]);
  assert.deepEqual(emotion.frames.map(({ learnerId, format }) => [learnerId, format]), [["ada", "jpeg"]]);
  assert.equal(served.edge.stats().cameraObserved, 1);
});

Deno.test("[M1] a capture time in the future or long past is brought near the server's own", async () => {
  const emotion = new ScriptedInference();
  await using served = await ServedEdge.start({ emotion, mayInfer: () => true, limits: { cameraAgeMsMax: 10_000 } });
  const peer = await joined(served);
  const sentMs = Date.now();
  peer.socket.send(frameOf(0, Date.now() + 1e9));
  peer.socket.send(frameOf(0, 1));
  await peer.next("ephemeral");
  await peer.next("ephemeral");
  for (const { capturedAtMs } of emotion.frames) {
    assert.ok(capturedAtMs <= Date.now() && capturedAtMs >= sentMs - 10_000);
  }
});

Deno.test("[M1] without consent nothing is read; a consent taken back during a reading throws the reading away", async () => {
  const emotion = new ScriptedInference();
  let given = false;
  await using served = await ServedEdge.start({ emotion, mayInfer: () => given });
  const peer = await joined(served);
  peer.socket.send(frameOf(0, 1));
  const refusal = await peer.next("refuse");
  assert.deepEqual([refusal.code, refusal.channel], ["camera_unread", "session/a"]);
  assert.deepEqual(refusal.detail, { reason: "no_consent", frames: 1 });
  assert.equal(emotion.frames.length, 0);
  given = true;
  served.edge.consentChanged("ada");
  assert.deepEqual(emotion.forgotten, ["ada"]);
  const release = emotion.hold();
  peer.socket.send(frameOf(0, 1));
  await peer.settled();
  assert.equal(emotion.frames.length, 1);
  given = false;
  served.edge.consentChanged("ada");
  release();
  await peer.settled();
  assert.deepEqual([served.edge.stats().cameraObserved, served.edge.stats().cameraUnread], [0, 2]);
  peer.socket.send(frameOf(0, 1));
  await peer.settled();
  assert.equal(emotion.frames.length, 1);
});

Deno.test("[M3] an image that is refused says why; what is dropped or unavailable is counted and told once a second", async () => {
  const emotion = new ScriptedInference();
  await using served = await ServedEdge.start({ emotion, mayInfer: () => true });
  const peer = await joined(served);
  peer.socket.send(frameOf(1, 1));
  assert.equal((await peer.next("refuse")).code, "image_truncated");
  peer.socket.send(frameOf(2, 1));
  peer.socket.send(frameOf(3, 1));
  peer.socket.send(frameOf(2, 1));
  await peer.next("refuse", ({ code }) => code === "camera_unread");
  await peer.settled();
  assert.deepEqual(peer.frames.filter((frame) => frame.type === "refuse"), []);
  assert.equal(served.edge.stats().cameraUnread, 3);
});

Deno.test("[B3] frames over the learner's rate are left unread, on however many devices", async () => {
  const emotion = new ScriptedInference();
  await using served = await ServedEdge.start({
    emotion,
    mayInfer: () => true,
    limits: { cameraFramesPerSecondMax: 2 },
  });
  const phone = await joined(served);
  const laptop = await joined(served);
  for (const peer of [phone, laptop]) for (let i = 0; i < 5; i++) peer.socket.send(frameOf(0, 1));
  await phone.settled();
  await laptop.settled();
  assert.ok(emotion.frames.length >= 2 && emotion.frames.length < 5, `${emotion.frames.length} read`);
});

/** Frames whose capture times are `nowMs`, `nowMs + 1`, … so that what was read can be told apart. */
function burst(peer: Peer, count: number, nowMs: number): void {
  for (let i = 0; i < count; i++) peer.socket.send(frameOf(0, nowMs - count + 1 + i));
}

Deno.test("[M2] of a burst over the rate the newest frame is read as soon as the rate allows", async () => {
  const emotion = new ScriptedInference();
  const clock = new HandClock();
  await using served = await ServedEdge.start({ emotion, mayInfer: () => true, clock });
  const peer = await joined(served);
  const nowMs = clock.nowMs();
  burst(peer, 30, nowMs);
  await peer.settled();
  for (let i = 0; i < 5; i++) await peer.next("ephemeral");
  assert.deepEqual(emotion.frames.map(({ capturedAtMs }) => capturedAtMs - nowMs), [-29, -28, -27, -26, -25]);
  clock.advance(199);
  await peer.settled();
  assert.equal(emotion.frames.length, 5);
  clock.advance(1);
  await peer.next("ephemeral");
  assert.deepEqual(emotion.frames.slice(5).map(({ capturedAtMs }) => capturedAtMs), [nowMs]);
  clock.advance(10_000);
  await peer.settled();
  assert.deepEqual([emotion.frames.length, served.edge.stats().cameraUnread], [6, 24]);
});

Deno.test("[M2] frames superseded are told in full, a second after the telling before", async () => {
  const emotion = new ScriptedInference();
  const clock = new HandClock();
  await using served = await ServedEdge.start({ emotion, mayInfer: () => true, clock });
  const peer = await joined(served);
  burst(peer, 30, clock.nowMs());
  await peer.settled();
  assert.deepEqual((await peer.next("refuse")).detail, { reason: "superseded", frames: 1 });
  clock.advance(999);
  await peer.settled();
  assert.deepEqual(peer.frames.filter((frame) => frame.type === "refuse"), []);
  clock.advance(1);
  assert.deepEqual((await peer.next("refuse")).detail, { reason: "superseded", frames: 23 });
  clock.advance(60_000);
  await peer.settled();
  assert.deepEqual(peer.frames.filter((frame) => frame.type === "refuse"), []);
});

for (const how of ["leaves", "closes"] as const) {
  Deno.test(`[M2] a frame that waits is dropped and counted when its socket ${how}`, async () => {
    const emotion = new ScriptedInference();
    const clock = new HandClock();
    await using served = await ServedEdge.start({ emotion, mayInfer: () => true, clock });
    const other = await joined(served);
    const peer = await joined(served);
    burst(peer, 6, clock.nowMs());
    await peer.settled();
    if (how === "leaves") peer.send({ type: "leave", channel: "session/a" });
    else await peer.leave();
    await other.settled();
    if (how === "leaves") await peer.join("session/a");
    clock.advance(10_000);
    await other.settled();
    assert.deepEqual([emotion.frames.length, served.edge.stats().cameraUnread], [5, 1]);
  });
}

Deno.test("[M1] a frame that waits when consent changes is never read, and consent is asked when it is due", async () => {
  const emotion = new ScriptedInference();
  const clock = new HandClock();
  let given = true;
  await using served = await ServedEdge.start({ emotion, mayInfer: () => given, clock, limits: { consentCacheMs: 1 } });
  const peer = await joined(served);
  burst(peer, 6, clock.nowMs());
  await peer.settled();
  served.edge.consentChanged("ada");
  clock.advance(1_000);
  await peer.settled();
  assert.equal(emotion.frames.length, 5);
  burst(peer, 6, clock.nowMs());
  await peer.settled();
  assert.equal(emotion.frames.length, 10);
  given = false;
  clock.advance(1_000);
  await peer.settled();
  assert.deepEqual([emotion.frames.length, served.edge.stats().cameraUnread], [10, 2]);
});

Deno.test("[B3] learners with a frame waiting are limited; the frame of one more is left unread", async () => {
  const emotion = new ScriptedInference();
  const clock = new HandClock();
  const limits = { cameraFramesWaitingMax: 1, cameraFramesPerSecondMax: 1 };
  await using served = await ServedEdge.start({ emotion, mayInfer: () => true, clock, limits });
  const ada = await joined(served);
  const bea = await Peer.welcomed(served.url, "student:bea");
  await bea.join("session/a");
  burst(ada, 2, clock.nowMs());
  await ada.settled();
  burst(bea, 2, clock.nowMs());
  assert.deepEqual((await bea.next("refuse")).detail, { reason: "overloaded", frames: 1 });
  clock.advance(1_000);
  await ada.settled();
  assert.deepEqual(emotion.frames.map(({ learnerId }) => learnerId), ["ada", "bea", "ada"]);
});

Deno.test("[M1] a server without emotion and a channel not joined take no frames", async () => {
  await using served = await ServedEdge.start();
  const peer = await Peer.welcomed(served.url, "student:ada");
  peer.socket.send(frameOf(0, 1));
  assert.equal((await peer.next("refuse")).code, "not_joined");
  await peer.join("session/a");
  peer.socket.send(frameOf(0, 1));
  assert.deepEqual((await peer.next("refuse")).detail, { reason: "emotion_off", frames: 1 });
});
