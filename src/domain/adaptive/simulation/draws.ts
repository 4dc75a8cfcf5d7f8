/** Draws from the distributions that simulated learners are made of. */

export type Random = () => number;

export function uniformBetween(random: Random, min: number, max: number): number {
  return min + (max - min) * random();
}

/** Box and Muller (1958): one normal number from two uniform ones. */
export function normalAround(random: Random, mean: number, deviation: number): number {
  // 1 - u lies in (0, 1], where the logarithm is finite.
  return mean + deviation * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
