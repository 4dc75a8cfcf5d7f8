/** Serves the item that a teacher wants: renders it, and says in its receipt whose choice it was and why. */
import type { EffectRunner } from "../actors/ports.ts";
import { chooseNextItem } from "../domain/adaptive/choose_next_item.ts";
import { eligibleItems } from "../domain/adaptive/eligible_items.ts";
import { NO_PREFERENCES } from "../domain/adaptive/preferences.ts";
import type { Item } from "../domain/curriculum/course.ts";
import { renderItem } from "../domain/curriculum/render_item.ts";
import type { ServeOverrideEffect, SessionCommand } from "../domain/session/messages.ts";
import {
  type ChoiceBasis,
  type ChoiceSources,
  type ItemPredictions,
  predictItems,
  readChoiceBasis,
} from "./choice_basis.ts";
import { itemSeed } from "./choose_item.ts";

/** Plain sentences for the teacher: how the item suits the learner, and what the engine would have served. */
function groundsFor(wanted: string, probability: number, best: string | null): readonly string[] {
  const expected = `A right answer was expected about ${Math.round(probability * 100)} times in 100.`;
  if (best === null) return [expected, "The engine had no item of its own to offer."];
  return [expected, `The engine would most likely have served ${best === wanted ? "it too" : best}.`];
}

/** What the engine would have weighed, the teacher's item among the rest; its prediction is number 0. */
function weighed(
  effect: ServeOverrideEffect,
  basis: ChoiceBasis,
  items: readonly Item[],
  { prediction }: ItemPredictions,
) {
  const { plan, history, seed, targetProbability } = effect;
  const { course, abilities } = basis;
  return chooseNextItem({
    course,
    eligible: { items, prerequisitesUnmet: 0 },
    prediction,
    abilities,
    topic: plan.topic,
    difficulty: plan.difficulty,
    history,
    targetProbability,
    preferences: NO_PREFERENCES,
    reviews: [],
    seed,
  });
}

async function serve(
  sources: ChoiceSources,
  effect: ServeOverrideEffect,
  signal: AbortSignal,
): Promise<SessionCommand> {
  const { plan, history, seed, targetProbability, override } = effect;
  const basis = await readChoiceBasis(sources, { ...plan, history }, signal);
  const item = basis?.course.items.find(({ id }) => id === override.itemId);
  if (basis === null || item === undefined) return { type: "override_unknown" };
  const { course, abilities, mastered } = basis;
  const { items: eligible } = eligibleItems({ course, topic: plan.topic, abilities, history, mastered });
  const items = [item, ...eligible.filter((one) => one !== item)];
  const predictions = await predictItems(sources, basis, items, signal);
  const choice = weighed(effect, basis, items, predictions);
  const { model, prior, probabilities } = predictions.prediction;
  const best = choice?.considered.find(({ itemId }) => eligible.some(({ id }) => id === itemId))?.itemId ?? null;
  return {
    type: "serve_item",
    item: renderItem(item, itemSeed(seed)),
    receipt: {
      id: `${effect.sessionId}.${effect.basisSeq}`,
      policy: "teacher",
      reason: `Your teacher chose this for you: ${override.reason}`,
      grounds: groundsFor(item.id, probabilities[0] ?? 0, best),
      model,
      prior,
      ...basis.versions,
      sighting: predictions.sightings(0),
      targetProbability,
      weights: choice?.weights ?? {},
      seed,
      considered: choice?.considered ?? [],
      propensity: 1,
      override: { by: override.by, reason: override.reason },
    },
  };
}

/** The runner of `serve_override`. Its rejection becomes `choice_failed`, which the session tells the teacher. */
export function createServeOverride(sources: ChoiceSources): EffectRunner<ServeOverrideEffect, SessionCommand> {
  return (effect, _actor, signal) => serve(sources, effect, signal);
}
