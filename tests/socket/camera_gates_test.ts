/** Camera frames and the gates before them: the class's policy, and consent to the very moment. */
import assert from "node:assert/strict";
import { addressOf } from "../../src/domain/address.ts";
import { encodeCameraFrame } from "../../src/http/socket/camera_frame.ts";
import { CameraIntake } from "../../src/http/socket/camera_intake.ts";
import type { Door } from "../../src/http/socket/door.ts";
import type { ClosedGate } from "../../src/http/emotion_gates.ts";
import { EmotionLeave } from "../../src/http/socket/emotion_leave.ts";
import { DEFAULT_SOCKET_LIMITS } from "../../src/http/socket/limits.ts";
import { NewestFrames } from "../../src/http/socket/newest_frames.ts";
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
    classesAllow: () => allowed,
  });
  const peer = await Peer.welcomed(served.url, "student:ada");
  await peer.join("session/a");
  const send = () => peer.socket.send(frameFor("a"));
  send();
  assert.deepEqual((await peer.next("refuse")).detail, { reason: "class_policy", frames: 1 });
  assert.equal(emotion.frames.length, 0);
  allowed = true;
  served.edge.classPolicyChanged();
  send();
  assert.equal((await peer.next("ephemeral")).event, "emotion");
  const release = emotion.hold();
  send();
  await emotion.arrival;
  allowed = false;
  served.edge.classPolicyChanged();
  release();
  await peer.next("refuse", ({ code }) => code === "camera_unread");
  send();
  await peer.settled();
  assert.deepEqual([emotion.frames.length, served.edge.stats().cameraObserved], [2, 1]);
});

Deno.test("[M1] leave is asked for anew when the learner's sessions change, and when that happens on the way", async () => {
  const answers: (ClosedGate | null)[] = ["class_policy", null, "class_policy"];
  const asked = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<void>();
  const clock = new HandClock();
  const leave = new EmotionLeave(
    async () => {
      asked.resolve();
      await answer.promise;
      return answers.shift() ?? null;
    },
    clock,
    30_000,
  );
  const closed = leave.closedGate("ada");
  await asked.promise;
  leave.forget("ada");
  answer.resolve();
  assert.equal(await closed, null, "the first answer was old when it came");
  assert.equal(await leave.closedGate("ada"), null);
  assert.equal(answers.length, 1, "remembered");
  leave.forgetAll();
  assert.equal(await leave.closedGate("ada"), "class_policy");
  clock.advance(30_000);
  assert.equal(await leave.closedGate("ada"), null);
});

Deno.test("[M17] [H2] who leaves and comes back finds their rate as they left it; a second later it is whole again", () => {
  const clock = new HandClock();
  const frames = new NewestFrames<number>({ perSecondMax: 5, waitingMax: 8 }, clock, () => undefined);
  const read = (count: number) =>
    Array.from({ length: count }, (_, i) => frames.offer("ada", i)).filter(({ kind }) => kind === "now").length;
  let granted = 0;
  for (let reconnects = 0; reconnects < 20; reconnects += 1) {
    granted += read(5);
    frames.forget("ada");
    clock.advance(20);
  }
  assert.ok(granted <= 5 + 5 * 0.4, `${granted} frames in 400 ms`);
  frames.forget("ada");
  clock.advance(1_000);
  assert.equal(read(9), 5);
});

for (const change of ["is taken back", "is taken back by one whose last socket has gone"] as const) {
  Deno.test(`[M9] a reading is not handed on for the history when consent ${change} while its session takes it`, async () => {
    const observed: string[] = [];
    const taken = Promise.withResolvers<void>();
    const answer = Promise.withResolvers<void>();
    const door: Pick<Door, "tell"> = {
      async tell() {
        taken.resolve();
        await answer.promise;
        return { kind: "done", body: {}, epoch: 1, seq: 1, repeated: false };
      },
    };
    const clock = new HandClock();
    const leave = new EmotionLeave(() => Promise.resolve(null), clock, 1_000);
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
    if (change === "is taken back") camera.consentChanged("ada");
    else camera.forget("ada");
    leave.forget("ada");
    answer.resolve();
    await taking;
    assert.deepEqual(observed, []);
    await camera.take(frameFor("s1").buffer, source);
    assert.deepEqual(observed, ["ada s1"], "the next frame asks the record again, which here still says yes");
  });
}
