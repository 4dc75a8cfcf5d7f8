/** Looking for partners by REST on the real engine: for the students of a class, up to the room they are put into. */
import assert from "node:assert/strict";
import { roomAddress } from "../../src/domain/room/messages.ts";
import { matchingAddress } from "../../src/domain/matching/messages.ts";
import { API } from "./access_row.ts";
import type { Edge, SignedUp } from "./edge_world.ts";
import { EngineWorld } from "./engine_world.ts";

const world = await EngineWorld.open();
Deno.test.afterAll(() => world.close());

/** A class of a new teacher with these students; the path of its matching and of its roster. */
async function classOf(edge: Edge, students: readonly SignedUp[]) {
  const teacher = await edge.signUp("teacher");
  const classId = await edge.classOf(teacher, ...students);
  const path = `${API}/classes/${classId}`;
  return { classId, teacher, matching: `${path}/matching`, members: `${path}/members` };
}

/** Hears what this student is told of their own search; gives the next event of a type. */
async function listening(classId: string, { id: userId }: SignedUp, type: string): Promise<unknown> {
  const told = Promise.withResolvers<unknown>();
  const watcher = {
    deliver: (broadcast: { readonly type: string; readonly data: unknown }) => {
      if (broadcast.type === type) told.resolve(broadcast.data);
    },
    lost: () => told.reject(new assert.AssertionError({ message: "the watch was lost" })),
  };
  await world.registry.watch(matchingAddress(classId), { userId, role: "student" }, null, watcher);
  return await told.promise;
}

Deno.test("[I13] two students of a class look for a partner and are told of the room that both are then in", async () => {
  const edge = await world.serve();
  const [ada, ben] = await edge.signUpAll("student", "student");
  const { classId, matching } = await classOf(edge, [ada, ben]);
  assert.equal((await edge.ask("GET", matching, ada)).body.status, "none");
  const body = { course_id: "doubling" };
  const begun = await edge.ask("POST", matching, { token: ada.token, body });
  assert.deepEqual(
    [begun.status, begun.body.status, begun.body.seeking],
    [200, "waiting", 1],
    JSON.stringify(begun.body),
  );
  const again = await edge.ask("POST", matching, { token: ada.token, body });
  assert.deepEqual([again.status, again.body.since], [200, begun.body.since], "asked again, the search goes on");
  const told = listening(classId, ada, "matched");
  assert.equal((await edge.ask("POST", matching, { token: ben.token, body })).status, 200);
  const { room_id, reason } = Object(await told);
  assert.match(reason, /^You asked for somebody to learn with\./);
  for (const one of [ada, ben]) {
    const { body: search } = await edge.ask("GET", matching, one);
    assert.deepEqual([search.status, search.room_id], ["matched", room_id]);
    assert.deepEqual(
      search.members.map(({ user_id }: { user_id: string }) => user_id).sort(),
      [ada.id, ben.id].sort(),
    );
  }
  const room = await world.registry.read(roomAddress(room_id), { userId: ben.id, role: "student" });
  assert.equal(room.kind, "read", "the room stood before the match was told");
});

Deno.test("[I13] [A8] only students of the class look for partners there, for skills that are there, and may stop", async () => {
  const edge = await world.serve();
  const [ada, stranger] = await edge.signUpAll("student", "student");
  const { matching, teacher, members } = await classOf(edge, [ada]);
  const post = ({ token }: SignedUp, body: object) => edge.ask("POST", matching, { token, body });
  for (const other of [stranger, teacher]) {
    assert.equal((await post(other, { course_id: "doubling" })).status, 404);
    assert.equal((await edge.ask("GET", matching, other)).status, 404);
  }
  assert.equal((await post(ada, { course_id: "nowhere" })).body.code, "course_unknown");
  assert.equal((await post(ada, { course_id: "doubling", skills: ["none"] })).body.code, "skill_unknown");
  assert.equal((await post(ada, { course_id: "doubling", size: 9 })).status, 400);
  assert.equal((await edge.ask("DELETE", matching, ada)).status, 409, "there is nothing to take back");
  assert.equal((await post(ada, { course_id: "doubling" })).status, 200);
  assert.equal((await edge.ask("DELETE", matching, ada)).status, 204);
  assert.equal((await edge.ask("GET", matching, ada)).body.status, "withdrawn");
  assert.equal((await post(ada, { course_id: "doubling" })).status, 200);
  assert.equal((await edge.ask("DELETE", `${members}/${ada.id}`, teacher)).status, 204);
  const outcome = await world.registry.read(matchingAddress(matching.split("/").at(-2) ?? ""), {
    userId: ada.id,
    role: "student",
  });
  assert.equal(Object(outcome.kind === "read" ? outcome.state : null).status, "withdrawn", "who left looks no more");
});
