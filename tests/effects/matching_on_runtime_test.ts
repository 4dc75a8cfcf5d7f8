/** A class's matching on the real runtime: a process that dies loses no search and matches nobody twice. */
import assert from "node:assert/strict";
import { ENGINE } from "../../src/domain/engine.ts";
import { type EdgeMatchingCommand, matchingAddress, type Wish } from "../../src/domain/matching/messages.ts";
import type { Principal } from "../../src/domain/principal.ts";
import { roomAddress } from "../../src/domain/room/messages.ts";
import { chainCourse } from "../domain/adaptive/practice_course.ts";
import { LessonWorld } from "./lesson_world.ts";

const ADDRESS = matchingAddress("7b");
const COURSE = chainCourse(["a", "b"], 2, "fresh");
const WISH: Wish = { courseId: COURSE.id, skills: [], size: 2, notAgain: [], waitMs: 60_000 };
const as = (userId: string): Principal => ({ userId, role: "student" });

class MatchingWorld extends LessonWorld {
  #sent = 0;

  async send(command: EdgeMatchingCommand, commandId = `m${this.#sent++}`) {
    const origin = { kind: "client", principal: ENGINE } as const;
    const reply = await this.settled(this.registry.tell(ADDRESS, command, { commandId, origin }));
    assert.equal(reply.kind, "done", JSON.stringify(reply));
  }

  async seek(userId: string, commandId?: string): Promise<void> {
    await this.send({ type: "seek_partners", person: { userId, name: userId }, wish: WISH }, commandId);
  }

  async seenBy(userId: string) {
    const outcome = await this.settled(this.registry.read(ADDRESS, as(userId)));
    return Object(outcome.kind === "read" ? outcome.state : null);
  }

  /** Lets time go on until ada's search has ended. */
  async over(): Promise<void> {
    const isOver = async () => (await this.seenBy("ada")).status !== "waiting";
    while (!await isOver()) assert.ok(await this.time.step(), "nothing is left to happen");
  }

  async roomSeenBy(userId: string, roomId: string) {
    const outcome = await this.settled(this.registry.read(roomAddress(roomId), as(userId)));
    return Object(outcome.kind === "read" ? outcome.state : null);
  }
}

Deno.test("[I13] [X2] a process that dies while two look for partners: both are matched, once, into one room that is there", async () => {
  const world = new MatchingWorld(COURSE);
  await world.start();
  await world.seek("ada", "ada-1");
  await world.seek("ben", "ben-1");
  world.kill();
  await world.start();
  await world.seek("ben", "ben-1");
  await world.over();
  const [ada, ben] = [await world.seenBy("ada"), await world.seenBy("ben")];
  assert.deepEqual([ada.status, ben.status], ["matched", "matched"]);
  assert.equal(ada.room_id, ben.room_id);
  world.kill();
  await world.start();
  assert.deepEqual(await world.seenBy("ada"), ada, "how it ended is kept");
  const room = await world.roomSeenBy("ben", ada.room_id);
  assert.deepEqual(
    [room.purpose, room.members.map(({ user_id }: { user_id: string }) => user_id).sort()],
    ["matched", ["ada", "ben"]],
  );
});

Deno.test("[I13] [S7] a process that dies before a learner's standing is read reads it again, and they are matched", async () => {
  const world = new MatchingWorld(COURSE);
  await world.start();
  await world.seek("ada");
  world.kill();
  await world.start();
  await world.seek("ben");
  await world.over();
  assert.equal((await world.seenBy("ada")).status, "matched");
});
