/** Who sits where in a lesson's rooms, whoever comes, goes and is moved. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { roomAddress, type RoomCommand } from "../../../src/domain/room/messages.ts";
import { as, ENGINE_ORIGIN, entry, type LessonRun, ROOMS, ROSTER, started, TESS } from "./lesson_run.ts";
import { checkSeats, rooms } from "./rooms_told.ts";

Deno.test("[J14] who comes late, or back, has a room; who is left alone is put with others", () => {
  const run = started({}, [...ROSTER, entry("eli"), entry("fay")]);
  run.come("fay", 0);
  run.done({ ...ROOMS, how: "given", groups: [["ada", "ben"], ["cat", "dot"]] });
  checkSeats(run);
  assert.deepEqual(rooms(run).map(({ length }) => length), [3, 3], "eli and fay were not named");
  run.done({ type: "roster_changed", upserted: [entry("gus")], removed: [] }, ENGINE_ORIGIN);
  assert.ok(!rooms(run).flat().includes("gus"), "gus has not come");
  run.come("gus");
  run.done({ type: "enter" }, as("gus"));
  const home = run.breakouts.rooms.find(({ members }) => members.includes("gus"));
  assert.ok(home?.members.includes("fay"), "fay is gone, so there the fewest can talk");
  checkSeats(run);
  const [first, second] = run.breakouts.rooms;
  assert.ok(first !== undefined && second !== undefined);
  const [stays, ...going] = first.members;
  assert.ok(stays !== undefined);
  run.done({ type: "roster_changed", upserted: [], removed: going }, ENGINE_ORIGIN);
  assert.deepEqual(rooms(run)[0], [], "nobody is left alone");
  assert.ok(rooms(run)[1]?.includes(stays));
  assert.equal(run.refused({ type: "move_student", userId: stays, roomId: first.roomId, reason: null }), "room_empty");
  checkSeats(run);
});

Deno.test("[J14] a further room is opened only where all are full, and the next one joins it", () => {
  const many = Array.from({ length: 8 }, (_, i) => entry(`s${i}`));
  const run = started({}, [entry("tess", { part: "teacher" }), ...many, entry("late"), entry("later")]);
  run.done({ type: "turn_away", userId: "late", reason: null });
  run.done({ type: "turn_away", userId: "later", reason: null });
  run.done({ ...ROOMS, how: "random", size: 8 });
  assert.deepEqual(rooms(run).map(({ length }) => length), [8]);
  for (const userId of ["late", "later"]) run.done({ type: "admit", userId, reason: null });
  assert.deepEqual(rooms(run).slice(1), [["late", "later"]]);
  checkSeats(run);
});

Deno.test("[J14] a teacher moves a student, and both rooms are told once", () => {
  const run = started({}, [...ROSTER, entry("eli")]);
  run.done({ ...ROOMS, how: "given", groups: [["ada", "ben"], ["cat", "dot", "eli"]] });
  const [first] = run.breakouts.rooms;
  assert.ok(first !== undefined);
  const move = { type: "move_student", userId: "eli", roomId: first.roomId, reason: "to explain" } as const;
  assert.equal(run.refused({ ...move, roomId: "elsewhere" }), "unknown_room");
  const before = run.messages.length;
  run.done(move);
  run.done(move);
  const told = run.messages.slice(before).map(({ command }) => command as RoomCommand);
  assert.deepEqual(told.map((one) => one.type === "move_member" ? one.into : one.type), ["this_room", "another_room"]);
  assert.deepEqual(rooms(run), [["ada", "ben", "eli"], ["cat", "dot"]]);
  checkSeats(run);
});

Deno.test("[J14] nobody is put into a room that has ended before the others", () => {
  const run = started({}, [...ROSTER, entry("eli")]);
  run.done({ type: "turn_away", userId: "eli", reason: null });
  run.done({ ...ROOMS, how: "given", groups: [["ada", "ben"], ["cat", "dot"]] });
  const [first] = run.breakouts.rooms;
  assert.ok(first !== undefined);
  const members = first.members.map((userId) => ({ userId, written: 0, lastAtMs: null }));
  const report = { status: "ended", written: 0, members, help: null, agreed: null } as const;
  run.done({ type: "room_report", report }, { kind: "actor", sender: roomAddress(first.roomId), seq: 9 });
  const move = { type: "move_student", userId: "cat", roomId: first.roomId, reason: null } as const;
  assert.equal(run.refused(move), "room_ended");
  run.done({ type: "admit", userId: "eli", reason: null });
  assert.deepEqual(rooms(run), [["ada", "ben"], ["cat", "dot", "eli"]]);
});

type Step =
  | { readonly kind: "come"; readonly who: number; readonly devices: number }
  | { readonly kind: "leave" | "join" | "turn_away" | "admit"; readonly who: number }
  | { readonly kind: "move"; readonly who: number; readonly room: number }
  | { readonly kind: "form"; readonly size: number }
  | { readonly kind: "recall"; readonly inMs: number }
  | { readonly kind: "pass"; readonly ms: number };

const DEVICE = { id: "only", isHeard: true };
const PEOPLE = Array.from({ length: 12 }, (_, i) => `s${i}`);
const who = fc.nat(PEOPLE.length - 1);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant("come" as const), who, devices: fc.nat(1) }),
  fc.record({ kind: fc.constantFrom("leave", "join", "turn_away", "admit"), who }),
  fc.record({ kind: fc.constant("move" as const), who, room: fc.nat(5) }),
  fc.record({ kind: fc.constant("form" as const), size: fc.integer({ min: 2, max: 8 }) }),
  fc.record({ kind: fc.constant("recall" as const), inMs: fc.nat(20_000) }),
  fc.record({ kind: fc.constant("pass" as const), ms: fc.nat(15_000) }),
);

function take(run: LessonRun, one: Step): void {
  const reason = null;
  const userId = "who" in one ? PEOPLE[one.who] ?? "" : "";
  switch (one.kind) {
    case "come":
      run.send({ type: "attendance", userId, devices: one.devices === 0 ? [] : [DEVICE] }, ENGINE_ORIGIN);
      run.send({ type: "enter" }, as(userId));
      return;
    case "leave":
      return run.done({ type: "roster_changed", upserted: [], removed: [userId] }, ENGINE_ORIGIN);
    case "join":
      return run.done({ type: "roster_changed", upserted: [entry(userId)], removed: [] }, ENGINE_ORIGIN);
    case "turn_away":
    case "admit":
      run.send({ type: one.kind, userId, reason }, TESS);
      return;
    case "move": {
      const roomId = run.lesson.breakouts?.rooms[one.room]?.roomId ?? "none";
      run.send({ type: "move_student", userId, roomId, reason }, TESS);
      return;
    }
    case "form":
      run.send({ ...ROOMS, how: "random", size: one.size }, TESS);
      return;
    case "recall":
      run.send({ type: "recall_rooms", inMs: one.inMs, reason }, TESS);
      return;
    case "pass":
      return run.pass(one.ms);
  }
}

Deno.test("[J14] whatever happens, all who are in the lesson have one room, rooms agree, and alone is only who must be", () => {
  fc.assert(fc.property(fc.array(step, { minLength: 5, maxLength: 60 }), (steps) => {
    const run = started({}, [entry("tess", { part: "teacher" }), ...PEOPLE.map((userId) => entry(userId))]);
    run.done({ ...ROOMS, how: "random", size: 4 });
    for (const one of steps) {
      take(run, one);
      const { lesson, breakouts } = run;
      checkSeats(run);
      if (breakouts.overAtMs !== null) continue;
      const seated = rooms(run).flat();
      assert.equal(new Set(seated).size, seated.length, "nobody sits twice");
      const inside = Object.values(lesson.students).filter(({ admission, sinceMs }) =>
        admission === "admitted" && sinceMs !== null
      );
      for (const { userId } of inside) assert.ok(seated.includes(userId), `${userId} has no room`);
      // A teacher may say where somebody is to sit who has not come yet.
      for (const userId of seated) assert.ok(Object.hasOwn(lesson.students, userId), `${userId} has left`);
      const sizes = rooms(run).map(({ length }) => length).filter((length) => length > 0);
      assert.ok(sizes.every((size) => size <= 8));
      if (sizes.includes(1)) assert.ok(sizes.every((size) => size === 1 || size === 8), `rooms of ${sizes}`);
    }
  }));
});
