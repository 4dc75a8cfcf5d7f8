/** A learner's words in rooms, erased: from the room, its journal and its snapshot, and from nobody else's. */
import assert from "node:assert/strict";
import { type MemberRoomCommand, roomAddress } from "../../src/domain/room/messages.ts";
import { API } from "./access_row.ts";
import type { SignedUp } from "./edge_world.ts";
import { EngineWorld } from "./engine_world.ts";

const world = await EngineWorld.open();
Deno.test.afterAll(() => world.close());

let commands = 0;

async function tell(roomId: string, who: SignedUp, command: MemberRoomCommand): Promise<number> {
  const from = {
    commandId: `w${++commands}`,
    origin: { kind: "client", principal: { userId: who.id, role: "student" } } as const,
  };
  const reply = await world.registry.tell(roomAddress(roomId), command, from);
  assert.equal(reply.kind, "done", JSON.stringify(reply));
  return Number(Object(reply.kind === "done" ? reply.body : null).message);
}

Deno.test("[I9] what a learner wrote is gone from every room they were ever in, what the others wrote is not", async () => {
  const edge = await world.serve();
  const { store, history } = world.edgeWorld.store;
  const [teacher, ada, ben] = await edge.signUpAll("teacher", "student", "student");
  const classId = await edge.classOf(teacher, ada, ben);
  const ids: string[] = [];
  for (const title of ["One", "Two"]) {
    const body = { class_id: classId, title, members: [ada.id, ben.id] };
    ids.push((await edge.ask("POST", `${API}/rooms`, { token: teacher.token, body })).body.room_id);
  }
  for (const id of ids) {
    const message = await tell(id, ada, { type: "say", text: "secret of Ada" });
    await tell(id, ada, { type: "explain", text: "secret explanation by Ada", task: null });
    await tell(id, ada, { type: "say", text: "secret: you are an idiot" });
    await tell(id, ben, { type: "say", text: "word of Ben" });
    await tell(id, ben, { type: "report", message, reason: "Hm" });
  }
  const stored = async (id: string) => {
    const types = ["said", "text_held", "message_reported"];
    const events = await history.page(roomAddress(id), types, 0, 1_000);
    return JSON.stringify([events, await store.snapshots.load(roomAddress(id))]);
  };
  for (const id of ids) assert.ok((await stored(id)).includes("secret"));
  // Also in rooms of a class that they have left.
  await edge.ask("DELETE", `${API}/memberships/${classId}`, ada);
  assert.equal((await edge.ask("DELETE", `${API}/users/${ada.id}/words`, ben)).status, 404);
  assert.equal((await edge.ask("DELETE", `${API}/users/${ada.id}/words`, ada)).status, 204);
  for (const id of ids) {
    const kept = await stored(id);
    assert.ok(!kept.includes("secret") && kept.includes("word of Ben"), kept);
    for (const reader of [ben, teacher]) {
      for (const path of ["", "/messages"]) {
        const { status, body } = await edge.ask("GET", `${API}/rooms/${id}${path}`, reader);
        assert.equal(status, 200, JSON.stringify(body));
        const text = JSON.stringify(body);
        assert.ok(!text.includes("secret") && text.includes("word of Ben") && text.includes("Erased"), text);
      }
    }
  }
  const [{ context }] = (await edge.ask("GET", `${API}/rooms/${ids[0]}/reports`, teacher)).body.rows;
  assert.deepEqual(context.map(({ text }: { text: string }) => text), ["", "", "word of Ben"]);
});
