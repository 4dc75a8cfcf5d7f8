/** Who is told who is on a lesson's channel. */
import assert from "node:assert/strict";
import { classroomAddress } from "../../src/domain/classroom/messages.ts";
import { sessionAddress } from "../../src/domain/session/messages.ts";
import type { Principal } from "../../src/domain/principal.ts";
import { AttendanceTeller } from "../../src/http/socket/attendance.ts";
import type { Encoded } from "../../src/http/socket/encoded.ts";
import { DEFAULT_SOCKET_LIMITS } from "../../src/http/socket/limits.ts";
import { Presence } from "../../src/http/socket/presence.ts";
import { HandClock } from "./hand_clock.ts";

const DONE = { kind: "done", epoch: 1, seq: 1, body: null, repeated: false } as const;

function attendee(userId: string, role: Principal["role"]) {
  const told: Encoded[] = [];
  const device = { id: userId, isHeard: true };
  return { principal: { userId, role }, device, told, tellPresence: (frame: Encoded) => void told.push(frame) };
}

Deno.test("[J2] on a lesson's channel students are told how many are there, its teachers who; elsewhere all are told", () => {
  const clock = new HandClock();
  const door = { tell: () => Promise.resolve(DONE) };
  const presence = new Presence(DEFAULT_SOCKET_LIMITS, clock, new AttendanceTeller(door, clock, 0));
  const [tess, ada, ben] = [attendee("tess", "teacher"), attendee("ada", "student"), attendee("ben", "student")];
  for (const [channel, listed] of [[classroomAddress("l1"), false], [sessionAddress("s1"), true]] as const) {
    for (const one of [tess, ada, ben]) presence.enter(channel, one);
    clock.advance(DEFAULT_SOCKET_LIMITS.presenceWaitMs);
    const [teacher, student] = [tess, ada].map(({ told }) => JSON.parse(told.at(-1)?.text ?? "{}"));
    assert.deepEqual([teacher.people, student.people], [3, 3]);
    assert.equal(teacher.present.length, 3);
    assert.equal(student.present.length, listed ? 3 : 0);
    assert.equal(presence.list(channel, ben.principal).length, listed ? 3 : 0);
    assert.equal(ada.told.at(-1), ben.told.at(-1), "encoded once for both");
  }
});
