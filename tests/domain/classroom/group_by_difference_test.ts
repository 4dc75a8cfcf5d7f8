/** Who is put into one room by how the class answered: everybody once, nobody alone, as differently as can be. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { groupsAtRandom, groupsByDifference } from "../../../src/domain/classroom/group_by_difference.ts";
import type { CountedAnswer } from "../../../src/domain/classroom/state.ts";

/** What somebody answered: 0 is right, -1 nothing, any other a wrong answer of that number. */
type Said = number;

function answerOf(said: Said): Pick<CountedAnswer, "response" | "correct"> | null {
  if (said < 0) return null;
  return { response: { kind: "number", value: said, unit: null }, correct: said === 0 };
}

function dealt(said: readonly Said[], size: number, seed: number) {
  const people = said.map((_, i) => `p${i}`);
  return groupsByDifference(people, (userId) => answerOf(said[Number(userId.slice(1))] ?? -1), size, seed);
}

function saidIn(said: readonly Said[], group: readonly string[]): readonly Said[] {
  return group.map((userId) => said[Number(userId.slice(1))] ?? -1);
}

/** How many different answers are met, room by room. */
function variety(said: readonly Said[], groups: readonly (readonly string[])[]): number {
  return groups.reduce((sum, group) => sum + new Set(saidIn(said, group)).size, 0);
}

const saidByAll = fc.array(fc.integer({ min: -1, max: 4 }), { minLength: 2, maxLength: 40 });
const sizes = fc.integer({ min: 2, max: 8 });

Deno.test("[J13] drawn rooms hold everybody once, nobody alone, and no more than are wanted", () => {
  fc.assert(fc.property(saidByAll, sizes, fc.nat(), (said, size, seed) => {
    const people = said.map((_, i) => `p${i}`);
    for (const groups of [dealt(said, size, seed), groupsAtRandom(people, size, seed)]) {
      assert.deepEqual(groups.flat().sort(), [...people].sort());
      const most = size === 2 && people.length % 2 === 1 ? 3 : size;
      for (const { length } of groups) assert.ok(length >= 2 && length <= most, `a room of ${length} at size ${size}`);
    }
    assert.deepEqual(dealt(said, size, seed), dealt(said, size, seed), "the seed draws the same");
  }));
});

/** Every way to put `people` into rooms of these sizes. */
function* ways(people: readonly string[], sizes: readonly number[]): Generator<readonly (readonly string[])[]> {
  const [size, ...rest] = sizes;
  if (size === undefined) return yield [];
  for (const group of choices(people, size)) {
    for (const others of ways(people.filter((one) => !group.includes(one)), rest)) yield [group, ...others];
  }
}

function* choices(people: readonly string[], size: number): Generator<readonly string[]> {
  if (size === 0) return yield [];
  for (const [i, one] of people.entries()) {
    for (const others of choices(people.slice(i + 1), size - 1)) yield [one, ...others];
  }
}

Deno.test("[J13] no rooms of those sizes hold more different answers, nor right ones better spread", () => {
  const few = fc.array(fc.integer({ min: -1, max: 3 }), { minLength: 2, maxLength: 7 });
  fc.assert(
    fc.property(few, fc.integer({ min: 2, max: 4 }), fc.nat(), (said, size, seed) => {
      const groups = dealt(said, size, seed);
      const all = ways(said.map((_, i) => `p${i}`), groups.map(({ length }) => length));
      const best = all.reduce((most, one) => Math.max(most, variety(said, one)), 0);
      assert.equal(variety(said, groups), best);
      const rights = groups.map((group) => saidIn(said, group).filter((one) => one === 0).length);
      assert.ok(Math.max(...rights) - Math.min(...rights) <= 1, `${rights} were right`);
    }),
    { numRuns: 200 },
  );
});
