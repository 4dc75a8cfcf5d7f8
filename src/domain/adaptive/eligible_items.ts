/** Which items of a course may come next: within the topic, prerequisites met, nothing stale. */
import type { Item } from "../curriculum/course.ts";
import { randomFrom } from "../random.ts";
import type { ChoiceSituation } from "./choice_situation.ts";
import type { MetItem } from "./met_item.ts";
import { topicFocus } from "./topic_focus.ts";

/** An item comes back only after this many others, where others there are. */
const RECURRENCE_GAP_ITEMS = 4;
/** Items a predictor is asked about at once. */
export const CANDIDATES_MAX = 512;

export interface Eligible {
  readonly items: readonly Item[];
  /** Prerequisites that each of these items still lacks; 0 unless nothing better exists. */
  readonly prerequisitesUnmet: number;
}

/** First choice: items of the topic and what it rests on; then items that touch it; then the whole course. */
function itemsOfTopic({ course, foundations, topic }: ChoiceSituation): readonly Item[] {
  if (topic === null) return course.items;
  const within = foundations.under([topic]);
  const inside = course.items.filter((item) => item.skills.every((skill) => within.has(skill)));
  if (inside.length > 0) return inside;
  const touching = course.items.filter((item) => item.skills.some((skill) => within.has(skill)));
  return touching.length > 0 ? touching : course.items;
}

/** A fixed item that was answered right has nothing left to ask; a parameterised one asks something else each time. */
export function isSpent(item: Item, right: ReadonlySet<string>): boolean {
  return item.parameters.length === 0 && right.has(item.id);
}

/** Leaves out what was met within the gap; where that leaves nothing, only the very last item. */
export function withoutRecent(items: readonly Item[], history: readonly MetItem[]): readonly Item[] {
  for (const gap of [RECURRENCE_GAP_ITEMS, 1]) {
    const recent = new Set(history.slice(-gap).map((met) => met.itemId));
    const rest = items.filter((item) => !recent.has(item.id));
    if (rest.length > 0) return rest;
  }
  return items;
}

/** Keeps what thins candidates out apart from what draws among them. */
const SAMPLE_SALT = 0x5bd1e995;

/** Of more than `max` items one of each few neighbours, drawn anew for another seed: none is shut out for good. */
export function thinned(items: readonly Item[], sampleSeed: number, max: number = CANDIDATES_MAX): readonly Item[] {
  const stride = Math.ceil(items.length / max);
  if (stride <= 1) return items;
  const random = randomFrom(sampleSeed ^ SAMPLE_SALT);
  return Array.from({ length: Math.ceil(items.length / stride) }, (_, group) => {
    const neighbours = items.slice(group * stride, (group + 1) * stride);
    return neighbours[Math.floor(random() * neighbours.length)];
  }).filter((item) => item !== undefined);
}

/**
 * The items to choose among, at most {@link CANDIDATES_MAX}, in the course's order; none only when all are spent.
 * With a topic, what it asks for now ({@link topicFocus}); where that is used up, and without a topic, by this order of
 * concessions: stay in the topic; then have all prerequisites met, or as few unmet as any item of the topic
 * has; then let {@link RECURRENCE_GAP_ITEMS} other items pass before one returns, or at least not repeat the last.
 */
export function eligibleItems(situation: ChoiceSituation): Eligible {
  const { topic, foundations, met, history, right, sampleSeed } = situation;
  const ofTopic = itemsOfTopic(situation).filter((item) => !isSpent(item, right));
  if (topic !== null) {
    const isInFocus = topicFocus({ ...situation, topic });
    const inFocus = ofTopic.filter((item) => isInFocus(item.skills));
    if (inFocus.length > 0) {
      return { items: thinned(withoutRecent(inFocus, history), sampleSeed), prerequisitesUnmet: 0 };
    }
  }
  if (ofTopic.length === 0) return { items: [], prerequisitesUnmet: 0 };
  const unmetBy = foundations.unmetBy(met);
  const graded = ofTopic.map((item) => ({ item, unmet: unmetBy(item.skills) }));
  const prerequisitesUnmet = graded.reduce((least, { unmet }) => Math.min(least, unmet), Infinity);
  const best = graded.filter(({ unmet }) => unmet === prerequisitesUnmet).map(({ item }) => item);
  return { items: thinned(withoutRecent(best, history), sampleSeed), prerequisitesUnmet };
}
