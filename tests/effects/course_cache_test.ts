/** Courses kept in memory: shared loads, bounds, and no stale course after a change. */
import assert from "node:assert/strict";
import { CourseCache } from "../../src/effects/course_cache.ts";
import type { CourseEdition } from "../../src/domain/curriculum/course.ts";
import { chainCourse } from "../domain/adaptive/practice_course.ts";

/** A store whose reads wait until they are let go. */
class SlowCourses {
  readonly asked: string[] = [];
  readonly waiting: { readonly id: string; readonly answer: PromiseWithResolvers<CourseEdition | null> }[] = [];

  readonly read = (id: string): Promise<CourseEdition | null> => {
    const answer = Promise.withResolvers<CourseEdition | null>();
    this.asked.push(id);
    this.waiting.push({ id, answer });
    return answer.promise;
  };

  answerNext(edition: CourseEdition | null): void {
    this.waiting.shift()?.answer.resolve(edition);
  }
}

function titled(title: string): CourseEdition {
  return { course: { ...chainCourse(["a"], 1, "fixed"), title }, version: 1 };
}

Deno.test("[B3] one read serves all who ask while it is under way and after", async () => {
  const courses = new SlowCourses();
  const cache = new CourseCache(courses.read);
  const both = Promise.all([cache.byId("x"), cache.byId("x")]);
  courses.answerNext(titled("X"));
  assert.deepEqual((await both).map((edition) => edition?.course.title), ["X", "X"]);
  assert.equal((await cache.byId("x"))?.course.title, "X");
  assert.deepEqual(courses.asked, ["x"]);
});

Deno.test("[B3] over its bound the course used longest ago is let go", async () => {
  const asked: string[] = [];
  const cache = new CourseCache((id) => {
    asked.push(id);
    return Promise.resolve(titled(id));
  }, 2);
  for (const id of ["a", "b", "a", "c", "a", "b"]) await cache.byId(id);
  assert.deepEqual(asked, ["a", "b", "c", "b"]);
});

Deno.test("[B3] a change during a load is not hidden by what the load brings", async () => {
  const courses = new SlowCourses();
  const cache = new CourseCache(courses.read);
  const before = cache.byId("x");
  cache.invalidate("x");
  const after = cache.byId("x");
  courses.answerNext(titled("old"));
  courses.answerNext(titled("new"));
  assert.equal((await before)?.course.title, "old");
  assert.equal((await after)?.course.title, "new");
  assert.equal((await cache.byId("x"))?.course.title, "new");
  assert.deepEqual(courses.asked, ["x", "x"]);
});

Deno.test("[B3] an absence that a later load has overtaken does not drop what that load brings", async () => {
  const courses = new SlowCourses();
  const cache = new CourseCache(courses.read);
  const before = cache.byId("x");
  cache.invalidate("x");
  const after = cache.byId("x");
  courses.answerNext(null);
  assert.equal(await before, null);
  courses.answerNext(titled("new"));
  assert.equal((await after)?.course.title, "new");
  assert.equal((await cache.byId("x"))?.course.title, "new");
  assert.equal(courses.asked.length, 2);
});

Deno.test("[B3] neither an absent course nor a failed read is remembered", async () => {
  class StoreDownError extends Error {}
  const answers = [
    () => Promise.resolve(null),
    () => Promise.reject(new StoreDownError()),
    () => Promise.resolve(titled("X")),
  ];
  const cache = new CourseCache(() => answers.shift()?.() ?? Promise.resolve(null));
  assert.equal(await cache.byId("x"), null);
  await assert.rejects(cache.byId("x"), StoreDownError);
  assert.equal((await cache.byId("x"))?.course.title, "X");
});
