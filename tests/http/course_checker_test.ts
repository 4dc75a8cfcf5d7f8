/** Courses checked beside the event loop, within limits. */
import assert from "node:assert/strict";
import { CourseChecker } from "../../src/http/course_checker.ts";
import { ProblemError } from "../../src/http/problem.ts";
import { smallCourse } from "./small_course.ts";

/** Sound, and long to check: every item is drawn from several seeds. */
function largeCourse() {
  const course = smallCourse("large");
  const items = Array.from(
    { length: 1_500 },
    (_, i) => course.items.map((item) => ({ ...item, id: `${item.id}-${i}` })),
  );
  return { ...course, items: items.flat() };
}

function hasCode(code: string): (error: unknown) => boolean {
  return (error) => error instanceof ProblemError && error.problem.code === code;
}

Deno.test("[C1] a sound course has no fault, a faulty one all of its own, checked in a worker", async () => {
  const checker = new CourseChecker();
  const sound = smallCourse("sound");
  const faulty = { ...sound, language: "?", items: sound.items.map((item) => ({ ...item, skills: ["unknown"] })) };
  const [none, faults] = await Promise.all([checker.check(sound), checker.check(faulty)]);
  assert.deepEqual(none, []);
  const paths = faults.map((fault) => fault.path);
  for (const path of ["language", "items[0].skills[0]", "items[1].skills[0]"]) assert.ok(paths.includes(path), path);
});

Deno.test("[B3] one check more than allowed is told to come back, and the next is taken again", async () => {
  const checker = new CourseChecker({ inFlightMax: 1, checkMsMax: 30_000 });
  const first = checker.check(smallCourse("first"));
  await assert.rejects(checker.check(smallCourse("second")), hasCode("unavailable"));
  await first;
  assert.deepEqual(await checker.check(smallCourse("third")), []);
});

Deno.test("[C1] a course that takes too long to check is refused, and the next is checked all the same", async () => {
  const checker = new CourseChecker({ inFlightMax: 1, checkMsMax: 1 });
  await assert.rejects(checker.check(largeCourse()), hasCode("course_faulty"));
  await assert.rejects(checker.check(largeCourse()), hasCode("course_faulty"));
});

Deno.test("[C1] while a large course is checked the event loop goes on", async () => {
  let ticks = 0;
  const ticking = setInterval(() => ticks++, 1);
  const faults = await new CourseChecker().check(largeCourse());
  clearInterval(ticking);
  assert.deepEqual(faults, []);
  assert.ok(ticks >= 3, `${ticks} ticks`);
});
