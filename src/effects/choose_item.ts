/** Runs the choice of a session's next item: reads what it rests on, asks the predictor, draws, renders. */
import type { EffectRunner } from "../actors/ports.ts";
import { chooseNextItem } from "../domain/adaptive/choose_next_item.ts";
import { eligibleItems } from "../domain/adaptive/eligible_items.ts";
import { renderItem } from "../domain/curriculum/render_item.ts";
import { randomFrom } from "../domain/random.ts";
import type { ChooseItemEffect, SessionCommand } from "../domain/session/messages.ts";
import { type ChoiceSources, predictItems, readChoiceBasis } from "./choice_basis.ts";

/** The item's own seed, from a sequence apart from the one that the draw takes. */
export function itemSeed(choiceSeed: number): number {
  return Math.floor(randomFrom(~choiceSeed)() * 2 ** 32);
}

async function choose(sources: ChoiceSources, effect: ChooseItemEffect, signal: AbortSignal): Promise<SessionCommand> {
  const { plan, history, seed, targetProbability } = effect;
  const { courseId, topic, difficulty } = plan;
  const basis = await readChoiceBasis(sources, { ...plan, history }, signal);
  if (basis === null) return { type: "choice_failed", reason: `course ${courseId} is not there any more` };
  const { course, abilities, mastered, preferences, reviews } = basis;
  const eligible = eligibleItems({ course, topic, abilities, history, mastered });
  const { prediction, sightings } = await predictItems(sources, basis, eligible.items, signal);
  const learnt = { abilities, history, preferences, reviews };
  const asked = { course, eligible, prediction, topic, difficulty, targetProbability, seed, ...learnt };
  const choice = chooseNextItem(asked);
  if (choice === null) return { type: "no_item_left" };
  const chosen = eligible.items.indexOf(choice.item);
  return {
    type: "serve_item",
    item: renderItem(choice.item, itemSeed(seed)),
    receipt: {
      id: `${effect.sessionId}.${effect.basisSeq}`,
      policy: "adaptive",
      reason: choice.reason,
      grounds: [],
      model: prediction.model,
      prior: prediction.prior,
      ...basis.versions,
      sighting: sightings(chosen),
      targetProbability,
      weights: choice.weights,
      seed,
      considered: choice.considered,
      propensity: choice.propensity,
      override: null,
    },
  };
}

/** The runner of `choose_item`. Its rejection becomes `choice_failed`, which the session tries again. */
export function createChooseItem(sources: ChoiceSources): EffectRunner<ChooseItemEffect, SessionCommand> {
  return (effect, _actor, signal) => choose(sources, effect, signal);
}
