/** Who sits in a simulated class: how able each is, and how they go about it. */
import { sigmoid } from "../../src/domain/adaptive/logistic.ts";
import { normalAround, type Random, uniformBetween } from "../../src/domain/adaptive/simulation/draws.ts";
import { randomFrom } from "../../src/domain/random.ts";

export type Behaviour =
  | "honest"
  /** Takes the first thing that comes, at once. */
  | "quick_guesser"
  /** Asks for every hint before anything else. */
  | "hint_abuser"
  /** Does one item, then nothing; presses when pens are down. */
  | "idler"
  /** Has the lesson's tab in the background for a while. */
  | "background_tab"
  /** Presses on two devices at once. */
  | "second_device"
  /** Joins the class when its lesson is under way. */
  | "late_joiner"
  /** Is cut off at the moment of pressing. */
  | "flaky_network"
  /** Has twice the time, and needs more than the others have. */
  | "slow_with_extra_time"
  /** Sits behind a proxy that forbids WebSocket. */
  | "behind_proxy";

export interface Trait {
  readonly index: number;
  readonly behaviour: Behaviour;
  /** On the scale of item difficulties: at 0 half of the middling items come right. */
  readonly ability: number;
  readonly random: Random;
}

/** The first ten of every class; then most are as they should be. */
const SEATS: readonly Behaviour[] = [
  "honest",
  "quick_guesser",
  "hint_abuser",
  "idler",
  "background_tab",
  "second_device",
  "late_joiner",
  "flaky_network",
  "slow_with_extra_time",
  "behind_proxy",
];
const HONEST_BETWEEN = 10;

/** Abilities are drawn from a standard normal; the same seed seats the same class. */
export function castOf(students: number, seed: number): readonly Trait[] {
  return Array.from({ length: students }, (_, index) => {
    const random = randomFrom(seed + 7_919 * (index + 1));
    const behaviour = SEATS[index % (SEATS.length + HONEST_BETWEEN)] ?? "honest";
    return { index, behaviour, ability: normalAround(random, 0, 1), random };
  });
}

/** Authored difficulties 1 to 5 on the scale of abilities. */
const DIFFICULTY_MIDDLE = 3;
const DIFFICULTY_STEP = 0.7;
/** Makes the logistic as steep as the normal ogive that abilities are drawn from. */
const LOGISTIC_SCALE = 1.702;

/** Chance of a right answer by the Rasch model, 0 to 1; `help` is what a talk or a hint adds to the ability. */
export function chanceOfRight({ ability }: Trait, difficulty: number, help: number): number {
  return sigmoid(LOGISTIC_SCALE * (ability + help - DIFFICULTY_STEP * (difficulty - DIFFICULTY_MIDDLE)));
}

const THINK_SPREAD = 0.4;
/** Nobody presses sooner: reading takes that long. */
const THINK_MS_MIN = 120;
const QUICK = 0.1;
/** Of a question's time, what most take to answer it; who has twice the time needs more than the others have. */
const QUESTION_SHARE = 0.35;
const SLOW_SHARE_MIN = 1.05;
const SLOW_SHARE_MAX = 1.6;

/** How long they think, log-normal around `usualMs` at their own pace. */
export function thinkMs({ behaviour, random }: Trait, usualMs: number): number {
  const paceMs = usualMs * (behaviour === "quick_guesser" ? QUICK : 1);
  return Math.max(THINK_MS_MIN, paceMs * Math.exp(normalAround(random, 0, THINK_SPREAD)));
}

/** The same for a question to the class that usually takes `limitMs`. */
export function questionThinkMs(trait: Trait, limitMs: number): number {
  if (trait.behaviour !== "slow_with_extra_time") return thinkMs(trait, limitMs * QUESTION_SHARE);
  return limitMs * uniformBetween(trait.random, SLOW_SHARE_MIN, SLOW_SHARE_MAX);
}
