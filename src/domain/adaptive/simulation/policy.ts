/** What a policy sees, and what it answers: the same for the product's own and for those it is compared with. */
import type { Course, Item } from "../../curriculum/course.ts";
import type { Choice } from "../choose_next_item.ts";
import type { MetItem } from "../met_item.ts";
import type { LearnerKnowledge } from "../learner_knowledge.ts";
import type { Abilities } from "../prediction.ts";
import type { PublishedStatistics } from "../published_statistics.ts";

export interface Situation {
  readonly course: Course;
  /** Learnt by Elo from the answers so far, whoever chose the items. */
  readonly abilities: Abilities;
  /** The same answers as the learner's actor would remember them, against a course whose items are rated as authored. */
  readonly knowledge: LearnerKnowledge;
  readonly published: PublishedStatistics;
  /** Latest last, as many as a session remembers. */
  readonly history: readonly MetItem[];
  /** Everything answered, latest last: for policies that a session could not run as it is. */
  readonly past: readonly MetItem[];
  /** Items answered so far. */
  readonly turn: number;
  /** Unsigned 32 bits, another one each turn. */
  readonly seed: number;
}

export interface Chosen {
  readonly item: Item;
  /** What the product would store with the choice; null from policies that leave none. */
  readonly receipt: Choice | null;
}

/** Null when the course has nothing left to ask. */
export type Policy = (situation: Situation) => Chosen | null;
