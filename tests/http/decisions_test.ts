/** Choices looked up afterwards and overridden by a teacher, on the real runtime and store. */
import assert from "node:assert/strict";
import { recomputeChoice } from "../../src/domain/adaptive/recompute_choice.ts";
import { session } from "../../src/domain/session/aggregate.ts";
import { decisionView } from "../../src/domain/session/decision_view.ts";
import { sessionAddress } from "../../src/domain/session/messages.ts";
import { decisionSchema } from "../../src/http/documents/decision_schemas.ts";
import type { Edge, SignedUp } from "./edge_world.ts";
import { EngineWorld } from "./engine_world.ts";
import { openItem } from "./open_item.ts";

const world = await EngineWorld.open();
Deno.test.afterAll(() => world.close());

const SESSIONS = "/api/v1/sessions";
const DECISIONS = "/api/v1/decisions";
const WISH = { item_id: "double-again", reason: "Doubling twice is next." };

interface Lesson {
  readonly edge: Edge;
  readonly student: SignedUp;
  readonly teacher: SignedUp;
  readonly id: string;
  readonly path: string;
}

async function started(): Promise<Lesson> {
  const edge = await world.serve();
  const [student, teacher] = await edge.signUpAll("student", "teacher");
  await edge.classOf(teacher, student);
  const body = { course_id: "doubling", target_items: 3 };
  const { body: { id } } = await edge.ask("POST", SESSIONS, { token: student.token, body });
  return { edge, student, teacher, id, path: `${SESSIONS}/${id}` };
}

/** Answers the items that come, one after the other, and gives their numbers. */
async function answered({ student, id }: Lesson, items: number): Promise<readonly number[]> {
  const numbers: number[] = [];
  for (let i = 0; i < items; i++) {
    const item = await openItem(world.registry, id, student.id, numbers.at(-1));
    const response = { kind: "number", value: 4, unit: null } as const;
    const origin = { kind: "client", principal: { userId: student.id, role: "student" } } as const;
    const told = { type: "answer", item, response } as const;
    const reply = await world.registry.tell(sessionAddress(id), told, { commandId: `answer-${i}`, origin });
    assert.equal(reply.kind, "done");
    numbers.push(item);
  }
  return numbers;
}

function list({ edge, id }: Lesson, who: SignedUp, query = "") {
  return edge.ask("GET", `${DECISIONS}?session_id=${id}${query}`, { token: who.token });
}

Deno.test("[E10] a session's choices are listed in order, page by page, each found by its receipt's id", async () => {
  const lesson = await started();
  const { edge, student, teacher } = lesson;
  const numbers = await answered(lesson, 3);
  const { status, body } = await list(lesson, student);
  assert.equal(status, 200, JSON.stringify(body));
  assert.deepEqual(body.rows.map((row: { item_ref: number }) => row.item_ref), numbers);
  assert.equal(body.next, null);
  for (const who of [student, teacher]) {
    const rows = [];
    let cursor: string | null = "0";
    while (cursor !== null) {
      const page = await list(lesson, who, `&limit=1&cursor=${cursor}`);
      rows.push(...page.body.rows);
      cursor = page.body.next;
    }
    assert.deepEqual(rows, (await list(lesson, who)).body.rows);
    for (const row of rows) {
      const { body } = await edge.ask("GET", `${DECISIONS}/${row.id}`, { token: who.token });
      assert.deepEqual(body, row);
    }
  }
});

Deno.test("[E10] a learner reads why and among what, staff also the scores, weights and grounds", async () => {
  const lesson = await started();
  const { student, teacher, id } = lesson;
  await openItem(world.registry, id, student.id);
  const { body: { rows: [own] } } = await list(lesson, student);
  assert.equal(typeof own.reason, "string");
  assert.deepEqual([own.prior, own.session_id], [true, id]);
  assert.deepEqual([own.policy, own.target_probability], ["diagnostic", null], "no chance was aimed at");
  assert.ok(own.considered.every((one: object) => Object.keys(one).join() === "item_id,probability"));
  assert.ok(own.considered.some((one: { item_id: string }) => one.item_id === own.item_id));
  assert.ok(own.propensity > 0 && own.propensity <= 1);
  assert.deepEqual([own.grounds, own.weights, own.sighting], [undefined, undefined, undefined]);
  const { body: { rows: [staff] } } = await list(lesson, teacher);
  assert.ok(Array.isArray(staff.grounds) && Object.keys(staff.weights).length > 0);
  assert.ok(staff.considered.every((one: { terms: object; score: number }) => typeof one.score === "number"));
});

Deno.test("[E10] [E6] staff, and the learner once the session is complete, are told enough to make the choice again", async () => {
  const lesson = await started();
  await answered(lesson, 3);
  await lesson.edge.ask("POST", `${lesson.path}/complete`, { token: lesson.student.token });
  const told = await Promise.all([lesson.teacher, lesson.student].map((who) => list(lesson, who)));
  const rows = told.flatMap(({ body }) => body.rows);
  assert.equal(rows.length, 6);
  for (const { considered, weights, temperature, seed, item_id, propensity } of rows) {
    const weighed = considered.map((one: { item_id: string; score: number }) => ({ ...one, itemId: one.item_id }));
    const again = recomputeChoice({ considered: weighed, weights, temperature, seed });
    const scores = considered.map(({ score }: { score: number }) => score);
    assert.deepEqual(again, { itemId: item_id, propensity, scores });
  }
});

Deno.test("[E10] [S5] a choice stored by the first version reads with null for what that did not record", () => {
  const receipt = {
    id: "s1.1",
    reason: "It comes next.",
    model: "elo-1",
    prior: true,
    targetProbability: 0.75,
    seed: 7,
    considered: [{ itemId: "double", probability: 0.731058, score: 0.98 }],
    propensity: 1,
  };
  const item = { itemId: "double", skills: ["doubling"], difficulty: 2 };
  const served = session.upcastEvent(1, "item_served", { type: "item_served", number: 2, item, receipt, progress: 0 });
  assert.ok(served.type === "item_served");
  for (const audience of ["learner", "staff"] as const) {
    const view = Object(decisionView(served, audience, "told"));
    const read = decisionSchema.parse({ ...view, session_id: "s1", served_at: "2026-01-05T08:00:00.000Z" });
    assert.deepEqual([read.policy, read.seed, read.statistics_version, read.chosen_at], ["adaptive", 7, null, null]);
    assert.deepEqual(read.considered.map(({ item_id }) => item_id), ["double"]);
  }
});

Deno.test("[E10] [E8] the seed is told to staff once the item is closed, to the learner once the session is complete", async () => {
  const lesson = await started();
  const { edge, student, teacher, id, path } = lesson;
  const [first = 0] = await answered(lesson, 1);
  await openItem(world.registry, id, student.id, first);
  const seeds = async (who: SignedUp) => {
    const { body } = await list(lesson, who);
    return body.rows.map((row: { seed: number | null }) => row.seed === null ? "kept" : "told");
  };
  assert.deepEqual(await seeds(student), ["kept", "kept"]);
  assert.deepEqual(await seeds(teacher), ["told", "kept"]);
  await edge.ask("POST", `${path}/complete`, { token: student.token });
  assert.deepEqual(await seeds(student), ["told", "told"]);
  const { body: { rows: [own] } } = await list(lesson, student);
  assert.deepEqual([own.grounds, own.sighting], [undefined, undefined], "the rest stays with staff");
});

Deno.test("[E10] [A4] foreign, missing and mistyped choices are not there; a list without its session is refused", async () => {
  const lesson = await started();
  const { edge, student, id } = lesson;
  await openItem(world.registry, id, student.id);
  const stranger = await edge.signUp("student");
  const { body: { rows: [{ id: receipt }] } } = await list(lesson, student);
  assert.equal((await list(lesson, stranger)).status, 404);
  assert.equal((await edge.ask("GET", `${DECISIONS}/${receipt}`, { token: stranger.token })).status, 404);
  for (const wrong of [`${id}.0`, `${id}.99`, `${id}`, "x", "a%2Fb.1", `${id}.9999999999999999`, `${id}.-1`]) {
    const answer = await edge.ask("GET", `${DECISIONS}/${wrong}`, { token: student.token });
    assert.deepEqual([answer.status, answer.body.code], [404, "not_found"], wrong);
  }
  for (const query of ["", "?session_id=nobody", `?session_id=${id}&cursor=x`, `?session_id=${id}&limit=101`]) {
    assert.equal((await edge.ask("GET", `${DECISIONS}${query}`, { token: student.token })).status, 400, query);
  }
});

Deno.test("[E9] over REST a teacher's item comes next; the learner reads why, a repeat changes nothing", async () => {
  const lesson = await started();
  const { edge, student, teacher, id, path } = lesson;
  const first = await openItem(world.registry, id, student.id);
  const ask = (body: object) =>
    edge.ask("POST", `${path}/override`, { token: teacher.token, body, headers: { "idempotency-key": "o-1" } });
  const answer = await ask(WISH);
  assert.equal(answer.status, 202, JSON.stringify(answer.body));
  const second = await openItem(world.registry, id, student.id, first);
  assert.equal((await ask(WISH)).status, 202);
  for (const other of [{ ...WISH, item_id: "double" }, { ...WISH, reason: "Another reason." }]) {
    const reused = await ask(other);
    assert.deepEqual([reused.status, reused.body.code], [422, "idempotency_key_reused"]);
  }
  const { body } = await edge.ask("GET", path, { token: student.token });
  assert.deepEqual([body.current_item.item_ref, body.current_item.item.item_id], [second, "double-again"]);
  assert.equal(body.current_item.reason, `Your teacher chose this for you: ${WISH.reason}`);
  assert.equal(body.performance_metrics.skipped, 0);
  const { body: { rows } } = await list(lesson, student);
  assert.deepEqual(rows.map((row: { policy: string }) => row.policy).at(-1), "teacher");
  assert.deepEqual(rows.at(-1).override, { reason: WISH.reason });
  const { body: { rows: told } } = await list(lesson, teacher);
  assert.deepEqual(told.at(-1).override, { by: teacher.id, reason: WISH.reason });
});

Deno.test("[E9] over REST an override needs a known item and a reason of 1 to 300 characters on one line", async () => {
  const { edge, student, teacher, path } = await started();
  const ask = (body: object) => edge.ask("POST", `${path}/override`, { token: teacher.token, body });
  const unknown = await ask({ ...WISH, item_id: "nowhere" });
  assert.deepEqual([unknown.status, unknown.body.code, unknown.body.errors[0].path], [422, "item_unknown", "item_id"]);
  for (const body of [{ item_id: "double" }, { ...WISH, reason: "" }, { ...WISH, reason: "x".repeat(301) }, {}]) {
    assert.equal((await ask(body)).body.code, "validation_failed");
  }
  const lines = await ask({ ...WISH, reason: "two\nlines" });
  assert.deepEqual([lines.status, lines.body.code], [422, "malformed_reason"]);
  await edge.ask("POST", `${path}/complete`, { token: student.token });
  const late = await ask(WISH);
  assert.deepEqual([late.status, late.body.code], [409, "session_completed"]);
});
