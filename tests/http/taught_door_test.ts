/** The actors as teachers reach them: what they watch ends with the roster that let them. */
import assert from "node:assert/strict";
import type { Broadcast, Watcher } from "../../src/actors/envelope.ts";
import { classroomAddress } from "../../src/domain/classroom/messages.ts";
import { debateAddress } from "../../src/domain/debate/messages.ts";
import { learnerAddress } from "../../src/domain/learner/messages.ts";
import type { Principal, Role } from "../../src/domain/principal.ts";
import { sessionAddress } from "../../src/domain/session/messages.ts";
import { RosterWatch } from "../../src/http/roster_watch.ts";
import { TaughtDoor } from "../../src/http/taught_door.ts";
import { Teaching } from "../../src/http/teaching.ts";
import type { SignedUp } from "./edge_world.ts";
import { EngineWorld } from "./engine_world.ts";

const world = await EngineWorld.open();
Deno.test.afterAll(() => world.close());

const API = "/api/v1";
const as = ({ id }: SignedUp, role: Role): Principal => ({ userId: id, role });

class Heard implements Watcher {
  readonly told: string[] = [];
  readonly #lost = Promise.withResolvers<string>();
  readonly wasLost = this.#lost.promise;

  deliver(broadcast: Broadcast): void {
    this.told.push(broadcast.type);
  }

  lost(reason: string): void {
    this.#lost.resolve(reason);
  }
}

async function setting() {
  const edge = await world.serve();
  const [teacher, stranger, student] = await edge.signUpAll("teacher", "teacher", "student");
  const classId = await edge.classOf(teacher, student);
  const { body } = await edge.ask("POST", `${API}/sessions`, { token: student.token, body: { course_id: "doubling" } });
  const { rosters } = world.edgeWorld.store;
  const door = new TaughtDoor(world.registry, new Teaching(rosters, world.edgeWorld.clock));
  return { edge, teacher, stranger, student, classId, rosters, door, sessionId: body.id };
}

Deno.test("[A7] a teacher reads, watches and steers those whom they teach; for other teachers none of it is there", async () => {
  const { teacher, stranger, student, door, sessionId } = await setting();
  const command = { type: "pause" } as const;
  for (const [who, allowed] of [[as(teacher, "teacher"), true], [as(stranger, "teacher"), false]] as const) {
    for (const actor of [sessionAddress(sessionId), learnerAddress(student.id)]) {
      assert.equal((await door.read(actor, who)).kind, allowed ? "read" : "forbidden");
      const heard = new Heard();
      assert.equal((await door.watch(actor, who, null, heard)).kind, allowed ? "reset" : "forbidden");
      door.unwatch(actor, heard);
    }
    const from = { commandId: `pause-${who.userId}`, origin: { kind: "client", principal: who } } as const;
    const reply = await door.tell(sessionAddress(sessionId), command, from);
    assert.equal(reply.kind === "rejected" ? reply.code : reply.kind, allowed ? "done" : "forbidden");
  }
  for (const who of [as(student, "student"), as(stranger, "admin")]) {
    assert.equal((await door.read(sessionAddress(sessionId), who)).kind, "read");
  }
});

Deno.test("[A7] what a teacher watches of a learner ends when the learner leaves their class, and only then", async () => {
  const { teacher, stranger, student, classId, rosters, door, sessionId } = await setting();
  const [session, learner] = [sessionAddress(sessionId), learnerAddress(student.id)];
  const [watching, other] = [new Heard(), new Heard()];
  await door.watch(session, as(teacher, "teacher"), null, watching);
  await door.watch(learner, as(teacher, "teacher"), null, other);
  await door.rosterChanged([stranger.id, student.id]);
  assert.equal((await door.read(session, as(teacher, "teacher"))).kind, "read");
  await rosters.remove(classId, student.id);
  assert.equal((await door.read(session, as(teacher, "teacher"))).kind, "read", "another node's change is seen later");
  await door.rosterChanged([student.id]);
  assert.deepEqual([await watching.wasLost, await other.wasLost], ["roster_changed", "roster_changed"]);
  for (const actor of [session, learner]) {
    assert.equal((await door.read(actor, as(teacher, "teacher"))).kind, "forbidden");
    assert.equal((await door.watch(actor, as(teacher, "teacher"), null, watching)).kind, "forbidden");
  }
});

Deno.test("[A7] what was let in by a roster ends on every node, whichever node the change went through", async () => {
  const { teacher, student, classId, rosters, door, sessionId } = await setting();
  const first = Promise.withResolvers<() => void>();
  const watch = new RosterWatch({
    rosters,
    changed: () => door.rosterChanged(null),
    clock: {
      after(_ms, look) {
        first.resolve(look);
        return () => {};
      },
    },
    log: { write: () => {} },
  });
  const heard = new Heard();
  await door.watch(sessionAddress(sessionId), as(teacher, "teacher"), null, heard);
  const lookAgain = await first.promise;
  await rosters.remove(classId, student.id);
  lookAgain();
  assert.equal(await heard.wasLost, "roster_changed");
  assert.equal((await door.read(sessionAddress(sessionId), as(teacher, "teacher"))).kind, "forbidden");
  watch.stop();
});

Deno.test("[A7] [V8] what a student watches of their class's debate ends on a node that nobody told who has left", async () => {
  const { edge, teacher, student, classId, rosters, door } = await setting();
  const body = {
    motion_id: "phones-away",
    class_id: classId,
    sides: { for: [student.id], against: [] },
    ai_side: "against",
  };
  const { body: { debate_id: id } } = await edge.ask("POST", `${API}/debates`, { token: teacher.token, body });
  const [debate, who] = [debateAddress(id), as(student, "student")];
  const [watching, teaching] = [new Heard(), new Heard()];
  assert.equal((await door.watch(debate, who, null, watching)).kind, "reset");
  assert.equal((await door.watch(debate, as(teacher, "teacher"), null, teaching)).kind, "reset");
  await rosters.remove(classId, student.id);
  await door.rosterChanged(null);
  assert.equal(await watching.wasLost, "roster_changed");
  assert.equal((await door.read(debate, who)).kind, "forbidden");
  const from = { commandId: "t1", origin: { kind: "client", principal: who } } as const;
  assert.equal((await door.tell(debate, { type: "end_turn" }, from)).kind, "rejected");
  assert.equal((await door.read(debate, as(teacher, "teacher"))).kind, "read");
  const { body: practice } = await edge.ask("POST", `${API}/debates`, {
    token: student.token,
    body: { motion_id: "phones-away", ai_side: "for" },
  });
  assert.equal((await door.read(debateAddress(practice.debate_id), who)).kind, "read", "of no class");
});

Deno.test("[A7] a change of roster while a watch is being opened is not missed", async () => {
  const { teacher, student, classId, rosters, door, sessionId } = await setting();
  const who = as(teacher, "teacher");
  await door.read(sessionAddress(sessionId), who);
  const heard = new Heard();
  const opening = door.watch(sessionAddress(sessionId), who, null, heard);
  await rosters.remove(classId, student.id);
  await door.rosterChanged([student.id]);
  const outcome = await opening;
  if (outcome.kind !== "forbidden") assert.equal(await heard.wasLost, "roster_changed");
});

Deno.test("[A7] who helps no more sees no lesson of the class, old ones neither; what is not there yet is not watched", async () => {
  const { edge, teacher, stranger, classId, rosters, door } = await setting();
  const path = `${API}/classes/${classId}`;
  const { token } = teacher;
  await edge.ask("POST", `${path}/members`, { token, body: { login: stranger.username, part: "co_teacher" } });
  const LESSON = { course_id: "doubling", title: "Twice", mode: "mixed" };
  const { body: { id } } = await edge.ask("POST", `${path}/lessons`, { token, body: LESSON });
  const helper = as(stranger, "teacher");
  const heard = new Heard();
  assert.equal((await door.watch(classroomAddress(id), helper, null, heard)).kind, "reset");
  await rosters.remove(classId, stranger.id);
  await door.rosterChanged([stranger.id]);
  assert.equal(await heard.wasLost, "roster_changed");
  assert.equal((await door.read(classroomAddress(id), helper)).kind, "forbidden");
  const unborn = sessionAddress(crypto.randomUUID());
  assert.equal((await door.watch(unborn, helper, null, heard)).kind, "forbidden");
});
