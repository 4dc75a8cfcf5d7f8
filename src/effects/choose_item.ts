/** Runs the choice of a session's next item: reads what it rests on, asks the predictor, draws, renders. */
import type { EffectRunner } from "../actors/ports.ts";
import { caughtUp } from "../domain/adaptive/catch_up.ts";
import { chooseNextItem } from "../domain/adaptive/choose_next_item.ts";
import { eligibleItems } from "../domain/adaptive/eligible_items.ts";
import { UNKNOWN_ABILITIES } from "../domain/adaptive/elo.ts";
import { encodeCandidates, knowledgeBasis, sightingOf } from "../domain/adaptive/knowledge_basis.ts";
import { masteredSkills } from "../domain/adaptive/mastered_skills.ts";
import { NO_PREFERENCES } from "../domain/adaptive/preferences.ts";
import type { Predict } from "../domain/adaptive/prediction.ts";
import type { PublishedStatistics } from "../domain/adaptive/published_statistics.ts";
import type { Course, CourseEdition } from "../domain/curriculum/course.ts";
import { renderItem } from "../domain/curriculum/render_item.ts";
import { abilitiesIn, type LearnerState } from "../domain/learner/knowledge.ts";
import { preferencesIn } from "../domain/learner/profile.ts";
import { dueReviews } from "../domain/memory/review_schedule.ts";
import { randomFrom } from "../domain/random.ts";
import type { ChooseItemEffect, SessionCommand } from "../domain/session/messages.ts";

/** A learner as their actor knew them after its event number `seq`. */
export interface LearnerReading {
  readonly learner: LearnerState;
  readonly seq: number;
}

export interface ChoiceSources {
  readonly courseById: (courseId: string) => Promise<CourseEdition | null>;
  /** Null when they cannot be had now: the choice then goes by the learner's ratings. */
  readonly statisticsOf: (course: Course) => Promise<PublishedStatistics | null>;
  /** Null when the learner cannot be read now: the choice then goes by this session alone. */
  readonly readLearner: (learnerId: string) => Promise<LearnerReading | null>;
  readonly predict: Predict;
  readonly nowMs: () => number;
}

/** The item's own seed, from a sequence apart from the one that the draw takes. */
function itemSeed(choiceSeed: number): number {
  return Math.floor(randomFrom(~choiceSeed)() * 2 ** 32);
}

async function choose(sources: ChoiceSources, effect: ChooseItemEffect, signal: AbortSignal): Promise<SessionCommand> {
  const { plan, history, seed, targetProbability } = effect;
  const { learnerId, courseId, topic, difficulty } = plan;
  const [edition, reading] = await Promise.all([sources.courseById(courseId), sources.readLearner(learnerId)]);
  signal.throwIfAborted();
  if (edition === null) return { type: "choice_failed", reason: `course ${courseId} is not there any more` };
  const { course } = edition;
  const published = await sources.statisticsOf(course);
  signal.throwIfAborted();
  const chosenAtMs = sources.nowMs();
  const learner = reading?.learner ?? null;
  const known = learner?.courses[courseId] ?? null;
  const basis = published === null ? null : knowledgeBasis(known, published, course, history);
  const ratings = learner === null ? UNKNOWN_ABILITIES : abilitiesIn(courseId, learner);
  const abilities = caughtUp(ratings, course, history);
  const mastered = basis === null ? null : masteredSkills(course, basis.knowledge, basis.published);
  const eligible = eligibleItems({ course, topic, abilities, history, mastered });
  const encoded = basis === null ? null : encodeCandidates(basis, eligible.items, chosenAtMs);
  const candidates = eligible.items.map(({ id, skills, difficulty }) => ({ itemId: id, skills, difficulty }));
  const question = encoded === null ? null : encoded.question;
  const prediction = await sources.predict({ learnerId, courseId, abilities, candidates, question }, signal);
  const preferences = learner === null ? NO_PREFERENCES : preferencesIn(courseId, learner.profile);
  const reviews = learner === null ? [] : dueReviews(learner.memory, courseId, chosenAtMs);
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
      statisticsVersion: basis === null ? null : basis.published.version,
      learnerSeq: reading?.seq ?? null,
      courseVersion: edition.version,
      chosenAtMs,
      sighting: basis === null || encoded === null ? null : sightingOf(basis, encoded, chosen),
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
