/** A good grouping of many people: greedy, then bettered by exchanges until none helps (local search). */
import type { Profile } from "./complement.ts";
import type { GroupValue } from "./group_value.ts";
import { PASSES_MAX } from "./limits.ts";

type Group = readonly Profile[];

/** Groups, and who is in none. */
interface Grouping {
  readonly groups: readonly Group[];
  readonly left: Group;
}

/** Grows a group of `size` around `first` by whoever makes it worth most; null where it cannot be filled. */
function grown(first: Profile, people: Group, size: number, valueOf: GroupValue): Group | null {
  let group: Group = [first];
  while (group.length < size) {
    let best: { readonly value: number; readonly group: Group } | null = null;
    for (const person of people) {
      if (group.includes(person) || person.sizeMin > size || person.sizeMax < size) continue;
      const tried = [...group, person];
      const value = valueOf.growing(tried);
      if (value !== null && (best === null || value > best.value)) best = { value, group: tried };
    }
    if (best === null) return null;
    group = best.group;
  }
  return group;
}

/** Who has waited longest is placed first, in the largest group that can be filled. */
function greedy(people: Group, valueOf: GroupValue): Grouping {
  const groups: Group[] = [];
  const waiting = [...people].sort((a, b) => b.waited - a.waited);
  const left: Profile[] = [];
  for (let first = waiting.shift(); first !== undefined; first = waiting.shift()) {
    let group: Group | null = null;
    for (let size = first.sizeMax; group === null && size >= first.sizeMin; size--) {
      group = grown(first, waiting, size, valueOf);
    }
    if (group === null) left.push(first);
    else {
      groups.push(group);
      const placed = group;
      waiting.splice(0, waiting.length, ...waiting.filter((person) => !placed.includes(person)));
    }
  }
  return { groups, left };
}

const joined = (group: Group, added: Profile): Group => [...group, added];
const without = (group: Group, gone: Profile): Group => group.filter((one) => one !== gone);

/** What two parts of a grouping may become; a part is a group, or those who are in none, one by one. */
function* exchanges(a: Group, b: Group): Generator<readonly [Group, Group]> {
  for (const one of a) {
    yield [without(a, one), joined(b, one)];
    for (const other of b) yield [joined(without(a, one), other), joined(without(b, other), one)];
  }
  for (const other of b) yield [joined(a, other), without(b, other)];
}

/** One person alone is worth nothing and may be. */
function worth(group: Group, valueOf: GroupValue): number | null {
  return group.length <= 1 ? 0 : valueOf.whole(group);
}

/** The best exchange between two parts, where there is one that makes them worth more. */
function bettered(a: Group, b: Group, valueOf: GroupValue): readonly [Group, Group] | null {
  let value = (worth(a, valueOf) ?? 0) + (worth(b, valueOf) ?? 0);
  let found: readonly [Group, Group] | null = null;
  for (const [first, second] of exchanges(a, b)) {
    const [left, right] = [worth(first, valueOf), worth(second, valueOf)];
    // Rounding alone is no betterment.
    if (left === null || right === null || left + right <= value + 1e-9) continue;
    value = left + right;
    found = [first, second];
  }
  return found;
}

/** Everybody grouped; each exchange between two parts that makes the sum larger is made, at most so many passes. */
export function improvedGroups(people: Group, valueOf: GroupValue): readonly Group[] {
  const { groups, left } = greedy(people, valueOf);
  const parts: Group[] = [...groups, ...left.map((person) => [person])];
  for (let pass = 0, isMoved = true; isMoved && pass < PASSES_MAX; pass++) {
    isMoved = false;
    for (let i = 0; i < parts.length; i++) {
      for (let j = i + 1; j < parts.length; j++) {
        const exchanged = bettered(parts[i] ?? [], parts[j] ?? [], valueOf);
        if (exchanged === null) continue;
        [parts[i], parts[j]] = exchanged;
        isMoved = true;
      }
    }
  }
  return parts.filter((part) => part.length > 1);
}
