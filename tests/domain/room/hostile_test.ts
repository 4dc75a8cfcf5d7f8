/** Anybody sends anything to a room: nothing throws, nobody gets in, no key, held text or unseen answer gets out. */
import assert from "node:assert/strict";
import fc from "fast-check";
import type { Origin } from "../../../src/domain/decision.ts";
import { MESSAGES_KEPT, SIZE_MAX } from "../../../src/domain/room/limits.ts";
import type { RoomCommand } from "../../../src/domain/room/messages.ts";
import { membersIn } from "../../../src/domain/room/state.ts";
import { SECRET_NUMBER } from "../session/small_course.ts";
import { as, ENGINE_ORIGIN, fromLesson, person, PLAN, RoomRun } from "./room_run.ts";

const PEOPLE = ["ada", "ben", "cat", "dot", "eve"];
const who = fc.constantFrom("ada", "ben", "ada", "ben", ...PEOPLE);
const number = fc.integer({ min: 0, max: 40 });
const reason = fc.constantFrom("Because", "Because", "Because", "", "\u202E", "x".repeat(301));
const text = fc.oneof(fc.constantFrom("Hello", "You are stupid", "a\nb", " ", "secret word"), fc.string());
const longText = fc.oneof(fc.constant("Twice a number is the number and itself again."), text);
const response = fc.constantFrom(
  { kind: "number", value: 12, unit: null } as const,
  { kind: "number", value: String(SECRET_NUMBER + 1), unit: null } as const,
  { kind: "text", text: "what" } as const,
);

const chat: fc.Arbitrary<RoomCommand> = fc.oneof(
  fc.record({ type: fc.constant("say" as const), text }),
  fc.record({ type: fc.constant("explain" as const), text: longText, task: fc.option(number) }),
  fc.record({ type: fc.constant("rate" as const), message: number, stars: fc.integer({ min: -1, max: 7 }) }),
  fc.record({ type: fc.constant("report" as const), message: number, reason }),
  fc.record({ type: fc.constant("ask_help" as const), asked: fc.boolean() }),
  fc.constant<RoomCommand>({ type: "rotate_roles" }),
);
const work: fc.Arbitrary<RoomCommand> = fc.oneof(
  fc.record({
    type: fc.constant("start_task" as const),
    itemId: fc.constant("n1"),
    mode: fc.constantFrom("agreed" as const, "by_turn" as const),
  }),
  fc.record({ type: fc.constant("answer" as const), task: number, response }),
  fc.record({ type: fc.constant("propose" as const), task: number, response }),
  fc.record({ type: fc.constant("agree" as const), task: number, agrees: fc.boolean() }),
  fc.record({ type: fc.constant("pass" as const), task: number }),
  fc.constant<RoomCommand>({ type: "task_deadline" }),
);
const moderation: fc.Arbitrary<RoomCommand> = fc.oneof(
  fc.record({ type: fc.constant("tell_room" as const), text }),
  fc.record({ type: fc.constant("hide_message" as const), message: number, reason }),
  fc.record({ type: fc.constant("mute_member" as const), userId: who, muted: fc.boolean(), reason }),
  fc.record({ type: fc.constant("settle_report" as const), report: number, note: reason }),
);
const admission: fc.Arbitrary<RoomCommand> = fc.record({
  type: fc.constant("admit_member" as const),
  member: who.map(person),
  by: fc.constantFrom("themself" as const, "staff" as const),
});
const device = fc.record({ id: fc.constantFrom("phone", "laptop", "tablet"), isHeard: fc.boolean() });
const membership: fc.Arbitrary<RoomCommand> = fc.oneof(
  { weight: 8, arbitrary: admission },
  fc.constant<RoomCommand>({ type: "leave" }),
  fc.record({ type: fc.constantFrom("remove_member" as const, "erase_words" as const), userId: who }),
  fc.record({ type: fc.constant("attendance" as const), userId: who, devices: fc.array(device, { maxLength: 3 }) }),
  fc.record({ type: fc.constant("recall_room" as const), endsAtMs: fc.integer({ min: 0, max: 1e15 }) }),
  fc.constant<RoomCommand>({ type: "silence_deadline" }),
);
const command = fc.oneof(
  { weight: 4, arbitrary: chat },
  { weight: 8, arbitrary: work },
  { weight: 2, arbitrary: moderation },
  { weight: 2, arbitrary: membership },
);

const STAFF = ["tell_room", "hide_message", "mute_member", "settle_report"];
const ENGINES = ["admit_member", "remove_member", "erase_words", "attendance"];
const TIMER: Origin = { kind: "timer", name: "task", dueMs: 0 };
const origins: readonly Origin[] = [as("eve"), as("tess"), ENGINE_ORIGIN, fromLesson("l1"), TIMER];

/** Who may send it; `person` where it is for any member. */
function fitting({ room }: RoomRun, { type }: RoomCommand, person: string): Origin {
  const turnOf = room.task?.step.kind === "turns" ? room.task.step.userId : null;
  if (type === "propose" && turnOf !== null) return as(turnOf);
  if (type === "agree") return as(membersIn(room).find(({ userId }) => userId !== turnOf)?.userId ?? person);
  if (STAFF.includes(type)) return as("tess");
  if (ENGINES.includes(type)) return ENGINE_ORIGIN;
  return type.endsWith("_deadline") ? TIMER : as(person);
}

/** The command, aimed at something that is there: the numbers drawn are places in the room's own lists. */
function aimed(run: RoomRun, command: RoomCommand): RoomCommand {
  const { messages, reports, task } = run.room;
  const at = <One>(list: readonly One[], place: number) => list[place % Math.max(1, list.length)];
  if (command.type === "rate") {
    const explained = messages.filter(({ kind }) => kind === "explanation");
    return { ...command, message: at(explained, command.message)?.number ?? 0 };
  }
  if ("message" in command) return { ...command, message: at(messages, command.message)?.number ?? 0 };
  if ("report" in command) return { ...command, report: at(reports, command.report)?.report ?? 0 };
  if ("task" in command && command.task !== null) return { ...command, task: task?.number ?? 0 };
  return command;
}

function check(run: RoomRun): void {
  const { room } = run;
  assert.ok(membersIn(room).length <= Math.min(SIZE_MAX, PLAN.sizeMax));
  assert.ok(room.messages.length <= MESSAGES_KEPT);
  const isOpen = room.task !== null && room.task.step.kind !== "over";
  for (const reader of PEOPLE) {
    const view = run.view(reader);
    const member = membersIn(room).find(({ userId }) => userId === reader);
    if (room.phase.kind === "open") assert.equal(view !== null, member !== undefined, reader);
    if (view === null) continue;
    const shown = JSON.stringify([view.task, view.messages]);
    if (isOpen) assert.ok(!shown.includes(`${SECRET_NUMBER}"`) && !shown.includes("RUNG"), shown);
    if (room.task?.step.kind === "alone") assert.equal(view.task.answers, null);
    for (const message of room.messages) {
      const seen = view.messages.find((one: { message: number }) => one.message === message.number);
      if (message.hidden !== null) assert.equal(seen.text, null);
    }
    assert.equal(view.held.length, room.held.filter(({ userId }) => userId === reader).length);
    assert.deepEqual(view.reports, []);
  }
}

Deno.test("[I1] [I3] [I5] [S4] anybody sends anything: nothing throws, nothing gets out, and the journal gives the state", () => {
  const sent = fc.array(
    fc.record({
      command,
      person: who,
      strange: fc.option(fc.constantFrom(...origins), { freq: 6 }),
      waitMs: fc.constantFrom(0, 0, 0, 2_000, 30_000),
      brings: fc.boolean(),
    }),
    { minLength: 40, maxLength: 80, size: "max" },
  );
  const accepted = new Set<string>();
  fc.assert(
    fc.property(sent, (steps) => {
      const run = RoomRun.open(["ada", "ben"], { sizeMax: 3 });
      for (const { command, person, strange, waitMs, brings } of steps) {
        const { kind } = run.send(aimed(run, command), strange ?? fitting(run, command, person));
        if (kind !== "rejected") accepted.add(command.type);
        if (brings && run.room.asked !== null) run.brings();
        run.pass(waitMs);
        check(run);
      }
      const { attendance: _here, ...stored } = run.room;
      const { attendance: _none, ...replayed } = Object(run.replayed());
      assert.deepEqual(replayed, stored);
    }),
    { verbose: true, numRuns: 300 },
  );
  const kinds = ["say", "explain", "report", "start_task", "answer", "propose", "pass", "admit_member", "tell_room"];
  assert.deepEqual(kinds.filter((kind) => !accepted.has(kind)), [], "it was not all refused");
});
