/** Recommendations over HTTP, on the real runtime and store. */
import assert from "node:assert/strict";
import { sessionAddress } from "../../src/domain/session/messages.ts";
import { CATALOGUE_ELO_MODEL } from "../../src/effects/knowledge_predictor.ts";
import type { Edge, SignedUp } from "./edge_world.ts";
import { smallCourse } from "./small_course.ts";
import { EngineWorld } from "./engine_world.ts";
import { openItem } from "./open_item.ts";
import { recordedAnswers } from "./recorded_answers.ts";

const world = await EngineWorld.open();
Deno.test.afterAll(() => world.close());

const PATH = "/api/v1/recommendations";

interface Row {
  readonly course_id: string;
  readonly item_id: string;
  readonly kind: string;
  readonly skills: readonly { readonly id: string; readonly title: string }[];
  readonly reasons: readonly string[];
}

/** Answers `items` items of a fresh session in `courseId`, right or not. */
async function practised(edge: Edge, student: SignedUp, courseId: string, items: number): Promise<void> {
  const body = { course_id: courseId, target_items: items };
  const made = await edge.ask("POST", "/api/v1/sessions", { token: student.token, body });
  let item = 0;
  for (let i = 0; i < items; i++) {
    item = await openItem(world.registry, made.body.id, student.id, item);
    const told = { type: "answer", item, response: { kind: "number", value: 4, unit: null } } as const;
    const origin = { kind: "client", principal: { userId: student.id, role: "student" } } as const;
    const from = { commandId: `answer-${i}`, origin };
    assert.equal((await world.registry.tell(sessionAddress(made.body.id), told, from)).kind, "done");
  }
}

Deno.test("[E11] a learner without history is recommended a start, with reasons and what it rests on", async () => {
  const edge = await world.serve();
  const { id, token } = await edge.signUp("student");
  const { status, body } = await edge.ask("GET", `${PATH}?course_id=doubling`, { token });
  assert.equal(status, 200, JSON.stringify(body));
  assert.equal(body.learner_id, id);
  assert.deepEqual(body.recommendations.map((row: Row) => row.item_id), ["double"]);
  const [row] = body.recommendations;
  assert.deepEqual([row.kind, row.skills, row.difficulty], ["new", [{ id: "doubling", title: "doubling" }], 2]);
  assert.ok(row.reasons.length >= 2 && row.probability > 0 && row.probability < 1);
  const [course] = body.courses;
  assert.deepEqual([course.course_id, course.model, course.prior], ["doubling", CATALOGUE_ELO_MODEL, true]);
  assert.equal(typeof course.statistics_version, "number");
  assert.equal(course.course_version, 1);
});

Deno.test("[E11] without a course it looks at those worked on, and before that at the newest", async () => {
  const edge = await world.serve();
  const student = await edge.signUp("student");
  const { store } = world.edgeWorld;
  for (const [i, id] of ["newer-1", "newer-2", "newer-3", "newer-4"].entries()) {
    await store.courses.create(smallCourse(id), null, world.edgeWorld.nowMs + 1_000 + i);
  }
  const coursesTold = async () => {
    const { body } = await edge.ask("GET", PATH, { token: student.token });
    return body.courses.map(({ course_id }: { course_id: string }) => course_id);
  };
  assert.deepEqual(await coursesTold(), ["newer-4", "newer-3", "newer-2"]);
  await practised(edge, student, "doubling", 1);
  await recordedAnswers(world.registry, student.id, 1);
  assert.deepEqual(await coursesTold(), ["doubling"]);
});

Deno.test("[E11] [A4] staff read a learner's recommendations; a student only their own", async () => {
  const edge = await world.serve();
  const [ada, bob, teacher] = await edge.signUpAll("student", "student", "teacher");
  const ask = (who: SignedUp) =>
    edge.ask("GET", `${PATH}?course_id=doubling&learner_id=${ada.id}`, { token: who.token });
  await edge.classOf(teacher, ada);
  assert.equal((await ask(teacher)).body.learner_id, ada.id);
  assert.equal((await ask(ada)).status, 200);
  assert.equal((await ask(bob)).status, 403);
});

Deno.test("[E11] filters narrow, and what is not a filter is refused", async () => {
  const edge = await world.serve();
  const { token } = await edge.signUp("student");
  const ask = (query: string) => edge.ask("GET", `${PATH}?course_id=doubling&${query}`, { token });
  const rows = async (query: string) => (await ask(query)).body.recommendations.length;
  assert.equal(await rows("kind=new&difficulty=2&topic=redoubling&limit=5"), 1);
  for (const none of ["kind=review", "difficulty=5", "presentation=visual"]) assert.equal(await rows(none), 0, none);
  for (const wrong of ["kind=old", "difficulty=6", "presentation=smell", "limit=0", "limit=51", "topic=%20"]) {
    const answer = await ask(wrong);
    assert.deepEqual([answer.status, answer.body.code], [400, "validation_failed"], wrong);
  }
  const topic = await ask("topic=tripling");
  assert.deepEqual([topic.status, topic.body.code], [422, "topic_unknown"]);
  const course = await edge.ask("GET", `${PATH}?course_id=unheard-of`, { token });
  assert.deepEqual([course.status, course.body.code], [422, "course_unknown"]);
});

Deno.test("[E11] courses taken off leave room for those that are still there, one's own first", async () => {
  const edge = await world.serve();
  const student = await edge.signUp("student");
  const { store } = world.edgeWorld;
  await practised(edge, student, "doubling", 1);
  const taken = ["taken-1", "taken-2", "taken-3"];
  for (const id of taken) {
    await store.courses.create(smallCourse(id), null, world.edgeWorld.nowMs);
    await practised(edge, student, id, 1);
  }
  const coursesTold = async () => {
    const { body } = await edge.ask("GET", PATH, { token: student.token });
    return body.courses.map(({ course_id }: { course_id: string }) => course_id);
  };
  await recordedAnswers(world.registry, student.id, 1 + taken.length);
  assert.deepEqual(await coursesTold(), [...taken].reverse());
  for (const id of taken) {
    await store.courses.remove(id);
    world.courses.invalidate(id);
  }
  assert.deepEqual(await coursesTold(), ["doubling"]);
});

Deno.test("[E11] a topic that no course in question has is refused, with a course named and without", async () => {
  const edge = await world.serve();
  const { token } = await edge.signUp("student");
  for (const query of ["topic=tripling", "topic=tripling&course_id=doubling"]) {
    const { status, body } = await edge.ask("GET", `${PATH}?${query}`, { token });
    assert.deepEqual([status, body.code, body.errors[0].path], [422, "topic_unknown", "topic"], query);
  }
  assert.equal((await edge.ask("GET", `${PATH}?topic=doubling`, { token })).status, 200);
});

Deno.test("[E11] [A4] staff who ask for the recommendations of nobody are told that there is no such person", async () => {
  const edge = await world.serve();
  const { token } = await edge.signUp("teacher");
  const { status, body } = await edge.ask("GET", `${PATH}?learner_id=${crypto.randomUUID()}`, { token });
  assert.deepEqual([status, body.code], [404, "not_found"]);
});
