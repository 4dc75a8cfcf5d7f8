/** Profiles in memory: shared, let go in time, never older than what happened to their learner. */
import assert from "node:assert/strict";
import { requireLearner } from "../../src/http/learner_profiles.ts";
import { PROFILE_AGE_S_MAX, ProfileCache, type ProfileDocument } from "../../src/http/profile_cache.ts";
import { profileJson } from "../../src/http/documents/profile_schemas.ts";
import { smallCourse } from "./small_course.ts";
import { EngineWorld } from "./engine_world.ts";
import { Practice } from "./practice.ts";

const world = await EngineWorld.open();
Deno.test.afterAll(() => world.close());

const START_MS = 1_760_000_000_000;

/** A cache that numbers its documents, on a clock of the test's own. */
class NumberedCache {
  made = 0;
  failsNext = false;
  nowMs = START_MS;
  readonly cache = new ProfileCache(world.registry, { nowMs: () => this.nowMs }, (view) => {
    if (this.failsNext) {
      this.failsNext = false;
      return Promise.reject(new RangeError("asked to fail"));
    }
    const document: ProfileDocument = {
      body: profileJson(requireLearner(view), []),
      text: "",
      etag: `"${++this.made}"`,
    };
    return Promise.resolve(document);
  });

  async tag(learnerId: string): Promise<string> {
    return (await this.cache.read(learnerId)).etag;
  }
}

const practice = new Practice(world.registry, smallCourse("doubling"));

Deno.test("[F6] a profile is made once for all who ask within 300 s, then again", async () => {
  const numbered = new NumberedCache();
  await practice.answer("cached", 0, START_MS);
  assert.deepEqual(await Promise.all([numbered.tag("cached"), numbered.tag("cached")]), [`"1"`, `"1"`]);
  numbered.nowMs += PROFILE_AGE_S_MAX * 1000 - 1;
  assert.equal(await numbered.tag("cached"), `"1"`);
  numbered.nowMs += 1;
  const { watchers } = world.registry.stats();
  assert.equal(await numbered.tag("cached"), `"2"`);
  assert.equal(world.registry.stats().watchers, watchers);
  assert.equal(PROFILE_AGE_S_MAX, 300);
});

Deno.test("[F6] whatever happens to the learner lets the profile go; what happens to another does not", async () => {
  const numbered = new NumberedCache();
  await practice.answer("watched", 0, START_MS);
  assert.equal(await numbered.tag("watched"), `"1"`);
  await practice.answer("somebody-else", 0, START_MS);
  assert.equal(await numbered.tag("watched"), `"1"`);
  await practice.answer("watched", 0, START_MS + 1);
  assert.equal(await numbered.tag("watched"), `"2"`);
});

Deno.test("[L1] [F6] the profile of one to whom nothing has happened is told without making an actor", async () => {
  const numbered = new NumberedCache();
  const { actorsByKind } = world.registry.stats();
  assert.deepEqual([await numbered.tag("unborn"), await numbered.tag("unborn")], [`"1"`, `"2"`]);
  assert.deepEqual(world.registry.stats().actorsByKind, actorsByKind);
});

Deno.test("[F6] a reading that failed is not kept", async () => {
  const numbered = new NumberedCache();
  await practice.answer("unlucky", 0, START_MS);
  numbered.failsNext = true;
  await assert.rejects(numbered.cache.read("unlucky"), RangeError);
  assert.equal(await numbered.tag("unlucky"), `"1"`);
});
