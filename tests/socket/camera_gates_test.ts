/** Camera frames and the gates before them: the class's policy, and consent to the very moment. */
import assert from "node:assert/strict";
import { addressOf } from "../../src/domain/address.ts";
import { encodeCameraFrame } from "../../src/http/socket/camera_frame.ts";
import { CameraIntake } from "../../src/http/socket/camera_intake.ts";
import type { Door } from "../../src/http/socket/door.ts";
import { EmotionLeave } from "../../src/http/socket/emotion_leave.ts";
import { DEFAULT_SOCKET_LIMITS } from "../../src/http/socket/limits.ts";
import { JPEG, ScriptedReader } from "../http/emotion_world.ts";
import { HandClock } from "./hand_clock.ts";
import { Peer } from "./peer.ts";
import { ServedEdge } from "./served_edge.ts";

function frameFor(session: string): Uint8Array<ArrayBuffer> {
  return encodeCameraFrame({ channel: addressOf("session", session), capturedAtMs: 1, format: "jpeg", bytes: JPEG });
}

Deno.test("[M1] in a class whose policy forbids it nothing is read; a changed policy holds from the next frame on", async () => {
  const emotion = new ScriptedReader();
  let allowed = false;
  await using served = await ServedEdge.start({
    emotion,
    mayInfer: () => true,
    classAllows: (classId) => classId === "7b" && allowed,
  });
  const peer = await Peer.welcomed(served.url, "student:ada");
  await peer.join("session/in-7b");
  const send = () => peer.socket.send(frameFor("in-7b"));
  send();
  assert.deepEqual((await peer.next("refuse")).detail, { reason: "class_policy", frames: 1 });
  assert.equal(emotion.frames.length, 0);
  allowed = true;
  served.edge.classPolicyChanged("7b");
  send();
  assert.equal((await peer.next("ephemeral")).event, "emotion");
  const release = emotion.hold();
  send();
  await emotion.arrival;
  allowed = false;
  served.edge.classPolicyChanged("7b");
  release();
  await peer.next("refuse", ({ code }) => code === "camera_unread");
  send();
  await peer.settled();
  assert.deepEqual([emotion.frames.length, served.edge.stats().cameraObserved], [2, 1]);
});

for (const change of ["is taken back", "is taken back by one whose last socket has gone"] as const) {
  Deno.test(`[M9] a reading is not handed on for the history when consent ${change} while its session takes it`, async () => {
    const observed: string[] = [];
    const taken = Promise.withResolvers<void>();
    const answer = Promise.withResolvers<void>();
    const door: Pick<Door, "read" | "tell"> = {
      read: () => Promise.resolve({ kind: "read", state: { class_id: null }, epoch: 1, seq: 1 }),
      async tell() {
        taken.resolve();
        await answer.promise;
        return { kind: "done", body: {}, epoch: 1, seq: 1, repeated: false };
      },
    };
    const clock = new HandClock();
    const leave = new EmotionLeave({ door, learnerAllows: () => true, classAllows: () => true, clock, cacheMs: 1_000 });
    const camera = new CameraIntake({
      door,
      emotion: new ScriptedReader(),
      leave,
      onObserved: (learnerId, sessionId) => void observed.push(`${learnerId} ${sessionId}`),
      clock,
      limits: DEFAULT_SOCKET_LIMITS,
    });
    const source = {
      principal: { userId: "ada", role: "student" },
      hasJoined: () => true,
      refuse: () => undefined,
    } as const;
    const taking = camera.take(frameFor("s1").buffer, source);
    await taken.promise;
    if (change === "is taken back") leave.consentChanged("ada");
    else leave.forget("ada");
    answer.resolve();
    await taking;
    assert.deepEqual(observed, []);
    await camera.take(frameFor("s1").buffer, source);
    assert.deepEqual(observed, ["ada s1"], "the next frame asks the record again, which here still says yes");
  });
}
