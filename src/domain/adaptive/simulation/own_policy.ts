/** The product's own policy, called as a live session calls it. */
import { chooseNextItem } from "../choose_next_item.ts";
import { eligibleItems } from "../eligible_items.ts";
import { successProbability } from "../elo.ts";
import { NO_PREFERENCES } from "../preferences.ts";
import type { Chosen, Situation } from "./policy.ts";

/** What a session aims at for a learner with no wish and no affect. */
const TARGET_PROBABILITY = 0.75;

/** Elo predicts, as it does in the engine while no trained model is there; the whole course is the topic. */
export function chooseByOwnPolicy({ course, abilities, history, seed }: Situation): Chosen | null {
  const situation = { course, topic: null, abilities, history, mastered: null };
  const eligible = eligibleItems(situation);
  const probabilities = eligible.items.map(({ skills, difficulty }) =>
    successProbability(abilities, skills, difficulty)
  );
  const receipt = chooseNextItem({
    course,
    eligible,
    prediction: { probabilities, model: "elo", prior: abilities.overall.answers === 0 },
    abilities,
    topic: null,
    difficulty: null,
    history,
    targetProbability: TARGET_PROBABILITY,
    preferences: NO_PREFERENCES,
    reviews: [],
    seed,
  });
  return receipt === null ? null : { item: receipt.item, receipt };
}
