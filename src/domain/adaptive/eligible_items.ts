/** Which items of a course may come next: within the topic, prerequisites met, nothing stale. */
import type { Course, Item, Skill } from "../curriculum/course.ts";
import { successProbability } from "./elo.ts";
import type { Abilities } from "./prediction.ts";
import { rightInARow } from "./right_in_a_row.ts";
import { topicFocus, withPrerequisites } from "./topic_focus.ts";

/** A skill counts as met once it was answered this often and a middling item of it would be answered right… */
const MASTERY = { answersMin: 3, difficulty: 3, probabilityMin: 0.6 } as const;
/** …or once it was practised so long that an easy item would be: a slow learner moves on too, instead of never. */
const LONG_PRACTICE = { answersMin: 12, difficulty: 2, probabilityMin: 0.6 } as const;
/**
 * …or at once after so many right answers in a row, which ratings take longer to show. Three is the usual criterion of
 * practice until mastery (Kelly, Wang, Thompson and Heffernan, "Defining mastery", EDM 2015).
 */
const MET_IN_A_ROW = 3;
/** An item comes back only after this many others, where others there are. */
const RECURRENCE_GAP_ITEMS = 4;
/** Items a predictor is asked about at once. */
export const CANDIDATES_MAX = 512;

/** One item met earlier in the session. */
export interface MetItem {
  readonly itemId: string;
  readonly skills: readonly string[];
  readonly correct: boolean;
}

export interface EligibilityQuestion {
  readonly course: Course;
  /** A skill to stay within, with all it rests on; null for the whole course. */
  readonly topic: string | null;
  readonly abilities: Abilities;
  /** Latest last. */
  readonly history: readonly MetItem[];
  /** Skills known to be mastered; without statistics of the course, null: the abilities then tell. */
  readonly mastered: ReadonlySet<string> | null;
}

export interface Eligible {
  readonly items: readonly Item[];
  /** Prerequisites that each of these items still lacks; 0 unless nothing better exists. */
  readonly prerequisitesUnmet: number;
}

/** Whether the learner has met a skill well enough to build on it. */
export function isMastered(abilities: Abilities, skillId: string): boolean {
  const answers = abilities.skills[skillId]?.answers ?? 0;
  return [MASTERY, LONG_PRACTICE].some(({ answersMin, difficulty, probabilityMin }) =>
    answers >= answersMin && successProbability(abilities, [skillId], difficulty) >= probabilityMin
  );
}

function masteredByRatings(course: Course, abilities: Abilities): ReadonlySet<string> {
  return new Set(course.skills.filter((skill) => isMastered(abilities, skill.id)).map((skill) => skill.id));
}

/** First choice: items of the topic and what it rests on; then items that touch it; then the whole course. */
function itemsOfTopic(course: Course, byId: ReadonlyMap<string, Skill>, topic: string | null): readonly Item[] {
  if (topic === null) return course.items;
  const within = withPrerequisites(byId, [topic]);
  const inside = course.items.filter((item) => item.skills.every((skill) => within.has(skill)));
  if (inside.length > 0) return inside;
  const touching = course.items.filter((item) => item.skills.some((skill) => within.has(skill)));
  return touching.length > 0 ? touching : course.items;
}

/** A fixed item that was answered right has nothing left to ask; a parameterised one asks something else each time. */
function isSpent(item: Item, history: readonly MetItem[]): boolean {
  return item.parameters.length === 0 && history.some((met) => met.correct && met.itemId === item.id);
}

function unmetPrerequisites(item: Item, byId: ReadonlyMap<string, Skill>, mastered: (id: string) => boolean): number {
  const needed = new Set(item.skills.flatMap((skill) => byId.get(skill)?.prerequisites ?? []));
  for (const own of item.skills) needed.delete(own);
  return [...needed].filter((id) => !mastered(id)).length;
}

/** Leaves out what was met within the gap; where that leaves nothing, only the very last item. */
function withoutRecent(items: readonly Item[], history: readonly MetItem[]): readonly Item[] {
  for (const gap of [RECURRENCE_GAP_ITEMS, 1]) {
    const recent = new Set(history.slice(-gap).map((met) => met.itemId));
    const rest = items.filter((item) => !recent.has(item.id));
    if (rest.length > 0) return rest;
  }
  return items;
}

/** Every n-th item of too many, starting elsewhere each time, so that none is shut out for good. */
function thinned(items: readonly Item[], turn: number): readonly Item[] {
  const stride = Math.ceil(items.length / CANDIDATES_MAX);
  return stride <= 1 ? items : items.filter((_, i) => i % stride === turn % stride);
}

/**
 * The items to choose among, at most {@link CANDIDATES_MAX}, in the course's order; none only when all are spent.
 * With a topic, what it asks for now ({@link topicFocus}); where that is used up, and without a topic, by this order of
 * concessions: stay in the topic; then have all prerequisites met, or as few unmet as any item of the topic
 * has; then let {@link RECURRENCE_GAP_ITEMS} other items pass before one returns, or at least not repeat the last.
 */
export function eligibleItems(question: EligibilityQuestion): Eligible {
  const { course, topic, abilities, history } = question;
  const byId = new Map(course.skills.map((skill) => [skill.id, skill]));
  const mastered = question.mastered ?? masteredByRatings(course, abilities);
  const ofTopic = itemsOfTopic(course, byId, topic).filter((item) => !isSpent(item, history));
  if (topic !== null) {
    const isInFocus = topicFocus({ course, topic, abilities, mastered, history });
    const inFocus = ofTopic.filter((item) => isInFocus(item.skills));
    if (inFocus.length > 0) {
      return { items: thinned(withoutRecent(inFocus, history), history.length), prerequisitesUnmet: 0 };
    }
  }
  const isMet = (id: string) => mastered.has(id) || rightInARow(history, id) >= MET_IN_A_ROW;
  const graded = ofTopic.map((item) => ({ item, unmet: unmetPrerequisites(item, byId, isMet) }));
  const prerequisitesUnmet = graded.reduce((least, { unmet }) => Math.min(least, unmet), Infinity);
  if (graded.length === 0) return { items: [], prerequisitesUnmet: 0 };
  const best = graded.filter(({ unmet }) => unmet === prerequisitesUnmet).map(({ item }) => item);
  return { items: thinned(withoutRecent(best, history), history.length), prerequisitesUnmet };
}
