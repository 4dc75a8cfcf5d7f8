/** Learners who answer the items of a made-up course by a law drawn at random. */
import type { Answered } from "../../domain/adaptive/answered.ts";
import { sigmoid } from "../../domain/adaptive/logistic.ts";
import { normalAround, type Random, uniformBetween } from "../../domain/adaptive/simulation/draws.ts";
import { drawCourse, type MadeUpCourse, type MadeUpItem, oneOf, walkThrough, wholeBetween } from "./made_up_course.ts";
import type { LearnerAnswers } from "./read_answers.ts";

const ANSWERS_MIN = 1500;
const ANSWERS_MAX = 25_000;
const LEARNERS_MIN = 30;
const SESSION_ANSWERS = 25;
/** Practice lifts a skill towards so many logits above the learner's ability. */
const SKILL_ABILITY_MAX = 3;
/** Learners forget by the hour. */
const FORGET_UNIT_S = 3600;

/** How learners of one course differ, learn, forget, guess and slip; spreads, gains and losses in logits. */
interface AnswerLaw {
  readonly mean: number;
  readonly abilitySpread: number;
  readonly skillSpread: number;
  readonly slopeSpread: number;
  readonly gainRight: number;
  readonly gainWrong: number;
  readonly drift: number;
  readonly itemGain: number;
  /** Lost with each e-fold of the time since the item was met. */
  readonly forgetting: number;
  readonly guess: number;
  readonly slip: number;
  /** Bayesian knowledge tracing: skills are known or not. Null for a growing ability. */
  readonly knowing: { readonly prior: number; readonly learn: number } | null;
  /** Seconds between sittings; null for answers without a clock. */
  readonly breakS: number | null;
  /** How much longer, as a logarithm, a wrong answer takes; null for answers without times. */
  readonly wrongSlower: number | null;
}

/** Half of the courses lack an effect, so that its absence is learnt too. */
function drawLaw(random: Random, { path }: MadeUpCourse): AnswerLaw {
  const some = (max: number) => random() < 0.5 ? 0 : uniformBetween(random, 0, max);
  // A tenth of the courses tell nothing of the learner.
  const noise = random() < 0.1;
  // Reviews are for what would be forgotten.
  const reviewed = path === "reviews" && !noise;
  const knows = !noise && random() < 0.3;
  return {
    mean: normalAround(random, 0.5, 1.2),
    abilitySpread: noise ? 0 : uniformBetween(random, 0.2, 1.4),
    skillSpread: noise ? 0 : some(1),
    slopeSpread: noise ? 0 : some(0.01),
    gainRight: noise ? 0 : some(0.12),
    gainWrong: noise ? 0 : some(0.08),
    drift: noise ? 0 : some(0.01),
    itemGain: reviewed ? uniformBetween(random, 0.2, 1.5) : noise ? 0 : some(1.5),
    forgetting: reviewed ? uniformBetween(random, 0, 0.8) : some(0.6),
    guess: knows ? uniformBetween(random, 0.05, 0.35) : oneOf(random, [0, 0, 0, 0.2, 0.25, 0.33]),
    slip: knows ? uniformBetween(random, 0.03, 0.2) : some(0.08),
    knowing: knows ? { prior: uniformBetween(random, 0.05, 0.6), learn: uniformBetween(random, 0.02, 0.3) } : null,
    breakS: random() < (reviewed ? 0.8 : 0.4) ? wholeBetween(random, 3600, 500_000) : null,
    wrongSlower: random() < 0.35 ? some(0.6) : null,
  };
}

/** What a learner is and has become: abilities by skill, items by when they were met. */
class MadeUpLearner {
  readonly #random: Random;
  readonly #law: AnswerLaw;
  readonly #ability: number;
  readonly #growth: number;
  readonly #skills = new Map<number, number>();
  readonly #known = new Map<number, boolean>();
  readonly #items = new Map<number, { gain: number; metAtS: number }>();
  #answers = 0;

  constructor(random: Random, law: AnswerLaw) {
    this.#random = random;
    this.#law = law;
    this.#ability = normalAround(random, law.mean, law.abilitySpread);
    this.#growth = law.drift + normalAround(random, 0, law.slopeSpread);
  }

  answers(item: MadeUpItem, nowS: number): boolean {
    const correct = this.#random() < this.#chance(item, nowS);
    this.#learn(item, correct, nowS);
    return correct;
  }

  #chance({ place, difficulty, discrimination }: MadeUpItem, nowS: number): number {
    const { guess, slip, knowing, forgetting } = this.#law;
    const able = guess + (1 - guess - slip) *
        sigmoid(
          discrimination * (this.#ability + this.#growth * this.#answers - difficulty + this.#skillSum(place.skills) +
            this.#recall(place.item, nowS, forgetting)),
        );
    if (knowing === null) return able;
    const known = this.#blocks(place.skills, place.item).every((skill) => this.#isKnown(skill, knowing.prior));
    // Items differ in how easily they are guessed, at a third of their spread.
    return sigmoid(Math.log((known ? 1 - slip : guess) / (known ? slip : 1 - guess)) - difficulty / 3);
  }

  #skillSum(skills: readonly number[]): number {
    let sum = 0;
    for (const skill of skills) sum += this.#skillAbility(skill);
    return skills.length === 0 ? 0 : sum / Math.sqrt(skills.length);
  }

  #skillAbility(skill: number): number {
    const met = this.#skills.get(skill);
    if (met !== undefined) return met;
    const ability = normalAround(this.#random, 0, this.#law.skillSpread);
    this.#skills.set(skill, ability);
    return ability;
  }

  #recall(item: number, nowS: number, forgetting: number): number {
    const met = this.#items.get(item);
    return met === undefined ? 0 : met.gain - forgetting * Math.log1p((nowS - met.metAtS) / FORGET_UNIT_S);
  }

  /** What is known or not: the skills, or the item where it has none. */
  #blocks(skills: readonly number[], item: number): readonly number[] {
    return skills.length === 0 ? [item] : skills;
  }

  #isKnown(skill: number, prior: number): boolean {
    const known = this.#known.get(skill) ?? this.#random() < prior;
    this.#known.set(skill, known);
    return known;
  }

  #learn({ place }: MadeUpItem, correct: boolean, nowS: number): void {
    const { gainRight, gainWrong, itemGain, knowing } = this.#law;
    this.#answers += 1;
    for (const skill of place.skills) {
      const ability = this.#skillAbility(skill);
      const room = Math.max(0, 1 - ability / SKILL_ABILITY_MAX);
      this.#skills.set(skill, ability + room * (correct ? gainRight : gainWrong));
    }
    this.#items.set(place.item, { gain: (this.#items.get(place.item)?.gain ?? 0) + itemGain, metAtS: nowS });
    if (knowing === null) return;
    for (const skill of this.#blocks(place.skills, place.item)) {
      const learnt = this.#random() < knowing.learn;
      this.#known.set(skill, learnt || this.#known.get(skill) === true);
    }
  }
}

/** Up to `answers` answers of one learner, fewer where the course ends. */
function history(random: Random, course: MadeUpCourse, law: AnswerLaw, answers: number): Answered[] {
  const learner = new MadeUpLearner(random, law);
  const next = walkThrough(random, course);
  const pace = Math.exp(normalAround(random, Math.log(20), 0.4));
  const given: Answered[] = [];
  let [nowS, rightInARow] = [0, 0];
  while (given.length < answers) {
    const item = course.items[next(rightInARow) ?? -1];
    if (item === undefined) break;
    const sitting = given.length % SESSION_ANSWERS !== 0;
    nowS += sitting ? pace : -Math.log(1 - random()) * (law.breakS ?? FORGET_UNIT_S);
    const correct = learner.answers(item, nowS);
    rightInARow = correct ? rightInARow + 1 : 0;
    const slower = correct ? 0 : law.wrongSlower ?? 0;
    given.push({
      place: item.place,
      correct,
      atS: law.breakS === null ? null : nowS,
      responseMs: law.wrongSlower === null ? null : 1000 * pace * Math.exp(normalAround(random, slower, 0.5)),
    });
  }
  return given;
}

/**
 * The learners of one made-up course; equal seeds make equal ones. Course size, number and length of learners, and the
 * law of their answers are all drawn: from pure chance to strong learning, from items that all have met to ones answered
 * once or twice.
 */
export function makeUpLearners(random: Random): readonly LearnerAnswers[] {
  const total = wholeBetween(random, ANSWERS_MIN, ANSWERS_MAX);
  const perLearner = wholeBetween(random, 8, 300);
  const course = drawCourse(random, wholeBetween(random, 10, total / 3));
  const law = drawLaw(random, course);
  const lengthSpread = oneOf(random, [0, 0.5, 1]);
  return Array.from({ length: Math.max(LEARNERS_MIN, Math.round(total / perLearner)) }, (_, number) => {
    const answers = Math.max(1, Math.round(perLearner * Math.exp(normalAround(random, 0, lengthSpread))));
    return { learner: `${number}`, answers: history(random, course, law, Math.min(answers, ANSWERS_MAX)) };
  }).filter(({ answers }) => answers.length > 0);
}
