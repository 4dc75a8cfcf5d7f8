/** The product's own policy, called as a live session calls it. */
import { candidacyOf } from "../candidacy.ts";
import { choiceSituation } from "../choice_situation.ts";
import { chooseNextItem } from "../choose_next_item.ts";
import { foundationsOf } from "../foundations.ts";
import { eloLogit } from "../learner_knowledge.ts";
import { sigmoid } from "../logistic.ts";
import { rightIn } from "../met_item.ts";
import { NO_PREFERENCES } from "../preferences.ts";
import { readStatistics } from "../statistics_reading.ts";
import type { Chosen, Situation } from "./policy.ts";

/** What a session aims at for a learner with no wish and no affect. */
const TARGET_PROBABILITY = 0.75;
/** The whole course, in a session as long as they may be. */
const AIMS = { topic: null, objectives: [], difficulty: null, targetItems: 500 } as const;

/**
 * The catalogue's Elo predicts, as it does in the engine while no trained network is there. A run is longer than any
 * session: what was answered right before what `history` holds counts as of another one, and may come again.
 */
export function chooseByOwnPolicy({ course, knowledge, published, history, seed }: Situation): Chosen | null {
  const situation = choiceSituation({
    course,
    foundations: foundationsOf(course),
    reading: readStatistics(knowledge, published),
    aims: AIMS,
    preferences: NO_PREFERENCES,
    reviews: [],
    history,
    right: rightIn(history),
    sampleSeed: seed,
    pastPolicies: history.map(() => "adaptive"),
  });
  const candidacy = candidacyOf(situation);
  const probabilities = candidacy.items.map((item) => {
    const place = published.placeOf(item);
    return place === null ? TARGET_PROBABILITY : sigmoid(eloLogit(knowledge, published.statistics, place));
  });
  const prediction = { probabilities, model: "elo-catalogue-1", prior: true };
  const receipt = chooseNextItem({ situation, candidacy, prediction, targetProbability: TARGET_PROBABILITY, seed });
  return receipt === null ? null : { item: receipt.drawn.item, receipt };
}
