/** Rooms by REST on the real engine: opened, found, joined, left, read by who may, also after somebody left the class. */
import assert from "node:assert/strict";
import type { DocumentCommand, MemberRoomCommand, StaffRoomCommand } from "../../src/domain/room/messages.ts";
import { roomAddress } from "../../src/domain/room/messages.ts";
import type { Role } from "../../src/domain/principal.ts";
import { Page } from "../domain/shared_document/page.ts";
import { API } from "./access_row.ts";
import type { Edge, SignedUp } from "./edge_world.ts";
import { EngineWorld } from "./engine_world.ts";

const world = await EngineWorld.open();
Deno.test.afterAll(() => world.close());

let commands = 0;

async function tell(
  roomId: string,
  who: SignedUp,
  role: Role,
  command: MemberRoomCommand | StaffRoomCommand | DocumentCommand,
) {
  const origin = { kind: "client", principal: { userId: who.id, role } } as const;
  const reply = await world.registry.tell(roomAddress(roomId), command, { commandId: `r${++commands}`, origin });
  assert.equal(reply.kind, "done", JSON.stringify(reply));
}

/** A teacher with a class of so many students. */
async function classOf(edge: Edge, size: number) {
  const teacher = await edge.signUp("teacher");
  const students: SignedUp[] = [];
  while (students.length < size) students.push(await edge.signUp("student"));
  return { teacher, students, classId: await edge.classOf(teacher, ...students) };
}

Deno.test("[I1] a student opens a room of their class; classmates find it, come in, leave and come back; strangers find nothing", async () => {
  const edge = await world.serve();
  const { teacher, students: [ada, ben, cat], classId } = await classOf(edge, 3);
  const [stranger, otherTeacher] = await edge.signUpAll("student", "teacher");
  assert.ok(ada && ben && cat);
  const body = { class_id: classId, title: "Twice", course_id: "doubling", size_max: 2 };
  const headers = { "idempotency-key": "twice-1" };
  const opened = await edge.ask("POST", `${API}/rooms`, { token: ada.token, body, headers });
  assert.equal(opened.status, 201, JSON.stringify(opened.body));
  const path = `${API}/rooms/${opened.body.room_id}`;
  assert.equal(
    (await edge.ask("POST", `${API}/rooms`, { token: ada.token, body, headers })).body.room_id,
    opened.body.room_id,
  );
  const open = async (who: SignedUp) => {
    const { body: { rows } } = await edge.ask("GET", `${API}/rooms?class_id=${classId}`, who);
    return rows.map(({ room_id, is_member }: { room_id: string; is_member: boolean }) => [room_id, is_member]);
  };
  assert.deepEqual(await open(ben), [[opened.body.room_id, false]]);
  assert.equal((await edge.ask("GET", path, ben)).status, 404, "not before coming in");
  const joined = await edge.ask("PUT", `${path}/members/${ben.id}`, ben);
  assert.deepEqual(joined.body.members.map(({ name }: { name: string }) => name), [ada.username, ben.username]);
  assert.deepEqual([await open(ben), await open(cat)], [[[opened.body.room_id, true]], []], "it is full");
  assert.equal((await edge.ask("PUT", `${path}/members/${cat.id}`, cat)).body.code, "room_full");
  await tell(opened.body.room_id, ada, "student", { type: "say", text: "Shall we?" });
  assert.equal((await edge.ask("DELETE", `${path}/members/${ben.id}`, ben)).status, 204);
  assert.equal((await edge.ask("GET", path, ben)).status, 404);
  const back = await edge.ask("PUT", `${path}/members/${ben.id}`, ben);
  assert.equal(back.body.messages[0].text, "Shall we?");
  for (const who of [stranger, otherTeacher]) {
    assert.equal((await edge.ask("GET", path, who)).status, 404);
    assert.equal((await edge.ask("GET", `${API}/rooms?class_id=${classId}`, who)).status, 404);
    assert.equal((await edge.ask("PUT", `${path}/members/${who.id}`, who)).status, 404);
    assert.deepEqual((await edge.ask("GET", `${API}/rooms`, who)).body.rows, []);
  }
  assert.equal((await edge.ask("GET", path, teacher)).status, 200);
  const { body: { rows: [mine] } } = await edge.ask("GET", `${API}/rooms?status=open`, ben);
  assert.deepEqual([mine.room_id, mine.members, mine.open_reports], [opened.body.room_id, 2, null]);
});

Deno.test("[I1] who leaves the class leaves its rooms, and reads them no more, the ended ones too", async () => {
  const edge = await world.serve();
  const { teacher, students: [ada, ben], classId } = await classOf(edge, 2);
  assert.ok(ada && ben);
  const paths: string[] = [];
  for (const title of ["One", "Two"]) {
    const body = { class_id: classId, title, admission: "invited", members: [ada.id, ben.id] };
    const { status, body: room } = await edge.ask("POST", `${API}/rooms`, { token: teacher.token, body });
    assert.equal(status, 201, JSON.stringify(room));
    paths.push(`${API}/rooms/${room.room_id}`);
    if (title === "One") await tell(room.room_id, teacher, "teacher", { type: "end_room", reason: "The bell" });
  }
  for (const path of paths) assert.equal((await edge.ask("GET", path, ben)).status, 200);
  const { token } = teacher;
  assert.equal((await edge.ask("DELETE", `${API}/classes/${classId}/members/${ben.id}`, { token })).status, 204);
  for (const path of paths) {
    assert.equal((await edge.ask("GET", path, ben)).status, 404);
    assert.equal((await edge.ask("PUT", `${path}/members/${ben.id}`, ben)).status, 404);
    assert.equal((await edge.ask("GET", path, ada)).status, 200);
  }
});

Deno.test("[I3] [I4] the staff reads reports with their context; all that was written is read page by page, hidden texts by the staff alone", async () => {
  const edge = await world.serve();
  const { teacher, students: [ada, ben], classId } = await classOf(edge, 2);
  assert.ok(ada && ben);
  const body = { class_id: classId, title: "Talk", members: [ada.id, ben.id] };
  const { body: { room_id } } = await edge.ask("POST", `${API}/rooms`, { token: teacher.token, body });
  const path = `${API}/rooms/${room_id}`;
  for (const text of ["one", "two", "three"]) await tell(room_id, ada, "student", { type: "say", text });
  const { body: { messages } } = await edge.ask("GET", path, ben);
  const { message } = messages[1];
  await tell(room_id, ben, "student", { type: "report", message, reason: "Not fair" });
  const { body: { rows: [row] } } = await edge.ask("GET", `${API}/rooms?class_id=${classId}`, teacher);
  assert.deepEqual([row.open_reports, row.asks_help], [1, false]);
  const { body: { rows: [report] } } = await edge.ask("GET", `${path}/reports`, teacher);
  assert.deepEqual([report.by, report.reason, report.context.length], [ben.id, "Not fair", 3]);
  await tell(room_id, teacher, "teacher", { type: "hide_message", message, reason: "Unkind" });
  const read = async (who: SignedUp) => {
    const texts: unknown[] = [];
    for (let next: string | null = ""; next !== null;) {
      const cursor: string = next === "" ? "" : `&cursor=${next}`;
      const page = await edge.ask("GET", `${path}/messages?limit=2${cursor}`, who);
      assert.equal(page.status, 200, JSON.stringify(page.body));
      texts.push(...page.body.rows.map(({ text }: { text: string | null }) => text));
      next = page.body.next;
    }
    return texts;
  };
  assert.deepEqual(await read(ben), ["three", null, "one"]);
  assert.deepEqual(await read(teacher), ["three", "two", "one"]);
});

Deno.test("[I1] what no room can be opened by is refused with the reason", async () => {
  const edge = await world.serve();
  const { teacher, students: [ada, ben], classId } = await classOf(edge, 2);
  const stranger = await edge.signUp("student");
  assert.ok(ada && ben);
  const ask = async (who: SignedUp, change: object) => {
    const body = { class_id: classId, title: "Talk", ...change };
    const answer = await edge.ask("POST", `${API}/rooms`, { token: who.token, body });
    return [answer.status, answer.body.code];
  };
  assert.deepEqual(await ask(ada, { members: [ben.id] }), [403, "forbidden"]);
  assert.deepEqual(await ask(teacher, { members: [stranger.id] }), [422, "member_unknown"]);
  assert.deepEqual(await ask(teacher, { course_id: "no-such" }), [422, "course_unknown"]);
  assert.deepEqual(await ask(teacher, { course_id: "doubling", skills: ["no-such"] }), [422, "topic_unknown"]);
  assert.deepEqual(await ask(teacher, { size_max: 9 }), [400, "validation_failed"]);
  for (const title of ["\u202Eolleh", "Ben is an idiot"]) {
    assert.deepEqual(await ask(ada, { title }), [422, "bad_plan"]);
  }
  assert.deepEqual(await ask(teacher, { size_max: 2, members: [ada.id, ben.id, ada.id] }), [422, "bad_plan"]);
  assert.deepEqual(await ask(stranger, {}), [404, "not_found"]);
  for (let i = 0; i < 9; i += 1) assert.deepEqual(await ask(ben, {}), [201, undefined]);
  const tenth = {
    token: ben.token,
    body: { class_id: classId, title: "Tenth" },
    headers: { "idempotency-key": "t-10" },
  };
  for (let i = 0; i < 2; i += 1) assert.equal((await edge.ask("POST", `${API}/rooms`, tenth)).status, 201);
  assert.deepEqual(await ask(ben, {}), [409, "too_many_rooms"]);
});

Deno.test("[I12] what members have written together is read by them and their teacher as plain text and shapes", async () => {
  const edge = await world.serve();
  const { teacher, students: [ada], classId } = await classOf(edge, 1);
  assert.ok(ada);
  const body = { class_id: classId, title: "Notes" };
  const { body: { room_id } } = await edge.ask("POST", `${API}/rooms`, { token: ada.token, body });
  const [notes, board] = [new Page(ada.id, 11), new Page(ada.id, 12, "board")];
  notes.edit(0, "A half is two quarters.");
  board.draw("s1", { kind: "text", x: 1, y: 2, text: "1/2" });
  for (const page of [notes, board]) {
    await tell(room_id, ada, "student", { type: "document_update", document: page.name, update: page.lastUpdate() });
  }
  const path = `${API}/rooms/${room_id}/documents`;
  for (const who of [ada, teacher]) {
    const read = await edge.ask("GET", `${path}/notes`, who);
    assert.deepEqual(read.body, { kind: "notes", text: "A half is two quarters." }, JSON.stringify(read.body));
    const drawn = { kind: "board", shapes: { s1: { kind: "text", x: 1, y: 2, text: "1/2" } } };
    assert.deepEqual((await edge.ask("GET", `${path}/board`, who)).body, drawn);
  }
  assert.equal((await edge.ask("GET", `${path}/notes`, await edge.signUp("student"))).status, 404);
  assert.equal((await edge.ask("GET", `${path}/other`, ada)).status, 404);
  assert.equal((await edge.ask("GET", `${API}/rooms/${room_id}`, teacher)).body.documents.notes.last_by, ada.id);
});
