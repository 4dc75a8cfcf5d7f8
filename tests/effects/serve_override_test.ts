/** A teacher's item, from the wish to the answer: the effect alone, and the whole on the real runtime. */
import assert from "node:assert/strict";
import { addressOf } from "../../src/domain/address.ts";
import type { AskedItem } from "../../src/domain/curriculum/asked_item.ts";
import { renderItem } from "../../src/domain/curriculum/render_item.ts";
import type { Course } from "../../src/domain/curriculum/course.ts";
import { type ServeOverrideEffect, sessionAddress, type SessionCommand } from "../../src/domain/session/messages.ts";
import { learnerAddress } from "../../src/domain/learner/messages.ts";
import { ELO_MODEL, predictByElo } from "../../src/effects/elo_predictor.ts";
import { createServeOverride } from "../../src/effects/serve_override.ts";
import { chainCourse } from "../domain/adaptive/practice_course.ts";
import { PLAN } from "../domain/session/session_run.ts";
import { LessonWorld } from "./lesson_world.ts";

const COURSE = chainCourse(["a", "b"], 3, "fresh");
const BEYOND = COURSE.items.find(({ skills }) => skills.includes("b"));
assert.ok(BEYOND);
const REASON = "You have practised enough for this.";
const WISH = { type: "override_item", itemId: BEYOND.id, reason: REASON } as const;
const TESS = { userId: "tess", role: "teacher" } as const;
const GUESS = { kind: "number", value: 50, unit: null } as const;
const CREATE = { type: "create", plan: { ...PLAN, courseId: COURSE.id, targetItems: 6 } } as const;

function serve(
  itemId: string,
  courses: readonly Course[] = [COURSE],
  asked: readonly AskedItem[] = [],
): Promise<SessionCommand> {
  const effect: ServeOverrideEffect = {
    kind: "serve_override",
    basisSeq: 4,
    sessionId: "s1",
    seed: 99,
    plan: { ...PLAN, courseId: COURSE.id },
    targetProbability: 0.75,
    history: [],
    right: [],
    override: { itemId, by: "tess", reason: REASON },
  };
  const run = createServeOverride({
    askedOf: (userIds) => Promise.resolve(userIds.includes("ada") ? asked : []),
    courseById(id) {
      const course = courses.find((one) => one.id === id);
      return Promise.resolve(course === undefined ? null : { course, version: 1 });
    },
    statisticsOf: () => Promise.resolve(null),
    readLearner: () => Promise.resolve(null),
    predict: predictByElo,
    nowMs: () => 7,
  });
  return run(effect, addressOf("session", "s1"), new AbortController().signal);
}

Deno.test("[E9] the teacher's item is served even where the policy would not, and its receipt says who and why", async () => {
  const command = await serve(BEYOND.id);
  assert.ok(command.type === "serve_item");
  const { item, receipt } = command;
  assert.deepEqual(item, renderItem(BEYOND, item.seed));
  assert.deepEqual([receipt.id, receipt.policy, receipt.propensity, receipt.model], ["s1.4", "teacher", 1, ELO_MODEL]);
  assert.deepEqual(receipt.override, { by: "tess", reason: REASON });
  assert.equal(receipt.reason, `Your teacher chose this for you: ${REASON}`);
  assert.ok(
    receipt.considered.some(({ itemId }) => COURSE.items.some(({ id, skills }) => id === itemId && skills[0] === "a")),
  );
  assert.match(
    receipt.grounds.join(" "),
    /expected about \d+ times in 100\. The engine would most likely have served a/,
  );
  assert.deepEqual(await serve(BEYOND.id), command);
});

Deno.test("[J19] [E9] a teacher's item that a lesson asks the learner now is held back", async () => {
  const free = await serve(BEYOND.id);
  assert.ok(free.type === "serve_item");
  const { itemId, prompt } = free.item;
  const asking = { courseId: COURSE.id, itemId, prompt };
  assert.deepEqual(await serve(BEYOND.id, [COURSE], [asking]), { type: "override_held_back" });
  assert.deepEqual(await serve(BEYOND.id, [COURSE], [{ ...asking, courseId: "another" }]), free);
});

Deno.test("[E9] an item that the course does not have, or whose course is gone, is unknown", async () => {
  assert.deepEqual(await serve("nowhere"), { type: "override_unknown" });
  assert.deepEqual(await serve(BEYOND.id, []), { type: "override_unknown" });
});

Deno.test("[E9] [S7] [X1] an override outlives a crash, is served once, and its answer is learnt from", async () => {
  const world = new LessonWorld(COURSE);
  await world.start();
  await world.tell("s1", CREATE);
  const first = await world.openItem("s1");
  const wish = () =>
    world.settled(world.registry.tell(sessionAddress("s1"), WISH, {
      commandId: "wish",
      origin: { kind: "client", principal: TESS },
    }));
  assert.equal((await wish()).kind, "done");
  world.kill();
  await world.start();
  const again = await wish();
  assert.ok(again.kind === "done" && again.repeated);
  const events = () => world.store.journal.read(sessionAddress("s1"), first.item_ref, 100);
  while ((await events()).length < 3) assert.ok(await world.time.step());
  const second = await world.openItem("s1");
  assert.deepEqual([second.item.item_id, second.reason], [BEYOND.id, `Your teacher chose this for you: ${REASON}`]);
  assert.deepEqual((await events()).map(({ type }) => type), ["override_asked", "skipped", "item_served"]);
  const stale = await world.tell("s1", { type: "answer", item: first.item_ref, response: GUESS });
  assert.ok(stale.kind === "rejected" && stale.code === "item_closed");
  assert.equal((await world.tell("s1", { type: "answer", item: second.item_ref, response: GUESS })).kind, "done");
  assert.notEqual((await world.openItem("s1")).item_ref, second.item_ref);
  await world.until(() => world.store.tables.pending("only", 10).length === 0);
  assert.equal((await world.read(learnerAddress("ada"))).answered, 1);
});
