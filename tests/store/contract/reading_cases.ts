/** What both databases promise the edge about courses, lists of actors and history. */
import assert from "node:assert/strict";
import type { Course } from "../../../src/domain/curriculum/course.ts";
import type { OpenStore } from "../../../src/store/open_store.ts";
import { type Case, someActor } from "./subject.ts";
import { ownedActor, turn } from "./turns.ts";

function someCourse(parts: Partial<Course> = {}): Course {
  return {
    id: crypto.randomUUID(),
    title: "Fractions",
    description: "Halves and thirds",
    language: "en",
    licence: "CC0-1.0",
    skills: [{ id: "halves", title: "Halves", description: "", prerequisites: [] }],
    items: [],
    ...parts,
  };
}

export const readingCases: readonly Case<OpenStore>[] = [
  {
    name: "[C1] a course is stored once under its id, and replaced by those who saw its version",
    async run({ courses }) {
      const course = someCourse();
      assert.equal(await courses.create(course, "teacher", 5), "created");
      assert.equal(await courses.create(course, "other", 6), "id_taken");
      assert.deepEqual(await courses.byId(course.id), { course, ownerId: "teacher", version: 1, updatedAtMs: 5 });
      const better = { ...course, title: "Fractions\0 again", items: [] };
      assert.equal(await courses.replace(better, 2, 7), "conflict");
      assert.equal(await courses.replace(better, 1, 7), "replaced");
      assert.equal(await courses.replace(better, 1, 8), "conflict");
      assert.deepEqual(await courses.byId(course.id), {
        course: better,
        ownerId: "teacher",
        version: 2,
        updatedAtMs: 7,
      });
      assert.ok(await courses.remove(course.id));
      assert.ok(!await courses.remove(course.id));
      assert.equal(await courses.byId(course.id), null);
      assert.equal(await courses.replace(better, 2, 9), "missing");
    },
  },
  {
    name: "[C1] the list of courses pages by title, each once, with its counts",
    async run({ courses }) {
      const mine = ["b", "a", "c", "a", "b"].map((title) => someCourse({ title }));
      for (const course of mine) await courses.create(course, null, 5);
      const seen = [];
      let cursor: string | null = null;
      do {
        const page = await courses.list(cursor, 2);
        seen.push(...page.rows);
        cursor = page.next;
      } while (cursor !== null);
      const shown = seen.filter(({ id }) => mine.some((course) => course.id === id));
      assert.deepEqual(shown.map(({ title }) => title), ["a", "a", "b", "b", "c"]);
      assert.equal(new Set(shown.map(({ id }) => id)).size, 5);
      const { id, ...header } = shown[4] ?? assert.fail();
      assert.equal(id, mine[2]?.id);
      const description = "Halves and thirds";
      assert.deepEqual(header, {
        title: "c",
        description,
        ownerId: null,
        version: 1,
        skills: 1,
        items: 0,
        updatedAtMs: 5,
      });
    },
  },
  {
    name: "[S2] an owner's list follows the journal, newest first, page by page",
    async run({ store, listings }) {
      const ownerId = crypto.randomUUID();
      const owned = [];
      for (let i = 0; i < 5; i++) owned.push(await ownedActor(store));
      const listing = (status: string, n: number) => ({ ownerId, status, body: { n } });
      await store.journal.append(
        owned.map((one, i) => turn(one, 1, { atMs: 10 + (i >> 1), listing: listing("running", i) })),
      );
      await store.journal.append(
        owned.slice(0, 1).flatMap((one) => [
          turn(one, 2, { atMs: 20, listing: listing("paused", 0) }),
          turn(one, 3, { atMs: 21, listing: listing("completed", 7) }),
          turn(one, 4, { atMs: 22 }),
        ]),
      );
      const first = await listings.list(ownerId, "session", null, null, 3);
      const second = await listings.list(ownerId, "session", null, first.next, 3);
      assert.equal(second.next, null);
      const rows = [...first.rows, ...second.rows];
      assert.deepEqual(rows.map(({ createdAtMs }) => createdAtMs), [12, 11, 11, 10, 10]);
      assert.equal(new Set(rows.map(({ actor }) => actor)).size, 5);
      const done = await listings.list(ownerId, "session", "completed", null, 3);
      const { actor } = owned[0] ?? assert.fail();
      assert.deepEqual(done, {
        rows: [{ actor, ownerId, status: "completed", body: { n: 7 }, createdAtMs: 10, updatedAtMs: 21 }],
        next: null,
      });
      assert.deepEqual(await listings.list(ownerId, "room", null, null, 3), { rows: [], next: null });
    },
  },
  {
    name: "[E7] history shows the chosen types, in order, a page at a time",
    async run({ store, history }) {
      const owned = await ownedActor(store);
      const events = ["a", "b", "a", "c", "a"].map((type, body) => ({ type, version: 1, body }));
      await store.journal.append([turn(owned, 1, { events, atMs: 5 })]);
      const page = await history.page(owned.actor, ["a", "c"], 1, 2);
      assert.deepEqual(page, [
        { seq: 3, atMs: 5, type: "a", version: 1, body: 2 },
        { seq: 4, atMs: 5, type: "c", version: 1, body: 3 },
      ]);
      assert.deepEqual((await history.page(owned.actor, ["a", "c"], 4, 2)).map(({ seq }) => seq), [5]);
      assert.deepEqual(await history.page(owned.actor, [], 0, 2), []);
      assert.deepEqual(await history.page(someActor(), ["a"], 0, 2), []);
    },
  },
  {
    name: "[D1] history read backwards shows the chosen types, newest first, and pages without gap or repeat",
    async run({ store, history }) {
      const owned = await ownedActor(store);
      const events = ["a", "b", "a", "c", "a", "b", "a"].map((type, body) => ({ type, version: 2, body }));
      await store.journal.append([turn(owned, 1, { events, atMs: 5 })]);
      const from = Number.MAX_SAFE_INTEGER;
      assert.deepEqual(await history.newest(owned.actor, ["c", "b"], from, 2), [
        { seq: 6, atMs: 5, type: "b", version: 2, body: 5 },
        { seq: 4, atMs: 5, type: "c", version: 2, body: 3 },
      ]);
      const seen: number[] = [];
      for (let before = from; seen.length < 9;) {
        const page = await history.newest(owned.actor, ["a", "c"], before, 2);
        if (page.length === 0) break;
        seen.push(...page.map(({ seq }) => seq));
        before = page.at(-1)?.seq ?? 0;
      }
      assert.deepEqual(seen, [7, 5, 4, 3, 1]);
      assert.deepEqual(await history.newest(owned.actor, ["a"], 1, 2), []);
      assert.deepEqual(await history.newest(owned.actor, [], from, 2), []);
      assert.deepEqual(await history.newest(someActor(), ["a"], from, 2), []);
    },
  },
  {
    name: "[E11] the courses changed last are named first",
    async run({ courses }) {
      const mine = [1, 2, 3].map(() => someCourse());
      const [a, b, c] = mine;
      assert.ok(a && b && c);
      // Later than whatever other cases store.
      const laterMs = 9_000_000_000_000;
      for (const [i, course] of mine.entries()) await courses.create(course, null, laterMs + i);
      await courses.replace(a, 1, laterMs + 5);
      assert.deepEqual(await courses.newest(2), [a.id, c.id]);
      await courses.remove(a.id);
      assert.deepEqual(await courses.newest(2), [c.id, b.id]);
      for (const { id } of mine) await courses.remove(id);
      assert.deepEqual(await courses.newest(0), []);
    },
  },
];
