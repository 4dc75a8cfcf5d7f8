/** Runs the choice of a session's next item: reads what it rests on, asks the predictor, draws, renders. */
import type { EffectRunner } from "../actors/ports.ts";
import { caughtUp } from "../domain/adaptive/catch_up.ts";
import { chooseNextItem } from "../domain/adaptive/choose_next_item.ts";
import { eligibleItems } from "../domain/adaptive/eligible_items.ts";
import { UNKNOWN_ABILITIES } from "../domain/adaptive/elo.ts";
import type { Abilities, Predict } from "../domain/adaptive/prediction.ts";
import type { Course } from "../domain/curriculum/course.ts";
import { renderItem } from "../domain/curriculum/render_item.ts";
import { randomFrom } from "../domain/random.ts";
import type { ChooseItemEffect, SessionCommand } from "../domain/session/messages.ts";

export interface ChoiceSources {
  readonly courseById: (courseId: string) => Promise<Course | null>;
  /** Null when the learner's abilities cannot be had now: the choice then goes by this session alone. */
  readonly readAbilities: (learnerId: string, courseId: string) => Promise<Abilities | null>;
  readonly predict: Predict;
}

/** The item's own seed, from a sequence apart from the one that the draw takes. */
function itemSeed(choiceSeed: number): number {
  return Math.floor(randomFrom(~choiceSeed)() * 2 ** 32);
}

async function choose(sources: ChoiceSources, effect: ChooseItemEffect, signal: AbortSignal): Promise<SessionCommand> {
  const { plan, history, seed, targetProbability } = effect;
  const { learnerId, courseId, topic, difficulty } = plan;
  const [course, read] = await Promise.all([
    sources.courseById(courseId),
    sources.readAbilities(learnerId, courseId),
  ]);
  signal.throwIfAborted();
  if (course === null) return { type: "choice_failed", reason: `course ${courseId} is not there any more` };
  const abilities = caughtUp(read ?? UNKNOWN_ABILITIES, course, history);
  const eligible = eligibleItems({ course, topic, abilities, history });
  const candidates = eligible.items.map(({ id, skills, difficulty }) => ({ itemId: id, skills, difficulty }));
  const prediction = await sources.predict({ learnerId, courseId, abilities, candidates }, signal);
  const choice = chooseNextItem({
    course,
    eligible,
    prediction,
    abilities,
    topic,
    difficulty,
    history,
    targetProbability,
    seed,
  });
  if (choice === null) return { type: "no_item_left" };
  return {
    type: "serve_item",
    item: renderItem(choice.item, itemSeed(seed)),
    receipt: {
      id: `${effect.sessionId}.${effect.basisSeq}`,
      reason: choice.reason,
      model: prediction.model,
      prior: prediction.prior,
      targetProbability,
      seed,
      considered: choice.considered,
      propensity: choice.propensity,
    },
  };
}

/** The runner of `choose_item`. Its rejection becomes `choice_failed`, which the session tries again. */
export function createChooseItem(sources: ChoiceSources): EffectRunner<ChooseItemEffect, SessionCommand> {
  return (effect, _actor, signal) => choose(sources, effect, signal);
}
