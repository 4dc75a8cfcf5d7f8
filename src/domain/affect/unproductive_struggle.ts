/** Detects effort that leads nowhere: wrong after wrong on one skill, or long practice without mastery. */
import type { WorkedItem } from "./worked_item.ts";

/** Wrong or skipped in a row on one skill, with effort, and the least time spent on them together. */
const WRONG_IN_A_ROW = 3;
const WRONG_MS_MIN = 45_000;
/** Right in a row on the skill that end the struggle. */
const RIGHT_IN_A_ROW_ENDS = 2;
/** A skill left alone for so many items is not struggled with now. */
const LEFT_ALONE_ITEMS = 6;

/**
 * Wheel-spinning: ten opportunities without three right in a row (Beck and Gong, "Wheel-spinning: students who fail to
 * master a skill", 2013).
 */
const SPINNING_OPPORTUNITIES = 10;
const MASTERED_IN_A_ROW = 3;

export interface SkillPractice {
  readonly opportunities: number;
  readonly rightInARow: number;
  /** Answered wrong or skipped. */
  readonly wrongInARow: number;
  /** Time worked on that row. */
  readonly wrongMs: number;
  /** Three right in a row were reached once. */
  readonly mastered: boolean;
}

export interface Struggle {
  readonly sinceMs: number;
  readonly skillId: string;
  readonly cause: "wrong_in_a_row" | "wheel_spinning";
}

const UNPRACTISED: SkillPractice = { opportunities: 0, rightInARow: 0, wrongInARow: 0, wrongMs: 0, mastered: false };

/** The counts of each of the item's skills after it. Haste says nothing of effort and changes none. */
export function withPractice(
  skills: { readonly [skillId: string]: SkillPractice },
  { skills: practised, outcome, workedMs, hasty }: WorkedItem,
): { readonly [skillId: string]: SkillPractice } {
  if (hasty) return skills;
  const changed = practised.map((skillId): readonly [string, SkillPractice] => {
    const before = skills[skillId] ?? UNPRACTISED;
    const opportunities = before.opportunities + 1;
    if (outcome !== "right") {
      const wrongInARow = before.wrongInARow + 1;
      return [skillId, { ...before, opportunities, rightInARow: 0, wrongInARow, wrongMs: before.wrongMs + workedMs }];
    }
    const rightInARow = before.rightInARow + 1;
    const mastered = before.mastered || rightInARow >= MASTERED_IN_A_ROW;
    return [skillId, { opportunities, rightInARow, wrongInARow: 0, wrongMs: 0, mastered }];
  });
  return { ...skills, ...Object.fromEntries(changed) };
}

function causeOf(practice: SkillPractice): Struggle["cause"] | null {
  if (practice.wrongInARow >= WRONG_IN_A_ROW && practice.wrongMs >= WRONG_MS_MIN) return "wrong_in_a_row";
  return !practice.mastered && practice.opportunities >= SPINNING_OPPORTUNITIES ? "wheel_spinning" : null;
}

/** The struggle after the latest item: the one before, unless it has ended, else one that begins with this item. */
export function struggle(
  before: Struggle | null,
  skills: { readonly [skillId: string]: SkillPractice },
  item: WorkedItem,
  recent: readonly WorkedItem[],
  nowMs: number,
): Struggle | null {
  const practice = before === null ? undefined : skills[before.skillId];
  if (before !== null && practice !== undefined) {
    const rightEnds = before.cause === "wheel_spinning" ? MASTERED_IN_A_ROW : RIGHT_IN_A_ROW_ENDS;
    const met = recent.slice(-LEFT_ALONE_ITEMS).some((past) => past.skills.includes(before.skillId));
    if (practice.rightInARow < rightEnds && met) return before;
  }
  if (item.outcome === "right") return null;
  for (const skillId of item.skills) {
    const cause = causeOf(skills[skillId] ?? UNPRACTISED);
    if (cause !== null) return { sinceMs: nowMs, skillId, cause };
  }
  return null;
}
