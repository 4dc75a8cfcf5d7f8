/** The policies that the product's own is compared with. None knows prerequisites, except by the course's order. */
import type { Item } from "../../curriculum/course.ts";
import { randomFrom } from "../../random.ts";
import { NEW_RATING, successProbability } from "../elo.ts";
import type { Chosen, Situation } from "./policy.ts";

/** As in the product's own policy, so that none is held back by asking one item over and over. */
const RECURRENCE_GAP_ITEMS = 4;
const TARGET_PROBABILITY = 0.75;

function chosen(item: Item | undefined): Chosen | null {
  return item === undefined ? null : { item, receipt: null };
}

/** What was not among the last few items; everything where the course is as small as that. */
function notRecent({ course, history }: Situation): readonly Item[] {
  const recent = new Set(history.slice(-RECURRENCE_GAP_ITEMS).map(({ itemId }) => itemId));
  const rest = course.items.filter(({ id }) => !recent.has(id));
  return rest.length > 0 ? rest : course.items;
}

function drawn(items: readonly Item[], seed: number): Chosen | null {
  return chosen(items[Math.floor(randomFrom(seed)() * items.length)]);
}

/** The items for which `value` is least, up to rounding. */
function least(items: readonly Item[], value: (item: Item) => number): readonly Item[] {
  const values = items.map(value);
  const lowest = values.reduce((low, one) => Math.min(low, one), Infinity);
  return items.filter((_, i) => (values[i] ?? Infinity) <= lowest + 1e-9);
}

/** Any item of the course, each as likely as the others. */
export function chooseAtRandom(situation: Situation): Chosen | null {
  return drawn(notRecent(situation), situation.seed);
}

/** The items as the course lists them, over and over. */
export function chooseInOrder({ course, turn }: Situation): Chosen | null {
  return chosen(course.items[turn % course.items.length]);
}

/** Any item of the skill with the lowest Elo ability; of skills that are even, the one the course lists first. */
export function chooseLowestMastery(situation: Situation): Chosen | null {
  const { abilities, seed } = situation;
  const mastery = (skill: string) => (abilities.skills[skill] ?? NEW_RATING).ability;
  const lowest = least(
    notRecent(situation),
    ({ skills }) => skills.reduce((low, skill) => Math.min(low, mastery(skill)), Infinity),
  );
  const skill = lowest[0]?.skills.toSorted((a, b) => mastery(a) - mastery(b))[0];
  return drawn(lowest.filter(({ skills }) => skill === undefined || skills.includes(skill)), seed);
}

/** An item that Elo expects to be answered right as nearly three times in four as any. */
export function chooseByElo75(situation: Situation): Chosen | null {
  const { abilities, seed } = situation;
  const nearest = least(
    notRecent(situation),
    ({ skills, difficulty }) => Math.abs(successProbability(abilities, skills, difficulty) - TARGET_PROBABILITY),
  );
  return drawn(nearest, seed);
}
