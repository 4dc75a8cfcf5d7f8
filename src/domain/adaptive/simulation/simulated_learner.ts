/** What every simulated learner can do, whichever ground truth it is made by. */
import type { Course, Item } from "../../curriculum/course.ts";
import type { Random } from "./draws.ts";

/**
 * A learner whose true knowledge is known. It changes with practice and has one owner, the run that plays it; all its
 * chance comes from the generator it was made with, so the same generator and answers give the same learner.
 */
export interface SimulatedLearner {
  /** True probability of a right answer now. */
  probabilityRight(item: Item): number;
  /** Whether the skill is truly mastered now, by the definition of its ground truth. */
  hasMastered(skillId: string): boolean;
  /** Learns from an item just answered, and forgets where the ground truth has it so. */
  practise(item: Item, correct: boolean): void;
}

export type GroundTruth = (course: Course, random: Random) => SimulatedLearner;
