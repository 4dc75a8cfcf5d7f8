/** Courses over HTTP: authoring with versions, reading without keys. */
import assert from "node:assert/strict";
import { EdgeWorld } from "./edge_world.ts";
import { smallCourse } from "./small_course.ts";

const world = await EdgeWorld.open();
Deno.test.afterAll(() => world.close());

const COURSES = "/api/v1/courses";

Deno.test("[C1] a sound course is stored whole and comes back to its author with its version", async () => {
  const edge = await world.serve();
  const { token, id } = await edge.signUp("teacher");
  const course = smallCourse("whole");
  const made = await edge.ask("POST", COURSES, { token, body: course });
  assert.equal(made.status, 201);
  assert.equal(made.headers.get("location"), `${COURSES}/whole`);
  const read = await edge.ask("GET", `${COURSES}/whole`, { token });
  assert.equal(read.headers.get("etag"), `"1"`);
  assert.deepEqual(read.body.document, course);
  assert.equal(read.body.owner_id, id);
  assert.equal((await edge.ask("POST", COURSES, { token, body: course })).body.code, "course_id_taken");
  assert.ok(world.told.includes("course whole"));
});

Deno.test("[C1] a faulty course is refused with every fault named, and nothing is stored", async () => {
  const edge = await world.serve();
  const { token } = await edge.signUp("teacher");
  const sound = smallCourse("faulty");
  const [first, second] = sound.skills;
  const course = {
    ...sound,
    skills: [{ ...first, prerequisites: ["redoubling"] }, second],
    items: sound.items.map((item) => ({ ...item, skills: ["tripling"] })),
  };
  const refused = await edge.ask("POST", COURSES, { token, body: course });
  assert.equal(refused.status, 422);
  assert.equal(refused.body.code, "course_faulty");
  const told = JSON.stringify(refused.body.errors);
  assert.match(told, /doubling.*redoubling|redoubling.*doubling/);
  assert.match(told, /items\[0\]/);
  assert.match(told, /items\[1\]/);
  assert.equal((await edge.ask("GET", `${COURSES}/faulty`, { token })).status, 404);
});

Deno.test("[H1] a course of the wrong shape names each place, a misspelt member too", async () => {
  const edge = await world.serve();
  const { token } = await edge.signUp("teacher");
  const sound = smallCourse("shape");
  const body = { ...sound, titel: "x", items: sound.items.map((item) => ({ ...item, hints: ["only one"] })) };
  const refused = await edge.ask("POST", COURSES, { token, body });
  assert.equal(refused.status, 400);
  const places = refused.body.errors.map((fault: { path: string }) => fault.path);
  assert.ok(places.some((path: string) => path.startsWith("items[0].hints")), places.join());
  assert.match(JSON.stringify(refused.body.errors), /titel/);
});

Deno.test("[C1] a course is replaced only by who has seen its version: 428 without, 412 with an old one", async () => {
  const edge = await world.serve();
  const { token } = await edge.signUp("teacher");
  const course = smallCourse("versions");
  await edge.ask("POST", COURSES, { token, body: course });
  const path = `${COURSES}/versions`;
  const put = (title: string, ifMatch?: string) =>
    edge.ask("PUT", path, {
      token,
      body: { ...course, title },
      headers: ifMatch === undefined ? {} : { "if-match": ifMatch },
    });
  assert.equal((await put("One")).status, 428);
  const replaced = await put("One", `"1"`);
  assert.equal(replaced.status, 200);
  assert.equal(replaced.headers.get("etag"), `"2"`);
  assert.equal((await put("Two", `"1"`)).status, 412);
  assert.equal((await put("Two", "nonsense")).status, 412);
  assert.equal((await edge.ask("GET", path, { token })).body.title, "One");
  const renamed = { ...course, id: "other-id" };
  const wrongId = await edge.ask("PUT", path, { token, body: renamed, headers: { "if-match": `"2"` } });
  assert.equal(wrongId.status, 400);
});

Deno.test("[A4] authors change their own courses, administrators any, students none", async () => {
  const edge = await world.serve();
  const [owner, colleague, admin, student] = await edge.signUpAll("teacher", "teacher", "admin", "student");
  const course = smallCourse("owned");
  await edge.ask("POST", COURSES, { token: owner.token, body: course });
  const put = (token: string) =>
    edge.ask("PUT", `${COURSES}/owned`, { token, body: course, headers: { "if-match": `"1"` } });
  assert.equal((await put(colleague.token)).status, 403);
  assert.equal((await put(student.token)).status, 403);
  assert.equal((await put(admin.token)).status, 200);
  assert.equal((await edge.ask("DELETE", `${COURSES}/owned`, { token: colleague.token })).status, 403);
  assert.equal((await edge.ask("DELETE", `${COURSES}/owned`, { token: owner.token })).status, 204);
  assert.equal((await edge.ask("GET", `${COURSES}/owned`, { token: owner.token })).status, 404);
});

Deno.test("[E8] students get skills and counts, never an item's key; staff preview a seed with its solution", async () => {
  const edge = await world.serve();
  const teacher = await edge.signUp("teacher");
  const student = await edge.signUp("student");
  await edge.ask("POST", COURSES, { token: teacher.token, body: smallCourse("keys") });
  const read = await edge.ask("GET", `${COURSES}/keys`, { token: student.token });
  assert.equal(read.body.document, null);
  assert.equal(read.body.item_count, 2);
  assert.deepEqual(read.body.skills.map((skill: { id: string }) => skill.id), ["doubling", "redoubling"]);
  assert.doesNotMatch(JSON.stringify(read.body), /2 \* a/);
  const preview = (token: string) => edge.ask("GET", `${COURSES}/keys/items/double/preview?seed=7`, { token });
  const forStudent = await preview(student.token);
  assert.equal(forStudent.status, 200);
  assert.equal(forStudent.body.solution, null);
  assert.doesNotMatch(JSON.stringify(forStudent.body), /"key"|explanation|hints"/);
  const forTeacher = await preview(teacher.token);
  assert.deepEqual(forTeacher.body.item, forStudent.body.item);
  const drawn = Number(forTeacher.body.item.prompt.match(/cdot (\d)/)[1]);
  assert.equal(forTeacher.body.solution.key.value, 2 * drawn);
  assert.equal((await edge.ask("GET", `${COURSES}/keys/items/nothing/preview`, { token: teacher.token })).status, 404);
});

Deno.test("[C2] a seed that gives no numbers to an item stored unchecked is 422 with the item named, not a fault", async () => {
  const edge = await world.serve();
  const teacher = await edge.signUp("teacher");
  const course = smallCourse("undrawable");
  const items = course.items.map((item) => ({ ...item, constraints: ["a > 9"] }));
  await world.store.courses.create({ ...course, items }, teacher.id, world.nowMs);
  const answer = await edge.ask("GET", "/api/v1/courses/undrawable/items/double/preview?seed=7", teacher);
  assert.equal(answer.status, 422);
  assert.equal(answer.body.code, "item_undrawable");
  assert.deepEqual([answer.body.item_id, answer.body.seed], ["double", 7]);
});

Deno.test("[H2] lists come in pages that end, and a cursor of one's own making is refused", async () => {
  const edge = await world.serve();
  const { token } = await edge.signUp("teacher");
  for (const id of ["page-a", "page-b", "page-c"]) await edge.ask("POST", COURSES, { token, body: smallCourse(id) });
  const seen: string[] = [];
  let next: string | null = "";
  while (next !== null) {
    const cursor: string = next === "" ? "" : `&cursor=${encodeURIComponent(next)}`;
    const page = await edge.ask("GET", `${COURSES}?limit=2${cursor}`, { token });
    assert.ok(page.body.rows.length <= 2);
    seen.push(...page.body.rows.map((row: { id: string }) => row.id));
    next = page.body.next;
  }
  assert.equal(new Set(seen).size, seen.length);
  for (const id of ["page-a", "page-b", "page-c"]) assert.ok(seen.includes(id));
  const bad = await edge.ask("GET", `${COURSES}?cursor=garbage`, { token });
  assert.equal(bad.status, 400);
  assert.equal(bad.body.errors[0].path, "cursor");
  assert.equal((await edge.ask("GET", `${COURSES}?limit=1000`, { token })).status, 400);
});
