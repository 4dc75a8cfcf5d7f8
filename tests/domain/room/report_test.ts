/** What a breakout tells its lesson, and how often. */
import assert from "node:assert/strict";
import type { Message } from "../../../src/domain/decision.ts";
import type { RoomReport } from "../../../src/domain/room/room_report.ts";
import { as, fromLesson, person, PLAN, RoomRun } from "./room_run.ts";

function breakout(): RoomRun {
  const run = new RoomRun();
  const plan = { ...PLAN, lessonId: "l1", purpose: "group_work", admission: "invited" } as const;
  const members = ["ada", "ben"].map(person);
  run.done({ type: "form_room", plan, members, discussed: null, endsAtMs: null }, fromLesson("l1"));
  return run;
}

function reports(run: RoomRun): readonly RoomReport[] {
  return run.messages.filter((message: Message) => message.to === "classroom/l1")
    .map(({ command }) => Object(command).report);
}

Deno.test("[I8] a lesson hears of a room's words at most every three seconds, of all of them in the end, and never which", () => {
  const run = breakout();
  for (let i = 0; i < 20; i += 1) {
    run.says(i % 2 === 0 ? "ada" : "ben", `secret word ${i}`);
    run.pass(500);
  }
  run.pass(10_000);
  const told = reports(run);
  assert.ok(told.length >= 3 && told.length <= 5, `${told.length} in ten seconds of talk`);
  assert.deepEqual([told.at(-1)?.written, told.at(-1)?.members.map(({ written }) => written)], [20, [10, 10]]);
  assert.ok(!JSON.stringify(run.messages).includes("secret"));
  run.pass(60_000);
  assert.equal(reports(run).length, told.length, "silence is no news");
  assert.deepEqual(run.replayed(), run.room);
});

Deno.test("[I8] who asks for help, reports, comes, goes, or ends the room is told at once", () => {
  const run = breakout();
  run.done({ type: "ask_help", asked: true }, as("ben"));
  assert.equal(reports(run).at(-1)?.help?.userId, "ben");
  run.done({ type: "move_member", member: person("cat"), into: "this_room" }, fromLesson("l1"));
  run.done({ type: "move_member", member: person("ben"), into: "another_room" }, fromLesson("l1"));
  assert.deepEqual(reports(run).at(-1)?.members.map(({ userId }) => userId), ["ada", "cat"]);
  assert.equal(reports(run).at(-1)?.help, null);
  const message = run.says("cat", "Bye, all");
  run.done({ type: "report", message, reason: "Too soon" }, as("ada"));
  assert.equal(reports(run).at(-1)?.openReports, 1);
  run.done({ type: "settle_report", report: run.seq - 1, note: "Seen" }, as("tess"));
  assert.equal(reports(run).at(-1)?.openReports, 0);
  run.done({ type: "end_room", reason: "The bell" }, as("tess"));
  assert.deepEqual([reports(run).at(-1)?.status, reports(run).at(-1)?.written], ["ended", 1]);
  const alone = RoomRun.open();
  alone.says("ada", "Hello");
  alone.pass(10_000);
  assert.deepEqual(alone.messages, [], "outside a lesson there is nobody to tell");
});
