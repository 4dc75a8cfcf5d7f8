/** A course that nobody teaches: items, skills and the way through them, all drawn at random. */
import type { ItemPlace } from "../../domain/adaptive/answered.ts";
import { normalAround, type Random, uniformBetween } from "../../domain/adaptive/simulation/draws.ts";

/** How items meet skills. */
const SKILL_PLANS = ["none", "one_an_item", "blocks", "blocks", "few", "many"] as const;
/** In what order a learner meets items. */
const PATHS = ["fixed", "shuffled", "drawn", "drawn", "blocks", "mastery", "mastery", "reviews", "reviews"] as const;

const SKILLS_MAX = 500;
const MANY_SKILLS_MAX = 40;
const ITEMS_OF_A_BLOCK = 10;
const MASTERY_IN_A_ROW = 3;
const BLOCK_ANSWERS_MAX = 12;
/** How often a learner who reviews returns to an item already met. */
const REVIEW_SHARE = 0.6;

export interface MadeUpItem {
  readonly place: ItemPlace;
  /** In logits. */
  readonly difficulty: number;
  /** How steeply success rises with ability: 1 is Rasch's. */
  readonly discrimination: number;
}

export interface MadeUpCourse {
  readonly items: readonly MadeUpItem[];
  readonly skills: number;
  readonly path: (typeof PATHS)[number];
  /** Item numbers that are practised one block after another. */
  readonly blocks: readonly (readonly number[])[];
}

export function oneOf<Value>(random: Random, values: readonly [Value, ...Value[]]): Value {
  return values[Math.floor(random() * values.length)] ?? values[0];
}

/** A whole number whose logarithm is uniform between the limits. */
export function wholeBetween(random: Random, min: number, max: number): number {
  return Math.round(Math.exp(uniformBetween(random, Math.log(min), Math.log(Math.max(min, max)))));
}

/** The skills of each item, by number. */
function drawSkills(
  random: Random,
  items: number,
  path: MadeUpCourse["path"],
): { skills: number; ofItem: (item: number) => readonly number[] } {
  const drawn = oneOf(random, SKILL_PLANS);
  // What is reviewed is mostly words: each its own skill.
  const plan = path === "reviews" && random() < 0.5 ? "one_an_item" : drawn;
  if (plan === "none") return { skills: 0, ofItem: () => [] };
  if (plan === "one_an_item") return { skills: items, ofItem: (item) => [item] };
  const skills = wholeBetween(random, 1, Math.min(SKILLS_MAX, Math.ceil(items / 2)));
  if (plan === "blocks") return { skills, ofItem: (item) => [item % skills] };
  const mostOfAnItem = Math.min(skills, plan === "few" ? 3 : MANY_SKILLS_MAX);
  const anySkill = () => Math.floor(random() * skills);
  return {
    skills,
    ofItem: () => [...new Set(Array.from({ length: Math.ceil(random() * mostOfAnItem) }, anySkill))],
  };
}

/** A course of `items` items. */
export function drawCourse(random: Random, items: number): MadeUpCourse {
  const path = oneOf(random, PATHS);
  const { skills, ofItem } = drawSkills(random, items, path);
  // A fifth of the courses have items that are all alike.
  const itemSpread = random() < 0.2 ? 0 : uniformBetween(random, 0.3, 1.6);
  const skillSpread = oneOf(random, [0, 0, 0.5, 1]);
  const slopeSpread = oneOf(random, [0, 0, 0.4]);
  const ofSkill = Array.from({ length: skills }, () => normalAround(random, 0, skillSpread));
  const sets = new Map<string, number>();
  const drawn = Array.from({ length: items }, (_, item): MadeUpItem => {
    const practised = ofItem(item);
    const key = practised.join(" ");
    const skillSet = sets.get(key) ?? sets.size;
    sets.set(key, skillSet);
    const skillMean = practised.reduce((sum, skill) => sum + (ofSkill[skill] ?? 0) / practised.length, 0);
    return {
      place: { item, skills: practised, skillSet },
      difficulty: skillMean + normalAround(random, 0, itemSpread),
      discrimination: Math.exp(normalAround(random, 0, slopeSpread)),
    };
  });
  return { items: drawn, skills, path, blocks: blocksOf(drawn) };
}

/** Items together by their first skill, or by tens where no skill is shared. */
function blocksOf(items: readonly MadeUpItem[]): readonly (readonly number[])[] {
  const shared = new Set(items.map(({ place }) => place.skills[0])).size * 2 <= items.length;
  const blocks = new Map<number, number[]>();
  for (const { place } of items) {
    const tens = Math.floor(place.item / ITEMS_OF_A_BLOCK);
    const block = shared ? place.skills[0] ?? tens : tens;
    const known = blocks.get(block);
    if (known === undefined) blocks.set(block, [place.item]);
    else known.push(place.item);
  }
  return [...blocks.values()];
}

/** Gives a learner's next item number, told how many answers in a row were right; null at the end of the course. */
export type Walk = (rightInARow: number) => number | null;

/** One learner's way through the course. */
export function walkThrough(random: Random, { items, path, blocks }: MadeUpCourse): Walk {
  const anyItem = () => Math.floor(random() * items.length);
  switch (path) {
    case "fixed":
      return inOrder(items.map((_, item) => item));
    case "shuffled":
      return inOrder(
        items.map((_, item) => [random(), item] as const).sort(([a], [b]) => a - b).map(([, item]) => item),
      );
    case "drawn":
      return anyItem;
    case "reviews":
      return withReviews(random, anyItem);
    case "blocks":
      return throughBlocks(random, blocks, Infinity);
    case "mastery":
      return throughBlocks(random, blocks, MASTERY_IN_A_ROW);
  }
}

function inOrder(order: readonly number[]): Walk {
  const rest = order[Symbol.iterator]();
  return () => {
    const next = rest.next();
    return next.done === true ? null : next.value;
  };
}

function withReviews(random: Random, anyItem: () => number): Walk {
  const met: number[] = [];
  return () => {
    const again = met[Math.floor(random() * met.length)];
    if (again !== undefined && random() < REVIEW_SHARE) return again;
    const item = anyItem();
    met.push(item);
    return item;
  };
}

/** Block after block, each for some answers or until `enoughInARow` were right in it. */
function throughBlocks(random: Random, blocks: MadeUpCourse["blocks"], enoughInARow: number): Walk {
  let [block, answers, length] = [0, 0, wholeBetween(random, 2, BLOCK_ANSWERS_MAX)];
  return (rightInARow) => {
    if (answers >= length || Math.min(answers, rightInARow) >= enoughInARow) {
      [block, answers, length] = [block + 1, 0, wholeBetween(random, 2, BLOCK_ANSWERS_MAX)];
    }
    const items = blocks[block];
    if (items === undefined) return null;
    answers += 1;
    return items[Math.floor(random() * items.length)] ?? null;
  };
}
