/** What to work on next, outside any session: items that suit the learner, scored as a choice scores them. */
import type { Item } from "../curriculum/course.ts";
import type { Difficulty, Modality } from "../curriculum/rendered_item.ts";
import { weightsFor } from "./candidacy.ts";
import type { ChoiceSituation } from "./choice_situation.ts";
import { weigh, type Weighed } from "./choose_next_item.ts";
import { CANDIDATES_MAX, thinned } from "./eligible_items.ts";
import type { Prediction } from "./prediction.ts";
import { type RecommendationKind, recommendationReasons } from "./recommend_reasons.ts";

/** What is asked for; null leaves it open. */
export interface RecommendationWish {
  /** A skill to stay within, with all it rests on. */
  readonly topic: string | null;
  readonly kind: RecommendationKind | null;
  readonly presentation: Modality | null;
  readonly difficulty: Difficulty | null;
}

export interface Recommendation {
  readonly courseId: string;
  readonly item: Item;
  /** The item's skills by title, same order. */
  readonly titles: readonly string[];
  readonly kind: RecommendationKind;
  /** Predicted probability of a right answer. */
  readonly probability: number;
  readonly score: number;
  /** Plain sentences for the learner, the main one first. */
  readonly reasons: readonly string[];
}

/** A skill is due once a tenth of it is likely forgotten: that alone outweighs all that a new skill has to gain. */
const REVIEW_WEIGHT = 6;
/** What was begun and is less likely right than this is a challenge. */
const CHALLENGE_PROBABILITY_MAX = 0.55;
/** Items of one skill at most. */
const SAME_SKILL_MAX = 3;

/** What an item is by the learner's past alone: due for review, new to them, or begun. */
type Standing = "review" | "new" | "begun";

/** One skill that is due decides, and one that is new where none is due. */
function standingOf({ reading, forgotten }: ChoiceSituation, { skills }: Item): Standing {
  if (skills.some((id) => forgotten.has(id))) return "review";
  return skills.some((id) => reading.masteryOf(id).answers === 0) ? "new" : "begun";
}

function isAsked(kind: RecommendationKind | null, standing: Standing): boolean {
  if (kind === null) return true;
  return standing === (kind === "practice" || kind === "challenge" ? "begun" : kind);
}

/** At most `CANDIDATES_MAX` of them; of too many, half may be due for review. */
function sampled(situation: ChoiceSituation, items: readonly Item[]): readonly Item[] {
  if (items.length <= CANDIDATES_MAX) return items;
  const isDue = (item: Item) => standingOf(situation, item) === "review";
  const due = thinned(items.filter(isDue), situation.sampleSeed, CANDIDATES_MAX / 2);
  const others = items.filter((item) => !isDue(item));
  return [...due, ...thinned(others, situation.sampleSeed, CANDIDATES_MAX - due.length)];
}

/**
 * The items in question, at most `CANDIDATES_MAX`: within the topic, as wished, and practised before or resting on
 * nothing that is not met yet.
 */
export function recommendableItems(situation: ChoiceSituation, wish: RecommendationWish): readonly Item[] {
  const { course, reading, byId, foundations, topic, met } = situation;
  const within = topic === null ? byId : foundations.under([topic]);
  const unmetBy = foundations.unmetBy(met);
  const items = course.items.filter((item) =>
    item.skills.every((id) => within.has(id)) &&
    (wish.difficulty === null || item.difficulty === wish.difficulty) &&
    (wish.presentation === null || item.presentations.some(({ modality }) => modality === wish.presentation)) &&
    (item.skills.every((id) => reading.masteryOf(id).answers > 0) || unmetBy(item.skills) === 0) &&
    isAsked(wish.kind, standingOf(situation, item))
  );
  return sampled(situation, items);
}

function kindOf(situation: ChoiceSituation, { item, probability }: Weighed): RecommendationKind {
  const standing = standingOf(situation, item);
  if (standing !== "begun") return standing;
  return probability < CHALLENGE_PROBABILITY_MAX ? "challenge" : "practice";
}

/** The items of one course with kind, score and reasons, best first. Throws as {@link weigh} does. */
export function recommendationsIn(
  situation: ChoiceSituation,
  items: readonly Item[],
  prediction: Prediction,
  { targetProbability, kind: wanted }: { readonly targetProbability: number; readonly kind: RecommendationKind | null },
): readonly Recommendation[] {
  const weights = { ...weightsFor("adaptive", situation.preferences.pace), review: REVIEW_WEIGHT };
  const candidacy = { policy: "adaptive", items, prerequisitesUnmet: 0, weights, settles: new Map() } as const;
  // Nothing is drawn here, so no seed comes in.
  return weigh({ situation, candidacy, prediction, targetProbability, seed: 0 }).flatMap((weighed) => {
    const { item, probability, score } = weighed;
    const kind = kindOf(situation, weighed);
    if (wanted !== null && kind !== wanted) return [];
    const titles = item.skills.map((id) => situation.byId.get(id)?.title ?? id);
    const reasons = recommendationReasons(situation, { item, titles, kind, probability, prior: prediction.prior });
    return [{ courseId: situation.course.id, item, titles, kind, probability, score, reasons }];
  });
}

/**
 * At most `limit` of them, best first among those whose skills have come up least so far, and none of a skill that has
 * come up {@link SAME_SKILL_MAX} times: many items of one skill are alike.
 */
export function diversified(recommendations: readonly Recommendation[], limit: number): readonly Recommendation[] {
  const timesOf = new Map<string, number>();
  const keysOf = ({ courseId, item }: Recommendation) => item.skills.map((id) => `${courseId}:${id}`);
  const timesSeen = (one: Recommendation) =>
    keysOf(one).reduce((most, key) => Math.max(most, timesOf.get(key) ?? 0), 0);
  const left = [...recommendations].sort((a, b) => b.score - a.score);
  const chosen: Recommendation[] = [];
  while (chosen.length < limit && left.length > 0) {
    const times = left.map(timesSeen);
    const least = times.reduce((one, other) => Math.min(one, other), Infinity);
    if (least >= SAME_SKILL_MAX) break;
    const [next] = left.splice(times.indexOf(least), 1);
    if (next === undefined) break;
    chosen.push(next);
    for (const key of keysOf(next)) timesOf.set(key, (timesOf.get(key) ?? 0) + 1);
  }
  return chosen;
}
