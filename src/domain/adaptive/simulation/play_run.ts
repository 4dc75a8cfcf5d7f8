/** One simulated learner taught by one policy until the goal, with everything that is measured on the way. */
import type { Course, Item } from "../../curriculum/course.ts";
import { randomFrom } from "../../random.ts";
import { newCourse, withListedItems } from "../../course/state.ts";
import type { MetItem } from "../met_item.ts";
import { afterAnswer, UNKNOWN_ABILITIES } from "../elo.ts";
import { eloLogit, type LearnerKnowledge, newKnowledge, recordAnswer } from "../learner_knowledge.ts";
import { sigmoid } from "../logistic.ts";
import { type PublishedStatistics, publishedStatistics } from "../published_statistics.ts";
import type { LoggedChoice } from "./off_policy.ts";
import type { Policy, Situation } from "./policy.ts";
import type { GroundTruth, SimulatedLearner } from "./simulated_learner.ts";

/** Share of the course's skills that are mastered at the same moment. */
export const GOAL_SHARE = 0.9;
/** A run that has not reached the goal by then is counted as this long. */
export const RUN_ITEMS_MAX = 1_000;
/** Every run is played at least so far, so that curves average over all learners. */
export const CURVE_ITEMS = 300;
/** As many as a live session remembers. */
const HISTORY_ITEMS_MAX = 50;

export interface Run {
  /** Items answered when the goal was first reached; null when it was not. */
  readonly itemsToGoal: number | null;
  /** True share of mastered skills before the first item and after each of {@link CURVE_ITEMS}. */
  readonly masteredShares: readonly number[];
  /** The receipts up to the goal, with what came of each choice; empty for policies that leave none. */
  readonly log: readonly LoggedChoice[];
}

/** Separate sequences, so that what the policy draws does not change how the learner is made. */
function sequences(seed: number) {
  const seeds = randomFrom(seed);
  const next = () => Math.floor(seeds() * 2 ** 32);
  return { birth: randomFrom(next()), answers: randomFrom(next()), choices: randomFrom(next()) };
}

function masteredShare(course: Course, learner: SimulatedLearner): number {
  return course.skills.filter(({ id }) => learner.hasMastered(id)).length / Math.max(1, course.skills.length);
}

function logged(
  choice: NonNullable<ReturnType<Policy>>,
  course: ReadonlyMap<string, Item>,
  learner: SimulatedLearner,
  correct: boolean,
): readonly LoggedChoice[] {
  const { item, receipt } = choice;
  if (receipt === null) return [];
  const trueProbabilities = receipt.considered.map(({ itemId }) => {
    const considered = course.get(itemId);
    return considered === undefined ? 0 : learner.probabilityRight(considered);
  });
  const { considered, propensity } = receipt;
  return [{ considered, chosen: item.id, propensity, reward: correct ? 1 : 0, trueProbabilities }];
}

/** As a course's actor publishes them once its items are listed and nobody has answered yet. */
export function statisticsAsAuthored(course: Course): PublishedStatistics {
  const items = course.items.map(({ id, skills, difficulty }) => ({ id, skills, difficulty }));
  const { version, counted, gathered } = withListedItems(newCourse(course.id), items, 1);
  return publishedStatistics(version, counted, gathered);
}

/** As the learner's actor takes an answer in. */
export function remember(
  knowledge: LearnerKnowledge,
  published: PublishedStatistics,
  item: Item,
  correct: boolean,
): void {
  const place = published.placeOf(item);
  if (place === null) return;
  const expected = sigmoid(eloLogit(knowledge, published.statistics, place));
  recordAnswer(knowledge, { place, correct, atS: null, responseMs: null }, expected);
}

/** Plays one learner. The same seed makes the same learner for every policy. */
export function playRun(course: Course, truth: GroundTruth, policy: Policy, runSeed: number): Run {
  const random = sequences(runSeed);
  const learner = truth(course, random.birth);
  const items = new Map(course.items.map((item) => [item.id, item]));
  const masteredShares = [masteredShare(course, learner)];
  const log: LoggedChoice[] = [];
  let abilities = UNKNOWN_ABILITIES;
  const knowledge = newKnowledge();
  const published = statisticsAsAuthored(course);
  const past: MetItem[] = [];
  let itemsToGoal = (masteredShares[0] ?? 0) >= GOAL_SHARE ? 0 : null;
  for (let turn = 0; turn < (itemsToGoal === null ? RUN_ITEMS_MAX : CURVE_ITEMS); turn++) {
    const history = past.slice(-HISTORY_ITEMS_MAX);
    const seed = Math.floor(random.choices() * 2 ** 32);
    const situation: Situation = { course, abilities, knowledge, published, history, past, turn, seed };
    const choice = policy(situation);
    if (choice === null) break;
    const { id, skills, difficulty } = choice.item;
    const correct = random.answers() < learner.probabilityRight(choice.item);
    if (itemsToGoal === null) log.push(...logged(choice, items, learner, correct));
    learner.practise(choice.item, correct);
    remember(knowledge, published, choice.item, correct);
    abilities = afterAnswer(abilities, skills, difficulty, correct ? 1 : 0);
    past.push({ itemId: id, skills, correct });
    const share = masteredShare(course, learner);
    if (masteredShares.length <= CURVE_ITEMS) masteredShares.push(share);
    if (share >= GOAL_SHARE) itemsToGoal ??= turn + 1;
  }
  return { itemsToGoal, masteredShares, log };
}
