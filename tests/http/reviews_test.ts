/** Reviews over HTTP: due and coming, a page at a time. */
import assert from "node:assert/strict";
import type { Edge } from "./edge_world.ts";
import { smallCourse } from "./small_course.ts";
import { EngineWorld } from "./engine_world.ts";
import { Practice } from "./practice.ts";

const world = await EngineWorld.open();
Deno.test.afterAll(() => world.close());

const REVIEWS = "/api/v1/reviews";
const DAY_MS = 86_400_000;

/** A student who answered one skill five days ago by the edge's clock and another just now. */
async function practised(edge: Edge) {
  const ada = await edge.signUp("student");
  const practice = new Practice(world.registry, smallCourse("doubling"));
  const { nowMs } = world.edgeWorld;
  await practice.answer(ada.id, 0, nowMs - 5 * DAY_MS);
  await practice.answer(ada.id, 1, nowMs);
  return ada;
}

Deno.test("[F2] a learner's reviews come soonest due first, each with its time and what is still remembered", async () => {
  const edge = await world.serve();
  const ada = await practised(edge);
  const { status, body } = await edge.ask("GET", REVIEWS, { token: ada.token });
  assert.equal(status, 200);
  assert.equal(body.next, null);
  const told = body.rows.map((row: { skill_id: string; is_due: boolean }) => [row.skill_id, row.is_due]);
  assert.deepEqual(told, [["doubling", true], ["redoubling", false]]);
  const [due, coming] = body.rows;
  assert.deepEqual([due.of, due.course_id], ["skill", "doubling"]);
  assert.ok(due.retrievability < 0.9 && coming.retrievability === 1);
  assert.ok(Date.parse(due.due_at) < world.edgeWorld.nowMs && Date.parse(coming.due_at) > world.edgeWorld.nowMs);
});

Deno.test("[F2] pages follow each other without gap or repeat, for skills and for items; an odd cursor is refused", async () => {
  const edge = await world.serve();
  const { token } = await practised(edge);
  for (const  of of["skill", "item"]) {
    const whole = (await edge.ask("GET", `${REVIEWS}?of=${of}`, { token })).body.rows;
    assert.equal(whole.length, 2);
    const first = (await edge.ask("GET", `${REVIEWS}?of=${of}&limit=1`, { token })).body;
    const second = (await edge.ask("GET", `${REVIEWS}?of=${of}&limit=1&cursor=${first.next}`, { token })).body;
    assert.deepEqual([...first.rows, ...second.rows], whole);
    assert.equal(second.next, null);
  }
  for (const cursor of ["x", "1~doubling/skill", `${"9".repeat(20)}~a/skill/b`]) {
    const odd = await edge.ask("GET", `${REVIEWS}?cursor=${cursor}`, { token });
    assert.deepEqual([odd.status, odd.body.code], [400, "validation_failed"]);
  }
  const elsewhere = await edge.ask("GET", `${REVIEWS}?course_id=elsewhere`, { token });
  assert.deepEqual(elsewhere.body.rows, []);
});

Deno.test("[A4] a student sees their own reviews alone, staff those of whom they name", async () => {
  const edge = await world.serve();
  const ada = await practised(edge);
  const [eve, tess] = await Promise.all([edge.signUp("student"), edge.signUp("teacher")]);
  const path = `${REVIEWS}?learner_id=${ada.id}`;
  await edge.classOf(tess, ada);
  assert.equal((await edge.ask("GET", path, { token: eve.token })).status, 403);
  assert.equal((await edge.ask("GET", path, { token: tess.token })).body.rows.length, 2);
  assert.deepEqual((await edge.ask("GET", REVIEWS, { token: eve.token })).body.rows, []);
});

Deno.test("[F2] [E12] what a course has lost is not listed, wherever a page ends, and is again once it is back", async () => {
  const edge = await world.serve();
  const { token } = await practised(edge);
  const { store } = world.edgeWorld;
  const whole = smallCourse("doubling");
  const [first] = whole.skills;
  const [item] = whole.items;
  assert.ok(first && item);
  const replace = async (course: typeof whole) => {
    const stored = await store.courses.byId(whole.id);
    assert.ok(stored);
    assert.equal(await store.courses.replace(course, stored.version, world.edgeWorld.nowMs), "replaced");
  };
  const listed = async (of: string) => {
    const { body } = await edge.ask("GET", `${REVIEWS}?of=${of}&limit=1`, { token });
    return [body.rows.map((row: { skill_id?: string; item_id?: string }) => row.skill_id ?? row.item_id), body.next];
  };
  await replace({ ...whole, skills: [first], items: [item] });
  assert.deepEqual([await listed("skill"), await listed("item")], [[["doubling"], null], [["double"], null]]);
  await replace(whole);
  assert.notEqual((await listed("skill"))[1], null);
});

Deno.test("[A4] [F2] staff who ask for the reviews of nobody are told that there is no such person", async () => {
  const edge = await world.serve();
  const { token } = await edge.signUp("teacher");
  const { status, body } = await edge.ask("GET", `${REVIEWS}?learner_id=${crypto.randomUUID()}`, { token });
  assert.deepEqual([status, body.code], [404, "not_found"]);
});
