/** Solves the word problems of elementary algebra again, by arithmetic on the numbers that their prompts name. */
import assert from "node:assert/strict";
import { COURSE, drawn, placeOf } from "./elementary_algebra.ts";
import { assertNear, numbersIn } from "./tex_math.ts";

type Solver = (...numbers: readonly number[]) => number;

/** The first whole number from `from` upwards, or downwards with a negative step, that passes. */
function search(from: number, step: number, passes: (candidate: number) => boolean): number {
  for (let candidate = from; Math.abs(candidate - from) <= 2_000; candidate += step) {
    if (passes(candidate)) return candidate;
  }
  return NaN;
}

/** By item: the answer from the prompt's numbers, in the order in which they are read. */
const SOLVERS: { readonly [itemId: string]: Solver } = {
  "signed-temperature": (dawn, rise, fall) => dawn + rise - fall,
  "signed-mean": (mean, a, b, c) => search(-200, 1, (d) => a + b + c + d === 4 * mean),
  "order-subtraction-slip": (...numbers) => {
    const [a, b, c] = numbers.slice(-3);
    return Number(a) - Math.abs(Number(b)) + Math.abs(Number(c));
  },
  "fractions-portions": (bag, top, bottom) => bag / (top / bottom),
  "fractions-of-the-rest": (a, b, c, d) => 1 - a / b - (1 - a / b) * (c / d),
  "proportion-recipe": (people, grams, more) => (grams / people) * more,
  "percent-of": (percent, whole) => whole * (percent / 100),
  "percent-discount": (price, percent) => price - price * (percent / 100),
  "percent-reverse": (percent, after) => after / (1 + percent / 100),
  "percent-up-down": (percent) => 100 - 100 * (1 + percent / 100) * (1 - percent / 100),
  "two-step-taxi": (fixed, perKm, fare) => search(0, 1, (km) => fixed + km * perKm === fare),
  "two-step-consecutive": (count, sum) =>
    search(0, 1, (first) => Array.from({ length: count }, (_, index) => first + index).reduce((a, b) => a + b) === sum),
  "both-sides-plans": (blue, blueVisit, red, redVisit) =>
    search(0, 1, (visits) => blue + blueVisit * visits === red + redVisit * visits),
  "inequality-budget": (each, insurance, money) => search(100, -1, (number) => number * each + insurance <= money),
  "slope-steps": (right, up) => up / right,
  "slope-ramp": (rise, run) => (100 * rise) / run,
  "slope-two-points": (x1, y1, x2, y2) => (y2 - y1) / (x2 - x1),
  "slope-missing-coordinate": (slope, x1, y1, x2) => y1 + slope * (x2 - x1),
  "line-through-point": (slope, x, y) => y - slope * x,
  "system-tickets": (tickets, adult, child, money) =>
    search(0, 1, (adults) => adult * adults + child * (tickets - adults) === money),
  "factor-number-pair": (sum, product) => search(sum, -1, (larger) => larger * (sum - larger) === product),
  "quadratic-garden": (longer, area) => search(1, 1, (width) => width * (width + longer) === area),
  "model-perimeter": (longer, perimeter) => search(1, 1, (width) => 4 * width + 2 * longer === perimeter),
  "model-ages": (old, young, times) => search(0, 1, (years) => old + years === times * (young + years)),
  "model-coins": (coins, ...values) => search(0, 1, (fifties) => 50 * fifties + 20 * (coins - fifties) === values[2]),
  "model-meeting": (distance, one, other) => distance / (one + other),
  "model-mixture": (litres, weak, strong, wanted) =>
    search(1, 1, (more) => {
      const juice = litres * weak + more * strong;
      return Math.abs(juice - wanted * (litres + more)) < 1e-9;
    }),
};

Deno.test("[C3] word problems: plain arithmetic on the prompt's numbers gives the key", () => {
  for (const id of Object.keys(SOLVERS)) assert(COURSE.items.some((item) => item.id === id), `no item ${id}`);
  for (const item of drawn(({ id }) => Object.hasOwn(SOLVERS, id))) {
    assert(item.key.kind === "number", placeOf(item));
    assertNear(item.key.value, SOLVERS[item.itemId]?.(...numbersIn(item.prompt)) ?? NaN, placeOf(item));
  }
});

Deno.test("[C3] inequalities: the key is the count or the first number that a search finds", () => {
  for (const item of drawn(({ id }) => id === "inequality-count" || id === "inequality-smallest")) {
    assert(item.key.kind === "number", placeOf(item));
    const found = item.itemId === "inequality-count" ? countWithin(item.prompt) : firstBelow(item.prompt);
    assertNear(item.key.value, found, placeOf(item));
  }
});

/** Whole numbers with `low < ax + b <= high`. */
function countWithin(prompt: string): number {
  const match = /\$(-?\d+) < (\d+)x ([+-]) (\d+) \\le (-?\d+)\$/.exec(prompt);
  assert(match !== null, prompt);
  const [, low, a, sign, b, high] = match;
  let count = 0;
  for (let x = -100; x <= 100; x += 1) {
    const value = Number(a) * x + Number(`${sign}${b}`);
    if (Number(low) < value && value <= Number(high)) count += 1;
  }
  return count;
}

/** The first whole number with `b - ax < limit`. */
function firstBelow(prompt: string): number {
  const match = /\$(\d+) - (\d+)x < (-?\d+)\$/.exec(prompt);
  assert(match !== null, prompt);
  const [, b, a, limit] = match;
  return search(-100, 1, (x) => Number(b) - Number(a) * x < Number(limit));
}
