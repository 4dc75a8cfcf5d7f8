/** What a learner remembers of one course: a card for each skill and item once recalled, within bounds. */
import { type Grade, Rating } from "ts-fsrs";
import { entryOf } from "../entry_of.ts";
import { type Card, cardAfter, firstCard, retrievabilityAt } from "./card.ts";
import { gradeRecall, NO_USUAL_TIME, type Recall, type UsualTime, usualTimeAfter } from "./grade_recall.ts";

/** Cards of one course. Beyond these the ones most surely forgotten are let go: a fresh card would say nearly the same. */
export const SKILL_CARDS_MAX = 512;
export const ITEM_CARDS_MAX = 256;
/** What is left when there were too many, so that room need not be made at every answer. */
const KEPT_SHARE = 0.75;

export interface SkillMemory {
  readonly card: Card;
  readonly usualTime: UsualTime;
}

/** Plain JSON. */
export interface CourseMemory {
  readonly skills: { readonly [skillId: string]: SkillMemory };
  readonly items: { readonly [itemId: string]: Card };
  readonly lastAnswerAtMs: number;
  /** When the learner was last told that reviews are due; null when never. */
  readonly toldAtMs: number | null;
}

/** One answer as memory takes it. */
export interface RecallAttempt extends Recall {
  readonly itemId: string;
  readonly skills: readonly string[];
  readonly atMs: number;
}

const NOTHING_REMEMBERED: CourseMemory = { skills: {}, items: {}, lastAnswerAtMs: 0, toldAtMs: null };

function cardAfterAnswer(card: Card | null, grade: Grade, atS: number): Card | null {
  return card === null ? firstCard(grade, atS) : cardAfter(card, grade, atS);
}

function withinBound<Value>(
  entries: { readonly [id: string]: Value },
  max: number,
  cardOf: (entry: Value) => Card,
  nowMs: number,
): { readonly [id: string]: Value } {
  if (Object.keys(entries).length <= max) return entries;
  const bestKnownFirst = Object.entries(entries)
    .map(([id, entry]) => ({ id, entry, known: retrievabilityAt(cardOf(entry), nowMs) }))
    .sort((a, b) => b.known - a.known)
    .slice(0, Math.floor(max * KEPT_SHARE));
  return Object.fromEntries(bestKnownFirst.map(({ id, entry }) => [id, entry]));
}

/**
 * The memory after one answer. A skill's card starts when the skill is first recalled, an item's likewise; an item's
 * card takes the lowest grade that the answer has on any of its skills.
 */
export function afterAttempt(before: CourseMemory | null, attempt: RecallAttempt): CourseMemory {
  const memory = before ?? NOTHING_REMEMBERED;
  const { itemId, skills, atMs } = attempt;
  const atS = Math.floor(atMs / 1000);
  const graded = skills.map((skillId) => {
    const skill = entryOf(memory.skills, skillId);
    const usualTime = skill?.usualTime ?? NO_USUAL_TIME;
    return { skillId, card: skill?.card ?? null, usualTime, grade: gradeRecall(attempt, usualTime) };
  });
  const skillsAfter = graded.flatMap(({ skillId, card, usualTime, grade }): [string, SkillMemory][] => {
    const after = cardAfterAnswer(card, grade, atS);
    return after === null ? [] : [[skillId, { card: after, usualTime: usualTimeAfter(usualTime, attempt) }]];
  });
  const itemGrade = graded.reduce<Grade>((lowest, { grade }) => grade < lowest ? grade : lowest, Rating.Easy);
  const itemCard = cardAfterAnswer(entryOf(memory.items, itemId), itemGrade, atS);
  const known = { ...memory.skills, ...Object.fromEntries(skillsAfter) };
  const items = itemCard === null ? memory.items : { ...memory.items, [itemId]: itemCard };
  return {
    skills: withinBound(known, SKILL_CARDS_MAX, ({ card }) => card, atMs),
    items: withinBound(items, ITEM_CARDS_MAX, (card) => card, atMs),
    lastAnswerAtMs: Math.max(memory.lastAnswerAtMs, atMs),
    toldAtMs: memory.toldAtMs,
  };
}
