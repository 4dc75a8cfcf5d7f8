/** Deals a class out to rooms: those who answered apart together, or by chance. */
import { randomFrom } from "../random.ts";
import { answerGroup } from "./answer_group.ts";
import type { CountedAnswer } from "./state.ts";

/** The same people in an order that follows from the chance alone: Fisher and Yates, as Durstenfeld has it (1964). */
function shuffled(people: readonly string[], chance: () => number): readonly string[] {
  const order = [...people].sort();
  for (let last = order.length - 1; last > 0; last -= 1) {
    const at = Math.floor(chance() * (last + 1));
    const [one, other] = [order[last], order[at]];
    if (one !== undefined && other !== undefined) [order[last], order[at]] = [other, one];
  }
  return order;
}

/** As many rooms as hold `people` at `size` each, fewer where somebody would be left alone. */
function roomsFor(people: number, size: number): number {
  const rooms = Math.ceil(people / size);
  return Math.max(1, people / rooms < 2 ? Math.floor(people / 2) : rooms);
}

/** One after the other, like cards, so that rooms differ by one at most, and so do their shares of any run of people. */
function deal(people: readonly string[], size: number): readonly (readonly string[])[] {
  const rooms = roomsFor(people.length, size);
  return Array.from({ length: rooms }, (_, room) => people.filter((_, i) => i % rooms === room));
}

/** Rooms of `size`, or one more where that leaves nobody alone; the same seed draws the same. */
export function groupsAtRandom(
  people: readonly string[],
  size: number,
  seed: number,
): readonly (readonly string[])[] {
  return deal(shuffled(people, randomFrom(seed)), size);
}

/**
 * Rooms whose members answered as differently as the answers allow. Those who were right are dealt first, then each
 * wrong answer, the most frequent first, then those who gave none: every pile is spread evenly, so that no other deal
 * has more different answers in its rooms, and while there are no more right ones than rooms, none has two of them.
 */
export function groupsByDifference(
  people: readonly string[],
  answerOf: (userId: string) => Pick<CountedAnswer, "response" | "correct"> | null,
  size: number,
  seed: number,
): readonly (readonly string[])[] {
  const piles = new Map<string, { readonly rank: number; readonly people: string[] }>();
  for (const userId of people) {
    const answer = answerOf(userId);
    const rank = answer === null ? 2 : answer.correct ? 0 : 1;
    // Right answers that are written differently are one.
    const name = `${rank} ${answer === null || answer.correct ? "" : answerGroup(answer.response)}`;
    const pile = piles.get(name) ?? { rank, people: [] };
    pile.people.push(userId);
    piles.set(name, pile);
  }
  const chance = randomFrom(seed);
  const dealt = [...piles].sort(([a, one], [b, two]) =>
    one.rank - two.rank || two.people.length - one.people.length || (a < b ? -1 : 1)
  );
  return deal(dealt.flatMap(([, pile]) => shuffled(pile.people, chance)), size);
}
