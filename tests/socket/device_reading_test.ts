/** Readings that a device made of its own camera: the gates and the rate of frames, and what comes of them. */
import assert from "node:assert/strict";
import fc from "fast-check";
import type { EmotionObservation } from "../../src/domain/affect/observation.ts";
import type { EmotionInference } from "../../src/http/ports.ts";
import { parseFrame } from "../../src/http/socket/frame.ts";
import { NeuroLearn } from "../../web/client/neurolearn.js";
import { HandClock } from "./hand_clock.ts";
import { Peer } from "./peer.ts";
import { ServedEdge } from "./served_edge.ts";

class FrameOfDeviceError extends Error {
  override readonly name = "FrameOfDeviceError";
}

/** A server that offers inference, and must not be asked for any: there is no picture. */
const idleReader: EmotionInference = {
  read: () => Promise.reject(new FrameOfDeviceError("nothing of a device's reading is read again")),
  forget: () => undefined,
};

const FACE = {
  type: "emotion_reading",
  channel: "session/a",
  captured_at_ms: 1,
  faces: 2,
  probabilities: [0.05, 0.05, 0.05, 0.6, 0.05, 0.05, 0.15],
  confident: true,
  model: "blazeface-back@1+fer2013-xception@1",
};
const NO_FACE = { ...FACE, faces: 0, probabilities: null, confident: false };

async function joined(served: ServedEdge, channel = "session/a"): Promise<Peer> {
  const peer = await Peer.welcomed(served.url, "student:ada");
  await peer.join(channel);
  return peer;
}

Deno.test("[M18] a device's reading becomes an observation of the session, marked as the device's", async () => {
  const observed: EmotionObservation[] = [];
  const clock = new HandClock();
  await using served = await ServedEdge.start({
    emotion: idleReader,
    mayInfer: () => true,
    clock,
    onObserved: (_learner, _session, observation) => void observed.push(observation),
  });
  const peer = await joined(served);
  const capturedAtMs = clock.nowMs() - 40;
  peer.send({ ...FACE, captured_at_ms: capturedAtMs });
  const told = await peer.next("ephemeral");
  assert.deepEqual([told.event, told.data], ["emotion", { captured_at_ms: capturedAtMs, origin: "client" }]);
  peer.send({ ...NO_FACE, captured_at_ms: capturedAtMs + 1e9 });
  await peer.next("ephemeral");
  const { probabilities, confident, faces, model } = FACE;
  const face = { kind: "face", probabilities, confident, faces };
  assert.deepEqual(observed, [
    { capturedAtMs, reading: face, model, source: "device" },
    { capturedAtMs: clock.nowMs(), reading: { kind: "no_face" }, model, source: "device" },
  ]);
});

Deno.test("[M18] without consent, against the class's policy or with emotion off a device's reading goes nowhere", async () => {
  let consents = false;
  const gated = { emotion: idleReader, mayInfer: () => consents };
  await using served = await ServedEdge.start(gated);
  const peer = await joined(served);
  peer.send(FACE);
  assert.deepEqual((await peer.next("refuse")).detail, { reason: "no_consent", frames: 1 });
  consents = true;
  served.edge.consentChanged("ada");
  peer.send(FACE);
  await peer.next("ephemeral");
  consents = false;
  served.edge.consentChanged("ada");
  peer.send(FACE);
  assert.deepEqual((await peer.next("refuse")).detail, { reason: "no_consent", frames: 1 });
  await using off = await ServedEdge.start();
  const elsewhere = await joined(off);
  elsewhere.send(FACE);
  assert.deepEqual((await elsewhere.next("refuse")).detail, { reason: "emotion_off", frames: 1 });
  consents = true;
  await using ofClass = await ServedEdge.start({ ...gated, classesAllow: () => false });
  const pupil = await joined(ofClass);
  pupil.send(FACE);
  assert.deepEqual((await pupil.next("refuse")).detail, { reason: "class_policy", frames: 1 });
  pupil.send({ ...FACE, channel: "session/b" });
  assert.equal((await pupil.next("refuse")).code, "not_joined");
  for (const edge of [served, off, ofClass]) assert.equal(edge.edge.stats().cameraUnread, edge === served ? 2 : 1);
});

Deno.test("[M18] readings count against the rate of frames, and the newest over it wins", async () => {
  const clock = new HandClock();
  const observed: number[] = [];
  await using served = await ServedEdge.start({
    emotion: idleReader,
    mayInfer: () => true,
    clock,
    limits: { cameraFramesPerSecondMax: 2 },
    onObserved: (_learner, _session, { capturedAtMs }) => void observed.push(capturedAtMs),
  });
  const peer = await joined(served);
  const startMs = clock.nowMs();
  for (let i = 0; i < 6; i++) peer.send({ ...FACE, captured_at_ms: startMs - 6 + i });
  for (let i = 0; i < 2; i++) await peer.next("ephemeral");
  clock.advance(500);
  await peer.next("ephemeral");
  assert.deepEqual(observed, [startMs - 6, startMs - 5, startMs - 1]);
  assert.equal(served.edge.stats().cameraUnread, 3);
});

Deno.test("[M18] a reading whose probabilities are none, or that does not fit itself, is refused with the reason", async () => {
  await using served = await ServedEdge.start({ emotion: idleReader, mayInfer: () => true });
  const peer = await joined(served);
  const bad = [
    { ...FACE, probabilities: [0.5, 0.5, 0, 0, 0, 0] },
    { ...FACE, probabilities: [0.5, 0.4, 0, 0, 0, 0, 0] },
    { ...FACE, probabilities: [1.5, -0.5, 0, 0, 0, 0, 0] },
    { ...FACE, probabilities: ["1", 0, 0, 0, 0, 0, 0] },
    { ...FACE, probabilities: null },
    { ...FACE, faces: 0 },
    { ...FACE, faces: 1.5 },
    { ...FACE, model: "<b>me</b>" },
    { ...FACE, captured_at_ms: -1 },
    { ...FACE, image: "a picture" },
  ];
  for (const frame of bad) {
    peer.send(frame);
    assert.equal((await peer.next("refuse")).code, "bad_frame", JSON.stringify(frame));
  }
  peer.socket.send(JSON.stringify(FACE).replace("0.6", "1e999"));
  assert.equal((await peer.next("refuse")).code, "bad_frame");
  peer.send(FACE);
  assert.equal((await peer.next("ephemeral")).event, "emotion");
});

Deno.test("[M18] any seven shares of a whole are taken, also rounded to four digits", () => {
  const weights = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 7, maxLength: 7 });
  fc.assert(fc.property(weights, fc.boolean(), (drawn, isRounded) => {
    const total = drawn.reduce((sum, weight) => sum + weight, 0);
    fc.pre(total > 1e-6);
    const shares = drawn.map((weight) => weight / total);
    const probabilities = isRounded ? shares.map((share) => Number(share.toFixed(4))) : shares;
    assert.equal(parseFrame(JSON.stringify({ ...FACE, probabilities }), 65_536).type, "emotion_reading");
  }));
});

Deno.test("[M18] the shipped client sends a reading as the frame that the edge takes", async () => {
  await using served = await ServedEdge.start({ emotion: idleReader, mayInfer: () => true });
  const live = new NeuroLearn(served.url, () => "student:ada");
  const channel = live.channel("session/a");
  const { type: _type, channel: _channel, ...reading } = FACE;
  assert.ok(!live.sendEmotionReading(channel, reading), "nothing is sent before the welcome");
  const { promise: state, resolve: joinedNow } = Promise.withResolvers<unknown>();
  const { promise: emotion, resolve: told } = Promise.withResolvers<unknown>();
  channel.on("state", joinedNow);
  channel.on("emotion", told);
  await state;
  assert.ok(live.sendEmotionReading(channel, { ...reading, captured_at_ms: live.serverNowMs() }));
  assert.equal((await emotion as { origin: string }).origin, "client");
  live.close();
});
