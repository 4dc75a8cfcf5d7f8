/** The contexts in which an answer is counted, each one number for (what came before, what is answered). */
import type { ItemPlace } from "./answered.ts";
import { type LearnerKnowledge, type Outcome, RECENT_ITEMS_MAX } from "./learner_knowledge.ts";

export const CONTEXTS = 7;
/** At most as many pairs of a recent item and the one that is answered. */
export const PAIR_CONTEXTS_MAX = RECENT_ITEMS_MAX;

/** What each context says about: the item itself, or the skills it practises. Same order as {@link writeContexts}. */
export const CONTEXT_SUBJECTS = ["item", "skills", "item", "item", "skills", "item", "skills"] as const;

/** Dense numbers of items, skills and skill sets stay below this, so that a context fits 2^53. */
export const PLACE_NUMBERS_MAX = 2 ** 22;

/** Stands for "no such context". */
const NO_CONTEXT = -1;
const SEEN_MAX = 3;
const ATTEMPTS_MAX = 12;
const ABILITY_BUCKETS_FROM = [-1.2, -0.4, 0.4, 1.2] as const;

function contextOf(kind: number, condition: number, subject: number): number {
  return kind + 8 * (subject + PLACE_NUMBERS_MAX * condition);
}

function abilityBucket(ability: number): number {
  const above = ABILITY_BUCKETS_FROM.findIndex((from) => ability < from);
  return above === -1 ? ABILITY_BUCKETS_FROM.length : above;
}

/** The outcome as a digit 0, 1 or 2. */
function digit(outcome: Outcome): number {
  return outcome + 1;
}

/**
 * Writes the contexts of `place` for the learner as known now into `into`, {@link CONTEXTS} long; -1 where there is none:
 * previous item and outcome → item; previous skill set and outcome → skill set; ability bucket → item; last outcome on
 * the item and times seen → item; attempts on the first skill → that skill; last outcome on it → item; the last three
 * outcomes → skill set.
 */
export function writeContexts(knowledge: LearnerKnowledge, place: ItemPlace, into: Float64Array): void {
  const { previous, lastFive } = knowledge;
  const right = previous?.correct ? 1 : 0;
  const firstSkill = place.skills[0];
  const item = knowledge.items.get(place.item);
  const skill = firstSkill === undefined ? undefined : knowledge.skills.get(firstSkill);
  const itemHistory = digit(item?.last ?? 0) * (SEEN_MAX + 1) + Math.min(item?.answers ?? 0, SEEN_MAX);
  const lastThree = (digit(lastFive[0]) * 3 + digit(lastFive[1])) * 3 + digit(lastFive[2]);
  into[0] = previous === null ? NO_CONTEXT : contextOf(0, previous.place.item * 2 + right, place.item);
  into[1] = previous === null ? NO_CONTEXT : contextOf(1, previous.place.skillSet * 2 + right, place.skillSet);
  into[2] = contextOf(2, abilityBucket(knowledge.ability), place.item);
  into[3] = contextOf(3, itemHistory, place.item);
  into[4] = firstSkill === undefined
    ? NO_CONTEXT
    : contextOf(4, Math.min(skill?.answers ?? 0, ATTEMPTS_MAX), firstSkill);
  into[5] = contextOf(5, digit(skill?.last ?? 0), place.item);
  into[6] = contextOf(6, lastThree, place.skillSet);
}

/**
 * Writes the pairs (recent item and its outcome → `place`) into `into`, {@link PAIR_CONTEXTS_MAX} long, newest first, and
 * -1 after the last: items of one kind are answered alike, whoever wrote down that they are of one kind.
 */
export function writePairContexts(knowledge: LearnerKnowledge, place: ItemPlace, into: Float64Array): void {
  let pairs = 0;
  for (const { item, correct } of knowledge.recentItems) {
    if (item !== place.item) into[pairs++] = contextOf(7, item * 2 + (correct ? 1 : 0), place.item);
  }
  into.fill(NO_CONTEXT, pairs);
}
