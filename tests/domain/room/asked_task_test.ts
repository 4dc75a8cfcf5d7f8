/** A room's task whose item a lesson has come to ask meanwhile. */
import assert from "node:assert/strict";
import { room } from "../../../src/domain/room/aggregate.ts";
import { roomAddress } from "../../../src/domain/room/messages.ts";
import { as, PLAN, RIGHT, RoomRun } from "./room_run.ts";

Deno.test("[J19] [I5] what a lesson has come to ask ends without its key, its grade or a record; another task then tells its own", () => {
  const run = RoomRun.open();
  run.found = "asked";
  run.starts("ada", "by_turn");
  const { number: task, item } = run.task;
  run.done({ type: "answer", task, response: RIGHT }, as("ada"));
  assert.equal(run.step.kind, "over");
  for (const who of ["ada", "ben", "tess"]) {
    const told = JSON.stringify([run.told(who), run.view(who)]);
    assert.ok(!told.includes(item.explanation), `no explanation for ${who}`);
    assert.doesNotMatch(told, /"correct(_answer)?":(true|false|")/, who);
  }
  assert.deepEqual(run.messages, [], "nothing is on record");
  assert.deepEqual(run.effects.map(({ kind }) => kind), ["look_into_task"]);
  run.found = "free";
  run.starts("ada", "by_turn");
  run.done({ type: "answer", task: run.task.number, response: RIGHT }, as("ben"));
  const [, closed] = run.told("cat").filter(({ type }) => type === "task_closed");
  assert.ok(Object(closed?.data).correct);
  assert.deepEqual(run.replayed(), run.state);
});

Deno.test("[J19] [S7] a task that closes is looked into again after a restart, for all who may read it; nothing is told before", () => {
  const run = RoomRun.open();
  run.starts("ada", "by_turn");
  run.done({ type: "leave" }, as("cat"));
  const { number: task, item } = run.task;
  const decision = room.decide(run.state, { type: "answer", task, response: RIGHT }, {
    actor: roomAddress("r1"),
    seq: run.seq,
    nowMs: run.nowMs,
    seed: 1,
    commandId: "c",
    origin: as("ada"),
  });
  assert.ok(decision.kind === "accepted");
  const closing = decision.events.reduce(
    (state, event) => room.evolve(state, event, { seq: run.seq + 1, atMs: run.nowMs }),
    run.state,
  );
  assert.deepEqual(decision.events.map((event) => room.project(event, "member:ada")), [null]);
  assert.deepEqual(room.pendingEffects(closing), [{
    kind: "look_into_task",
    basisSeq: run.seq + 1,
    task,
    userIds: ["ada", "ben", "cat"],
    courseId: PLAN.courseId,
    item: { itemId: item.itemId, prompt: item.prompt },
  }]);
  const unread = room.effectFailed(decision.effects[0] ?? assert.fail("no effect"), "the store is away");
  assert.deepEqual(unread, { type: "task_looked", task, found: "asked" }, "in doubt nothing is told");
});
