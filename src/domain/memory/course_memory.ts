/** What a learner remembers of one course: a card for each skill and item once recalled, within bounds. */
import { type Grade, Rating } from "ts-fsrs";
import { withinBound } from "../within_bound.ts";
import { type Card, cardAfter, firstCard, retrievabilityAt } from "./card.ts";
import { gradeRecall, NO_USUAL_TIME, type Recall, type UsualTime, usualTimeAfter } from "./grade_recall.ts";

/** Cards of one course. Beyond these the ones most surely forgotten are let go: a fresh card would say nearly the same. */
export const SKILL_CARDS_MAX = 512;
export const ITEM_CARDS_MAX = 256;

/** The memory of a skill or an item, by its id. */
export interface Remembered {
  readonly id: string;
  readonly card: Card;
}

export interface RememberedSkill extends Remembered {
  readonly usualTime: UsualTime;
}

/** Plain JSON. Lists, since each answer copies them: a list of hundreds is copied far sooner than an object. */
export interface CourseMemory {
  readonly skills: readonly RememberedSkill[];
  readonly items: readonly Remembered[];
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

const NOTHING_REMEMBERED: CourseMemory = { skills: [], items: [], lastAnswerAtMs: 0, toldAtMs: null };

function withEntry<Entry extends Remembered>(entries: readonly Entry[], entry: Entry): readonly Entry[] {
  const place = entries.findIndex(({ id }) => id === entry.id);
  return place < 0 ? [...entries, entry] : entries.with(place, entry);
}

function cardAfterAnswer(card: Card | null, grade: Grade, atS: number): Card | null {
  return card === null ? firstCard(grade, atS) : cardAfter(card, grade, atS);
}

/**
 * The memory after one answer. A skill's card starts when the skill is first recalled, an item's likewise; an item's
 * card takes the lowest grade that the answer has on any of its skills.
 */
export function afterAttempt(before: CourseMemory | null, attempt: RecallAttempt): CourseMemory {
  const memory = before ?? NOTHING_REMEMBERED;
  const { itemId, skills, atMs } = attempt;
  const atS = Math.floor(atMs / 1000);
  let known = memory.skills;
  let itemGrade: Grade = Rating.Easy;
  for (const id of skills) {
    const skill = memory.skills.find((one) => one.id === id);
    const usualTime = skill?.usualTime ?? NO_USUAL_TIME;
    const grade = gradeRecall(attempt, usualTime);
    if (grade < itemGrade) itemGrade = grade;
    const card = cardAfterAnswer(skill?.card ?? null, grade, atS);
    if (card !== null) known = withEntry(known, { id, card, usualTime: usualTimeAfter(usualTime, attempt) });
  }
  const item = memory.items.find(({ id }) => id === itemId);
  const card = cardAfterAnswer(item?.card ?? null, itemGrade, atS);
  const items = card === null ? memory.items : withEntry(memory.items, { id: itemId, card });
  const worthOf = (entry: Remembered) => retrievabilityAt(entry.card, atMs);
  return {
    skills: withinBound(known, SKILL_CARDS_MAX, worthOf),
    items: withinBound(items, ITEM_CARDS_MAX, worthOf),
    lastAnswerAtMs: Math.max(memory.lastAnswerAtMs, atMs),
    toldAtMs: memory.toldAtMs,
  };
}
