/** Draws from beta distributions, for Thompson sampling. */

import { normalAround, type Random } from "../adaptive/simulation/draws.ts";

/** Parameters of a beta distribution. */
export interface Beta {
  readonly alpha: number;
  readonly beta: number;
}

/** Marsaglia and Tsang, "A simple method for generating gamma variables", ACM TOMS 26 (2000); shape below 1 by their boost. */
function gamma(shape: number, random: Random): number {
  if (shape < 1) return gamma(shape + 1, random) * (1 - random()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  while (true) {
    const x = normalAround(random, 0, 1);
    const v = (1 + c * x) ** 3;
    if (v <= 0) continue;
    if (Math.log(1 - random()) < x * x / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** One draw, in (0, 1); both parameters above 0. */
export function drawBeta({ alpha, beta }: Beta, random: Random): number {
  const a = gamma(alpha, random);
  return a / (a + gamma(beta, random));
}
