/** A learner of the simulated month: who they are, and the chance that moves them. */
import type { Random } from "../../src/domain/adaptive/simulation/draws.ts";
import type { SimulatedLearner } from "../../src/domain/adaptive/simulation/simulated_learner.ts";
import type { Habits } from "./habits.ts";

export interface Student {
  readonly id: string;
  readonly habits: Habits;
  readonly truth: SimulatedLearner;
  readonly random: Random;
}
