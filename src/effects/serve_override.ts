/** Serves the item that a teacher wants: renders it, and says in its receipt whose choice it was and why. */
import type { EffectRunner } from "../actors/ports.ts";
import { candidacyOf } from "../domain/adaptive/candidacy.ts";
import { foundationsOf } from "../domain/adaptive/foundations.ts";
import { chooseNextItem, TEMPERATURE } from "../domain/adaptive/choose_next_item.ts";
import { renderItem } from "../domain/curriculum/render_item.ts";
import type { ServeOverrideEffect, SessionCommand } from "../domain/session/messages.ts";
import { type ChoiceSources, predictItems, readChoiceBasis, situationOf, targetOf } from "./choice_basis.ts";
import { itemSeed } from "./choose_item.ts";
import { type AskedSource, heldBack } from "./held_back.ts";

/** Plain sentences for the teacher: how the item suits the learner, and what the engine would have served. */
function groundsFor(wanted: string, probability: number, best: string | null): readonly string[] {
  const expected = `A right answer was expected about ${Math.round(probability * 100)} times in 100.`;
  if (best === null) return [expected, "The engine had no item of its own to offer."];
  return [expected, `The engine would most likely have served ${best === wanted ? "it too" : best}.`];
}

async function serve(
  sources: ChoiceSources & AskedSource,
  effect: ServeOverrideEffect,
  signal: AbortSignal,
): Promise<SessionCommand> {
  const { plan, history, seed, override } = effect;
  const [basis, asked] = await Promise.all([
    readChoiceBasis(sources, { ...plan, history }, signal),
    sources.askedOf([plan.learnerId]),
  ]);
  const item = basis?.course.items.find(({ id }) => id === override.itemId);
  if (basis === null || item === undefined) return { type: "override_unknown" };
  const held = heldBack(basis.course, asked, itemSeed(seed));
  if (held.includes(item)) return { type: "override_held_back" };
  const situation = situationOf(foundationsOf(basis.course), basis, effect);
  const engines = candidacyOf(situation);
  // The engine would have weighed its own candidates: the teacher's item joins them, its prediction is number 0.
  const candidacy = { ...engines, items: [item, ...engines.items.filter((one) => one !== item)] };
  const { prediction, sightings } = await predictItems(sources, basis, candidacy.items, signal);
  const targetProbability = targetOf(basis, effect);
  const choice = chooseNextItem({ situation, candidacy, prediction, targetProbability, seed });
  const { model, prior, probabilities } = prediction;
  const best = choice?.considered.find(({ itemId }) => engines.items.some(({ id }) => id === itemId))?.itemId ?? null;
  return {
    type: "serve_item",
    item: renderItem(item, itemSeed(seed)),
    suggestions: basis.suggestions,
    receipt: {
      id: `${effect.sessionId}.${effect.basisSeq}`,
      policy: "teacher",
      reason: `Your teacher chose this for you: ${override.reason}`,
      grounds: groundsFor(item.id, probabilities[0] ?? 0, best),
      model,
      prior,
      ...basis.versions,
      sighting: sightings(0),
      targetProbability,
      weights: choice?.weights ?? {},
      temperature: TEMPERATURE,
      seed,
      considered: choice?.considered ?? [],
      propensity: 1,
      override: { by: override.by, reason: override.reason },
    },
  };
}

/** The runner of `serve_override`. Its rejection becomes `choice_failed`, which the session tells the teacher. */
export function createServeOverride(
  sources: ChoiceSources & AskedSource,
): EffectRunner<ServeOverrideEffect, SessionCommand> {
  return (effect, _actor, signal) => serve(sources, effect, signal);
}
