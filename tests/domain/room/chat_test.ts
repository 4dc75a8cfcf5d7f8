/** What is written in a room: who reads it, what is held back, reported, hidden, rated, and what stays at hand. */
import assert from "node:assert/strict";
import { MESSAGES_KEPT } from "../../../src/domain/room/limits.ts";
import type { DocumentName } from "../../../src/domain/shared_document/document.ts";
import { Page } from "../shared_document/page.ts";
import { as, ENGINE_ORIGIN, person, RoomRun } from "./room_run.ts";

Deno.test("[I2] members and those who teach read the chat, nobody else; who left reads it again once they are back", () => {
  const run = RoomRun.open(["ada", "ben"]);
  run.says("ada", "Shall we begin?");
  assert.equal(run.view("eve"), null);
  assert.equal(run.refused({ type: "say", text: "Hi" }, as("eve")), "forbidden");
  run.done({ type: "leave" }, as("ben"));
  assert.equal(run.view("ben"), null, "who has left reads nothing meanwhile");
  run.says("ada", "Are you there?");
  run.done({ type: "admit_member", member: person("ben"), by: "themself" }, ENGINE_ORIGIN);
  for (const who of ["ada", "ben", "tess"]) {
    assert.deepEqual(run.view(who).messages.map(({ text }: { text: string }) => text), [
      "Shall we begin?",
      "Are you there?",
    ]);
  }
  assert.deepEqual(run.replayed(), run.room);
});

Deno.test("[I2] a room takes the members it is for, by invitation where it says so, and each once", () => {
  const run = RoomRun.open(["ada", "ben"], { sizeMax: 3 });
  const admit = (userId: string) => ({ type: "admit_member", member: person(userId), by: "themself" }) as const;
  assert.equal(run.refused(admit("cat"), as("cat")), "forbidden", "the edge says who is of the class");
  run.done(admit("cat"), ENGINE_ORIGIN);
  run.done(admit("cat"), ENGINE_ORIGIN);
  assert.equal(run.room.members.length, 3);
  assert.equal(run.refused(admit("dot"), ENGINE_ORIGIN), "room_full");
  run.done({ type: "leave" }, as("cat"));
  run.done(admit("dot"), ENGINE_ORIGIN);
  const closed = RoomRun.open(["ada", "ben"], { admission: "invited" });
  assert.equal(closed.refused(admit("cat"), ENGINE_ORIGIN), "not_invited");
  closed.done({ ...admit("cat"), by: "staff" }, ENGINE_ORIGIN);
  closed.done({ type: "remove_member", userId: "cat" }, ENGINE_ORIGIN);
  assert.equal(closed.view("cat"), null);
  closed.done({ type: "end_room", reason: "The bell" }, as("tess"));
  assert.equal(closed.view("cat"), null, "who has left the class reads no more, not even afterwards");
  assert.equal(closed.view("ada").status, "ended");
});

Deno.test("[I3] a text that may hurt reaches its writer and the staff alone; five in a row and the staff has to let them write", () => {
  const run = RoomRun.open();
  for (let i = 0; i < 5; i += 1) {
    assert.ok(Object(run.done({ type: "say", text: "You are an idiot" }, as("ben"))).held);
  }
  assert.equal(run.refused({ type: "say", text: "Sorry" }, as("ben")), "muted");
  assert.ok(!JSON.stringify([run.told("ada"), run.view("ada")]).includes("idiot"));
  for (const who of ["ben", "tess"]) {
    assert.ok(JSON.stringify(run.told(who)).includes("idiot"));
    assert.equal(run.view(who).held.length, 5);
  }
  assert.deepEqual(run.view("ada").members.map(({ muted }: { muted: boolean | null }) => muted), [false, null, null]);
  run.done({ type: "mute_member", userId: "ben", muted: false, reason: "We have talked" }, as("tess"));
  run.says("ben", "Sorry");
});

Deno.test("[I3] words that may hurt in notes or on a board stand, and the staff alone is told of them, once", () => {
  const run = RoomRun.open();
  const notes = new Page("ben", 7);
  const write = (page: Page, document: DocumentName) => {
    for (const update of page.outgoing.splice(0)) run.done({ type: "document_update", document, update }, as("ben"));
  };
  for (const piece of [..."You are an idiot, as I said.\nThe slope is 2."]) {
    notes.edit(1, piece);
    write(notes, "notes");
  }
  const board = new Page("ben", 8, "board");
  board.draw("s1", { kind: "text", text: "kill y0urself" });
  write(board, "board");
  const held = run.view("tess").held.map((
    { user_id, text, document }: Record<string, string>,
  ) => [user_id, text, document]);
  assert.deepEqual(held, [["ben", "You are an idiot", "notes"], ["ben", "kill y0urself", "board"]]);
  for (const who of ["ada", "ben"]) {
    assert.deepEqual(run.view(who).held, []);
    assert.ok(!JSON.stringify(run.told(who)).includes("text_held"), who);
  }
  assert.equal(run.room.members.find(({ userId }) => userId === "ben")?.muted, null);
  run.done({ type: "mute_member", userId: "ben", muted: true, reason: "Let us talk" }, as("tess"));
  notes.edit(1, "!");
  const [update = ""] = notes.outgoing;
  assert.equal(run.refused({ type: "document_update", document: "notes", update }, as("ben")), "muted");
});

Deno.test("[I3] a report brings the message with those around it to the staff alone, once each; hidden is hidden from members", () => {
  const run = RoomRun.open();
  const numbers = ["one", "two", "three", "four"].map((text) => run.says("ada", text));
  const third = numbers[2] ?? 0;
  const report = { type: "report", message: third, reason: "Not fair" } as const;
  assert.equal(run.refused(report, as("ada")), "own_message");
  const { report: number } = Object(run.done(report, as("ben")));
  assert.equal(run.refused(report, as("ben")), "already_reported");
  const [{ by, context }] = run.view("tess").reports;
  assert.deepEqual([by, context.map(({ text }: { text: string }) => text)], ["ben", ["one", "two", "three", "four"]]);
  for (const who of ["ada", "ben", "cat"]) {
    assert.deepEqual(run.view(who).reports, []);
    assert.ok(!JSON.stringify(run.told(who)).includes("Not fair"));
  }
  assert.equal(run.refused({ type: "hide_message", message: third, reason: "x" }, as("ben")), "forbidden");
  run.done({ type: "hide_message", message: third, reason: "Unkind" }, as("tess"));
  run.done({ type: "settle_report", report: number, note: "Hidden" }, as("tess"));
  assert.equal(run.view("cat").messages[2].text, null);
  assert.equal(run.view("tess").messages[2].text, "three");
  assert.deepEqual(run.view("tess").reports[0].settled, { by: "tess", note: "Hidden" });
  assert.deepEqual(run.replayed(), run.room);
});

Deno.test("[I4] [B3] a member writes thirty messages a minute; the room keeps the latest at hand and counts all", () => {
  const run = RoomRun.open();
  for (let i = 0; i < 30; i += 1) run.says("ada", `number ${i}`);
  assert.equal(run.refused({ type: "say", text: "more" }, as("ada")), "too_fast");
  for (const text of ["", " ", "a\u0000b", "\u202Eolleh", "x".repeat(501)]) {
    assert.equal(run.refused({ type: "say", text }, as("ben")), "malformed_message", JSON.stringify(text));
  }
  for (let i = 0; i < 250; i += 1) {
    run.nowMs += 3_000;
    run.says("ben", `later ${i}`);
  }
  assert.equal(run.room.messages.length, MESSAGES_KEPT);
  assert.equal(run.view("ada").earlier_messages, 280 - MESSAGES_KEPT);
  const long = "word ".repeat(100).trim();
  for (let i = 0; i < 200; i += 1) {
    run.nowMs += 3_000;
    run.says("ben", long);
  }
  assert.ok(JSON.stringify(run.view("ada")).length < 100_000);
});

Deno.test("[I9] [S4] words are erased from all that anybody is shown; their places stay, and the room goes on", () => {
  const run = RoomRun.open();
  const first = run.says("ada", "secret");
  run.done({ type: "report", message: first, reason: "Hm" }, as("ben"));
  run.done({ type: "say", text: "secret, you idiot" }, as("ada"));
  run.says("ben", "public");
  assert.equal(run.refused({ type: "erase_words", userId: "ada" }, as("ada")), "forbidden", "the edge does");
  run.done({ type: "erase_words", userId: "ada" }, ENGINE_ORIGIN);
  for (const who of ["ada", "ben", "tess"]) {
    assert.ok(!JSON.stringify(run.view(who)).includes("secret"), who);
    assert.deepEqual(run.view(who).messages.map(({ text }: { text: string | null }) => text), [null, "public"]);
  }
  run.says("ada", "new");
  assert.deepEqual(run.replayed(), run.room);
});

Deno.test("[I6] each rates another's explanation once, none their own; the first good rating is on its writer's record", () => {
  const run = RoomRun.open();
  const text = "Twice a number is the number and the number again.";
  const { message } = Object(run.done({ type: "explain", text, task: null }, as("ada")));
  const rate = (stars: number) => ({ type: "rate", message, stars }) as const;
  assert.equal(run.refused(rate(5), as("ada")), "own_explanation");
  run.done(rate(2), as("ben"));
  assert.deepEqual(run.messages, [], "not helpful to Ben");
  run.done(rate(4), as("cat"));
  assert.equal(run.refused(rate(5), as("cat")), "already_rated");
  assert.deepEqual(run.messages.map(({ to, command }) => [to, Object(command).activity.kind]), [
    ["learner/ada", "explanation"],
  ]);
  assert.equal(
    run.refused({ type: "rate", message: run.says("ben", "Thanks"), stars: 5 }, as("ada")),
    "no_explanation",
  );
});

Deno.test("[I6] friends who praise each other have three explanations of a room on record, not more", () => {
  const run = RoomRun.open();
  for (let i = 0; i < 5; i += 1) {
    const text = `Explanation number ${i}, with words enough.`;
    const { message } = Object(run.done({ type: "explain", text, task: null }, as("ada")));
    for (const by of ["ben", "cat"]) run.done({ type: "rate", message, stars: 5 }, as(by));
  }
  assert.equal(run.messages.length, 3);
  assert.deepEqual(run.replayed(), run.room);
});

Deno.test("[I7] a room in which everyone is silent ends itself, one that is not goes on, and its parts are told once", () => {
  const run = RoomRun.open(["ada", "ben", "cat"]);
  for (let i = 0; i < 3; i += 1) {
    run.pass(15 * 60_000);
    run.says("ada", `Still here ${i}`);
    run.says("ben", `Me too ${i}`);
  }
  run.says("cat", "Hm");
  run.pass(19 * 60_000);
  assert.equal(run.room.phase.kind, "open");
  run.pass(60_000);
  assert.deepEqual(run.view("ada").ended_by, "silence");
  assert.equal(run.refused({ type: "say", text: "Oh" }, as("ada")), "room_ended");
  assert.deepEqual(run.messages.map(({ to, command }) => [to, Object(command).activity.kind]), [
    ["learner/ada", "colearning"],
    ["learner/ben", "colearning"],
  ]);
  assert.equal(run.timers.size, 0);
});
