/** Who is put together with whom: against every possible grouping, and by what the score is made of. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { groupScore, isAllowed, type Profile, profilesOf } from "../../../src/domain/matching/complement.ts";
import { exactGroups } from "../../../src/domain/matching/exact_groups.ts";
import { formGroups } from "../../../src/domain/matching/form_groups.ts";
import { type GroupValue, groupValue } from "../../../src/domain/matching/group_value.ts";
import { improvedGroups } from "../../../src/domain/matching/improved_groups.ts";
import { pairKey } from "../../../src/domain/matching/search.ts";
import { randomFrom } from "../../../src/domain/random.ts";
import { people, person } from "./people.ts";

const NOBODY_MET: ReadonlySet<string> = new Set();

/** What a grouping is worth, found the long way: every person joins each part there is, or begins one. */
function bestOfAll(left: readonly Profile[], parts: readonly (readonly Profile[])[], valueOf: GroupValue): number {
  const [first, ...rest] = left;
  if (first === undefined) {
    const values = parts.map((part) => part.length === 1 ? 0 : valueOf.whole(part));
    return values.some((value) => value === null) ? -Infinity : values.reduce<number>((sum, v) => sum + (v ?? 0), 0);
  }
  const joined = parts.map((part, i) => [...parts.slice(0, i), [...part, first], ...parts.slice(i + 1)]);
  return Math.max(...[...joined, [...parts, [first]]].map((next) => bestOfAll(rest, next, valueOf)));
}

function worth(groups: readonly (readonly Profile[])[], valueOf: GroupValue): number {
  return groups.reduce((sum, group) => sum + (valueOf.whole(group) ?? -Infinity), 0);
}

Deno.test("[I14] of few people the best grouping is found: no other is worth more", () => {
  fc.assert(
    fc.property(
      people({ min: 2, max: 7, mood: "choosy" }),
      fc.array(fc.tuple(fc.nat(6), fc.nat(6))),
      (candidates, pairs) => {
        const valueOf = groupValue(new Set(pairs.map(([a, b]) => pairKey(`u${a}`, `u${b}`))));
        const all = profilesOf(candidates);
        const found = worth(exactGroups(all, valueOf), valueOf);
        assert.ok(Math.abs(found - bestOfAll(all, [], valueOf)) < 1e-6);
      },
    ),
    { numRuns: 150 },
  );
});

Deno.test("[I14] of many people who all would take a pair, at most one is left", () => {
  fc.assert(
    fc.property(people({ min: 6, max: 24, mood: "agreeable" }), (candidates) => {
      const placed = improvedGroups(profilesOf(candidates), groupValue(NOBODY_MET)).flat();
      assert.ok(placed.length >= candidates.length - 1);
    }),
    { numRuns: 60 },
  );
});

Deno.test("[I14] over 200 classes drawn at random, its groups score 0.97 of the best ones' or more", () => {
  const random = randomFrom(20);
  const [valueOf, totals] = [groupValue(NOBODY_MET), { found: 0, best: 0 }];
  for (let i = 0; i < 200; i++) {
    const drawn = Array.from({ length: 6 + i % 5 }, (_, n) => ({
      ...person(`u${n}`, [random(), random(), random()], { error: 0.1 * random() }),
      sizeMax: 2 + i % 3,
    }));
    const all = profilesOf(drawn);
    const scoreOf = (groups: readonly (readonly Profile[])[]) =>
      groups.reduce((sum, group) => sum + group.length * groupScore(group, NOBODY_MET), 0);
    totals.found += scoreOf(improvedGroups(all, valueOf));
    totals.best += scoreOf(exactGroups(all, valueOf));
  }
  assert.ok(totals.found >= 0.97 * totals.best, `${totals.found / totals.best} of the best, seed 20`);
});

Deno.test("[I14] nobody is in two groups, with whom they will not be, or in a group of a size they did not ask for", () => {
  fc.assert(
    fc.property(people({ min: 0, max: 16, mood: "choosy" }), fc.nat(), (candidates, seed) => {
      const byId = new Map(candidates.map((one) => [one.userId, one]));
      const groups = formGroups(candidates, NOBODY_MET, seed);
      assert.equal(new Set(groups.flat()).size, groups.flat().length);
      for (const group of groups) assert.ok(isAllowed(group.flatMap((userId) => byId.get(userId) ?? [])));
      const asSets = (some: typeof groups) => some.map((group) => [...group].sort().join(" ")).sort();
      assert.deepEqual(
        asSets(formGroups([...candidates].reverse(), NOBODY_MET, seed)),
        asSets(groups),
        "the seed and the people decide, not the order they came in",
      );
    }),
    { numRuns: 100 },
  );
});

Deno.test("[I14] who is strong where another is weak is put together with them, and those alike are not", () => {
  const candidates = [
    person("ann", [0.95, 0.2, 0.5]),
    person("bob", [0.95, 0.2, 0.5]),
    person("cat", [0.2, 0.95, 0.5]),
    person("dan", [0.2, 0.95, 0.5]),
  ];
  const groups = formGroups(candidates, NOBODY_MET, 1).map((group) => [...group].sort());
  assert.equal(groups.length, 2);
  for (const group of groups) {
    assert.ok(group.some((id) => id === "ann" || id === "bob") && group.some((id) => id === "cat" || id === "dan"));
  }
  const again = formGroups(candidates, new Set(groups.map(([a = "", b = ""]) => pairKey(a, b))), 1);
  const pairs = (some: readonly (readonly string[])[]) => some.map((group) => [...group].sort().join()).sort();
  assert.notDeepEqual(pairs(again), pairs(groups), "of equals, those who have not met come first");
});

Deno.test("[I14] a lead counts as far as it is sure, help counts in what is wished for, and most where it goes both ways", () => {
  const score = (...group: Parameters<typeof person>[]) =>
    groupScore(profilesOf(group.map((one) => person(...one))), NOBODY_MET);
  const sure = score(["a", [0.9, 0.1, 0.5]], ["b", [0.1, 0.9, 0.5]]);
  assert.ok(sure > score(["a", [0.9, 0.1, 0.5], { error: 0.2 }], ["b", [0.1, 0.9, 0.5], { error: 0.2 }]));
  assert.equal(score(["a", [0.9, 0.1, 0.5], { error: 0.6 }], ["b", [0.1, 0.9, 0.5], { error: 0.6 }]), 0);
  assert.ok(sure > score(["a", [0.9, 0.9, 0.5]], ["b", [0.1, 0.1, 0.5]]), "one who only helps gets nothing out of it");
  const wishes = score(["a", [0.9, 0.1, 0.5], { wished: ["cut"] }], ["b", [0.1, 0.9, 0.5], { wished: ["add"] }]);
  assert.ok(wishes > sure, "help with what was wished for counts whole");
});
