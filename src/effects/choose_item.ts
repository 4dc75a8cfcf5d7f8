/** Runs the choice of a session's next item: reads what it rests on, asks the predictor, draws, renders. */
import type { EffectRunner } from "../actors/ports.ts";
import { candidacyOf } from "../domain/adaptive/candidacy.ts";
import { chooseNextItem } from "../domain/adaptive/choose_next_item.ts";
import { explainChoice } from "../domain/adaptive/explain_choice.ts";
import { renderItem } from "../domain/curriculum/render_item.ts";
import { randomFrom } from "../domain/random.ts";
import type { ChooseItemEffect, SessionCommand } from "../domain/session/messages.ts";
import { type ChoiceSources, predictItems, readChoiceBasis, situationOf, targetOf } from "./choice_basis.ts";
import { FoundationsCache } from "./foundations_cache.ts";
import { type AskedSource, heldBack, withoutItems } from "./held_back.ts";

/** The item's own seed, from a sequence apart from the one that the draw takes. */
export function itemSeed(choiceSeed: number): number {
  return Math.floor(randomFrom(~choiceSeed)() * 2 ** 32);
}

async function choose(
  sources: ChoiceSources & AskedSource,
  foundations: FoundationsCache,
  effect: ChooseItemEffect,
  signal: AbortSignal,
): Promise<SessionCommand> {
  const { plan, history, seed } = effect;
  const [basis, asked] = await Promise.all([
    readChoiceBasis(sources, { ...plan, history }, signal),
    sources.askedOf([plan.learnerId]),
  ]);
  if (basis === null) return { type: "choice_failed", reason: `course ${plan.courseId} is not there any more` };
  const held = heldBack(basis.course, asked, itemSeed(seed));
  const open = { ...basis, course: withoutItems(basis.course, held) };
  const situation = situationOf(foundations.of(basis.course), open, effect);
  const candidacy = candidacyOf(situation);
  if (candidacy.items.length === 0) {
    if (held.length === 0) return { type: "no_item_left" };
    return { type: "choice_failed", reason: "a lesson asks what is left of the course" };
  }
  const { prediction, sightings } = await predictItems(sources, basis, candidacy.items, signal);
  const targetProbability = targetOf(basis, effect);
  const question = { situation, candidacy, prediction, targetProbability, seed };
  const choice = chooseNextItem(question);
  if (choice === null) return { type: "no_item_left" };
  const { drawn: { item }, ...weighed } = choice;
  return {
    type: "serve_item",
    item: renderItem(item, itemSeed(seed)),
    suggestions: basis.suggestions,
    receipt: {
      id: `${effect.sessionId}.${effect.basisSeq}`,
      policy: candidacy.policy,
      ...explainChoice(question, choice),
      model: prediction.model,
      prior: prediction.prior,
      ...basis.versions,
      sighting: sightings(candidacy.items.indexOf(item)),
      targetProbability,
      seed,
      ...weighed,
      override: null,
      ...held.length === 0 ? {} : { heldBack: held.map(({ id }) => id) },
    },
  };
}

/** The runner of `choose_item`. Its rejection becomes `choice_failed`, which the session tries again. */
export function createChooseItem(
  sources: ChoiceSources & AskedSource,
): EffectRunner<ChooseItemEffect, SessionCommand> {
  const foundations = new FoundationsCache();
  return (effect, _actor, signal) => choose(sources, foundations, effect, signal);
}
