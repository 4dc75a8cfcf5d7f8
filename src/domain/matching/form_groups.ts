/** Who is put together with whom, among those who look for partners in one course. */
import { randomFrom } from "../random.ts";
import { profilesOf } from "./complement.ts";
import { exactGroups } from "./exact_groups.ts";
import { groupValue } from "./group_value.ts";
import { improvedGroups } from "./improved_groups.ts";
import { EXACT_MAX } from "./limits.ts";
import type { Candidate, MetPairs } from "./search.ts";

/** The same people in an order that the seed alone decides (Fisher and Yates). */
function shuffled<Person extends Candidate>(people: readonly Person[], seed: number): readonly Person[] {
  const random = randomFrom(seed);
  const order = [...people].sort((a, b) => a.userId < b.userId ? -1 : 1);
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const [a, b] = [order[i], order[j]];
    if (a !== undefined && b !== undefined) [order[i], order[j]] = [b, a];
  }
  return order;
}

/**
 * Groups of people whose strengths complete each other. As many as possible are placed, those who have waited longest
 * first, and of all such groupings the one whose groups score most is taken: the best up to `EXACT_MAX` people, a good
 * one for more. Who is in no group waits on. The seed decides among equals and nothing else, so the same people and
 * seed give the same groups.
 */
export function formGroups(
  candidates: readonly Candidate[],
  met: MetPairs,
  seed: number,
): readonly (readonly string[])[] {
  const people = shuffled(profilesOf(candidates), seed);
  const valueOf = groupValue(met);
  const groups = people.length <= EXACT_MAX ? exactGroups(people, valueOf) : improvedGroups(people, valueOf);
  return groups.map((group) => group.map(({ userId }) => userId));
}
