/** Recorded answers as sparse rows for a logistic regression that knows every item and skill by name. */
import type { Answered } from "../../domain/adaptive/answered.ts";
import type { LearnerAnswers } from "./read_answers.ts";

/** Rows one after another: row `r` holds entries `starts[r]` to `starts[r + 1] - 1`. */
export interface SparseRows {
  readonly rows: number;
  readonly starts: Uint32Array;
  readonly columns: Uint32Array;
  readonly values: Float32Array;
  readonly correct: Uint8Array;
}

/** How many items and skills a data set has; columns depend on it. */
export interface CatalogueSize {
  readonly items: number;
  readonly skills: number;
}

/** Bias and counts of every kind: columns that all items and skills share. */
export const SHARED_COLUMNS = 7;
const ENTRIES_PER_ROW_MIN = 7;
const ENTRIES_PER_SKILL = 5;

/** How often something was answered right and wrong before. */
interface Tally {
  right: number;
  wrong: number;
}

function tallyOf(tallies: Map<number, Tally>, number: number): Tally {
  let tally = tallies.get(number);
  if (tally === undefined) tallies.set(number, tally = { right: 0, wrong: 0 });
  return tally;
}

function count(tally: Tally, correct: boolean): void {
  if (correct) tally.right += 1;
  else tally.wrong += 1;
}

/** Column ranges: shared, item, skill, skill x right, skill x wrong, item x right and wrong. */
export function columnsFor({ items, skills }: CatalogueSize): number {
  return SHARED_COLUMNS + 3 * items + 3 * skills;
}

class RowBuilder {
  readonly #size: CatalogueSize;
  readonly #starts: Uint32Array;
  readonly #columns: Uint32Array;
  readonly #values: Float32Array;
  readonly #correct: Uint8Array;
  #row = 0;
  #entry = 0;

  constructor(learners: readonly LearnerAnswers[], size: CatalogueSize) {
    const answers = learners.flatMap((learner) => learner.answers);
    const entries = answers.reduce(
      (sum, { place }) => sum + ENTRIES_PER_ROW_MIN + ENTRIES_PER_SKILL * place.skills.length,
      0,
    );
    this.#size = size;
    this.#starts = new Uint32Array(answers.length + 1);
    this.#columns = new Uint32Array(entries);
    this.#values = new Float32Array(entries);
    this.#correct = new Uint8Array(answers.length);
  }

  add({ place, correct }: Answered, overall: Tally, item: Tally, skills: readonly Tally[]): void {
    const itemColumn = SHARED_COLUMNS + place.item;
    const firstSkill = SHARED_COLUMNS + this.#size.items;
    const firstItemCount = firstSkill + 3 * this.#size.skills;
    this.#put(0, 1);
    this.#counts(1, 2, overall);
    this.#put(itemColumn, 1);
    this.#counts(3, 4, item);
    this.#counts(firstItemCount + 2 * place.item, firstItemCount + 2 * place.item + 1, item);
    place.skills.forEach((skill, index) => {
      const tally = skills[index] ?? overall;
      this.#put(firstSkill + skill, 1);
      this.#counts(firstSkill + this.#size.skills + skill, firstSkill + 2 * this.#size.skills + skill, tally);
      this.#counts(5, 6, tally);
    });
    this.#correct[this.#row] = correct ? 1 : 0;
    this.#row += 1;
    this.#starts[this.#row] = this.#entry;
  }

  finish(): SparseRows {
    return {
      rows: this.#row,
      starts: this.#starts,
      columns: this.#columns,
      values: this.#values,
      correct: this.#correct,
    };
  }

  #counts(rightColumn: number, wrongColumn: number, { right, wrong }: Tally): void {
    if (right > 0) this.#put(rightColumn, Math.log1p(right));
    if (wrong > 0) this.#put(wrongColumn, Math.log1p(wrong));
  }

  #put(column: number, value: number): void {
    this.#columns[this.#entry] = column;
    this.#values[this.#entry] = value;
    this.#entry += 1;
  }
}

/**
 * The "best-LR" features of Gervet et al. (JEDM 2020): item, skills, and logarithms of the learner's counts of right and
 * wrong answers so far, overall, on each skill and on the item, shared and with a weight each.
 */
export function logisticRows(learners: readonly LearnerAnswers[], size: CatalogueSize): SparseRows {
  const builder = new RowBuilder(learners, size);
  for (const { answers } of learners) {
    const overall = { right: 0, wrong: 0 };
    const items = new Map<number, Tally>();
    const skills = new Map<number, Tally>();
    for (const answered of answers) {
      const { place, correct } = answered;
      const item = tallyOf(items, place.item);
      const ofSkills = place.skills.map((skill) => tallyOf(skills, skill));
      builder.add(answered, overall, item, ofSkills);
      for (const tally of [overall, item, ...ofSkills]) count(tally, correct);
    }
  }
  return builder.finish();
}
