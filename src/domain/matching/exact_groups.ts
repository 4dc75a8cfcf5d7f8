/** The best grouping of few people, by dynamic programming over subsets (Bellman, 1962; Held and Karp, 1962). */
import type { Profile } from "./complement.ts";
import type { GroupValue } from "./group_value.ts";

interface Best {
  readonly value: number;
  /** Groups as sets of bits; who is in none stays without. */
  readonly groups: readonly number[];
}

function membersOf(people: readonly Profile[], set: number): readonly Profile[] {
  return people.filter((_, i) => (set & (1 << i)) !== 0);
}

/**
 * The groups worth most in sum. The first of each set is in a group with some of the others, or in none: 3^n steps
 * for n people, each group's worth worked out once.
 */
export function exactGroups(people: readonly Profile[], valueOf: GroupValue): readonly (readonly Profile[])[] {
  const values = Array.from({ length: 1 << people.length }, (_, set) => valueOf.whole(membersOf(people, set)));
  const best: Best[] = [{ value: 0, groups: [] }];
  for (let set = 1; set < values.length; set++) {
    const first = set & -set;
    const others = set ^ first;
    // Without the first; each set of bits stands after all of its parts.
    let found = best[others] ?? { value: 0, groups: [] };
    for (let mates = others; mates > 0; mates = (mates - 1) & others) {
      const value = values[first | mates] ?? null;
      const rest = best[others ^ mates];
      if (value === null || rest === undefined || value + rest.value <= found.value) continue;
      found = { value: value + rest.value, groups: [first | mates, ...rest.groups] };
    }
    best.push(found);
  }
  return (best.at(-1)?.groups ?? []).map((set) => membersOf(people, set));
}
