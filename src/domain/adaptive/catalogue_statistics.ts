/** What all learners of a course together tell about its items and skills, updated answer by answer. */
import type { ItemPlace } from "./answered.ts";
import { type ContextCount, ContextTable } from "./context_table.ts";
import { clamp, logOdds, sigmoid } from "./logistic.ts";
import type { Observation } from "./observation.ts";
import { copyRatedGroup, countIn, moveIn, newRatedGroup, type RatedGroup } from "./rated_group.ts";

/** Contexts that a live course remembers; training on whole data sets asks for more. */
export const COURSE_CONTEXTS_MAX = 1 << 18;

/** Rates are shrunk towards the level above as if that many of its answers had been seen. */
const ITEM_PRIOR_ANSWERS = 5;
const SKILL_PRIOR_ANSWERS = 8;
/** The course itself starts at 70% right, with the weight of two answers. */
const COURSE_PRIOR_ANSWERS = 2;
const COURSE_PRIOR_RIGHT = 1.4;

/** Elo steps in logits and how fast they shrink with the number of moves: `stepMax / (1 + shrink moves)`. */
const ITEM_STEP_MAX = 0.6;
const ITEM_STEP_SHRINK = 0.06;
const SKILL_STEP_MAX = 0.3;
const SKILL_STEP_SHRINK = 0.02;
const COURSE_STEP_MAX = 0.02;
const COURSE_STEP_SHRINK = 0.0005;
const CONTEXT_LIFT_MAX = 4;

/** Everything that {@link CatalogueStatistics} holds, as plain JSON. */
export interface StatisticsSnapshot {
  readonly answers: number;
  readonly right: number;
  readonly difficulty: number;
  readonly items: RatedGroup;
  readonly skills: RatedGroup;
  readonly contextsMax: number;
  readonly contexts: readonly ContextCount[];
}

/** What readers of statistics may call: nothing that changes them. */
export type ReadableStatistics = Omit<
  CatalogueStatistics,
  "record" | "countAnswer" | "countContexts" | "moveDifficulty" | "centreDifficulty"
>;

/**
 * Shrunk rates, a hierarchical Elo difficulty (course + mean of skills + item), and rates in context. Mutable, with one
 * owner; {@link CatalogueStatistics.copy} gives others a version that stays as it is. Items and skills never answered,
 * known to the catalogue or not, read as the level above them.
 */
export class CatalogueStatistics {
  readonly #contexts: ContextTable;
  #answers: number;
  #right: number;
  /** Of the course as a whole, in logits. */
  #difficulty: number;
  readonly #items: RatedGroup;
  readonly #skills: RatedGroup;
  readonly #contextsMax: number;

  private constructor(snapshot: Omit<StatisticsSnapshot, "contexts">, contexts: ContextTable) {
    this.#contexts = contexts;
    this.#contextsMax = snapshot.contextsMax;
    this.#answers = snapshot.answers;
    this.#right = snapshot.right;
    this.#difficulty = snapshot.difficulty;
    this.#items = copyRatedGroup(snapshot.items);
    this.#skills = copyRatedGroup(snapshot.skills);
  }

  static empty(contextsMax: number = COURSE_CONTEXTS_MAX): CatalogueStatistics {
    const nothing = { answers: 0, right: 0, difficulty: 0, items: newRatedGroup(), skills: newRatedGroup() };
    return new CatalogueStatistics({ ...nothing, contextsMax }, new ContextTable(contextsMax));
  }

  static fromSnapshot(snapshot: StatisticsSnapshot): CatalogueStatistics {
    return new CatalogueStatistics(snapshot, new ContextTable(snapshot.contextsMax, snapshot.contexts));
  }

  snapshot(): StatisticsSnapshot {
    return { ...this.#plain(), contexts: this.#contexts.counts() };
  }

  copy(): CatalogueStatistics {
    return new CatalogueStatistics(this.#plain(), this.#contexts.copy());
  }

  /** Log-odds of a right answer anywhere in the course. */
  courseLogOdds(): number {
    return logOdds((this.#right + COURSE_PRIOR_RIGHT) / (this.#answers + COURSE_PRIOR_ANSWERS));
  }

  /** Mean over the item's skills of their shrunk log-odds; of the course when it has none. */
  skillsLogOdds({ skills }: ItemPlace): number {
    const course = this.courseLogOdds();
    if (skills.length === 0) return course;
    const prior = SKILL_PRIOR_ANSWERS * sigmoid(course);
    let sum = 0;
    for (const skill of skills) {
      const right = this.#skills.right[skill] ?? 0;
      sum += logOdds((right + prior) / (this.skillAnswers(skill) + SKILL_PRIOR_ANSWERS));
    }
    return sum / skills.length;
  }

  /** The item's log-odds, shrunk towards `skillsLogOdds` as {@link skillsLogOdds} gives them. */
  itemLogOdds(item: number, skillsLogOdds: number): number {
    const right = (this.#items.right[item] ?? 0) + ITEM_PRIOR_ANSWERS * sigmoid(skillsLogOdds);
    return logOdds(right / (this.itemAnswers(item) + ITEM_PRIOR_ANSWERS));
  }

  itemAnswers(item: number): number {
    return this.#items.answers[item] ?? 0;
  }

  skillAnswers(skill: number): number {
    return this.#skills.answers[skill] ?? 0;
  }

  /** Elo difficulty in logits: course, mean of skills and item together. */
  difficulty({ item, skills }: ItemPlace): number {
    let sum = 0;
    for (const skill of skills) sum += this.#skills.difficulty[skill] ?? 0;
    return this.#difficulty + (skills.length === 0 ? 0 : sum / skills.length) + this.itemDeviation(item);
  }

  /** How much harder the item is than its skills suggest, in logits. */
  itemDeviation(item: number): number {
    return this.#items.difficulty[item] ?? 0;
  }

  /** Elo difficulty in logits of an average item of `skill`. */
  skillDifficulty(skill: number): number {
    return this.#difficulty + (this.#skills.difficulty[skill] ?? 0);
  }

  contextAnswers(context: number): number {
    return this.#contexts.answersIn(context);
  }

  /**
   * How much the context raises the log-odds above `base`, its rate shrunk towards `base` by `priorAnswers`.
   * Within ±4; 0 for a context never met.
   */
  contextLift(context: number, base: number, priorAnswers: number): number {
    const answers = this.#contexts.answersIn(context);
    if (answers === 0) return 0;
    const right = this.#contexts.rightIn(context) + priorAnswers * sigmoid(base);
    return clamp(logOdds(right / (answers + priorAnswers)) - base, -CONTEXT_LIFT_MAX, CONTEXT_LIFT_MAX);
  }

  countAnswer(place: ItemPlace, correct: boolean): void {
    this.#answers += 1;
    if (correct) this.#right += 1;
    countIn(this.#items, place.item, correct);
    for (const skill of place.skills) countIn(this.#skills, skill, correct);
  }

  countContexts(contexts: ArrayLike<number>, correct: boolean): void {
    for (let index = 0; index < contexts.length; index++) {
      const context = contexts[index] ?? -1;
      if (context >= 0) this.#contexts.count(context, correct);
    }
  }

  /** Moves the difficulties against `residual`: outcome minus expectation, or a share of it. */
  moveDifficulty({ item, skills }: ItemPlace, residual: number): void {
    moveIn(this.#items, item, residual * ITEM_STEP_MAX, ITEM_STEP_SHRINK);
    for (const skill of skills) {
      moveIn(this.#skills, skill, (residual * SKILL_STEP_MAX) / skills.length, SKILL_STEP_SHRINK);
    }
    this.#difficulty -= (residual * COURSE_STEP_MAX) / (1 + COURSE_STEP_SHRINK * this.#answers);
  }

  /** Starts the ladder of difficulties where a learner of ability 0 meets the course's rate. */
  centreDifficulty(): void {
    this.#difficulty = -this.courseLogOdds();
  }

  /** Learns one answer of the running course, its contexts and rates and difficulties. */
  record({ answered, expected, contexts }: Observation): void {
    this.countContexts(contexts, answered.correct);
    this.countAnswer(answered.place, answered.correct);
    this.moveDifficulty(answered.place, (answered.correct ? 1 : 0) - expected);
  }

  #plain(): Omit<StatisticsSnapshot, "contexts"> {
    return {
      answers: this.#answers,
      right: this.#right,
      difficulty: this.#difficulty,
      items: copyRatedGroup(this.#items),
      skills: copyRatedGroup(this.#skills),
      contextsMax: this.#contextsMax,
    };
  }
}
