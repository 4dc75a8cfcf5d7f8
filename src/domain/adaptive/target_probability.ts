/** How often right a learner is to be: the success probability that a choice aims at. */
import type { Difficulty } from "../curriculum/rendered_item.ts";
import { clamp } from "./logistic.ts";

/** For a learner who wishes for nothing else. */
const TARGET_PROBABILITY = 0.75;
const TARGET_PROBABILITY_MIN = 0.5;
const TARGET_PROBABILITY_MAX = 0.95;
/** What a wish for a difficulty, 1 to 5, aims at instead. */
const TARGET_BY_WISH: { readonly [wish in Difficulty]: number } = { 1: 0.9, 2: 0.83, 3: 0.75, 4: 0.66, 5: 0.58 };

/** What the wish aims at, moved by `shift` within stated bounds. */
export function targetFor(wish: Difficulty | null, shift: number): number {
  const aimed = wish === null ? TARGET_PROBABILITY : TARGET_BY_WISH[wish];
  return clamp(aimed + shift, TARGET_PROBABILITY_MIN, TARGET_PROBABILITY_MAX);
}

/** `target`, aimed for a session without a wish, moved to where the learner's usual wish would have it. */
export function targetForUsualWish(target: number, usual: Difficulty | null): number {
  return usual === null ? target : targetFor(usual, target - TARGET_PROBABILITY);
}
