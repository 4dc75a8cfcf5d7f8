/** The intervals beside the figures: published values, and how often they hold what is true in simulated samples. */
import assert from "node:assert/strict";
import { comparisonsOf } from "../../../src/domain/dna/comparisons.ts";
import { wilsonInterval } from "../../../src/domain/dna/interval.ts";
import { NEW_DNA } from "../../../src/domain/dna/learning_dna.ts";
import { forgettingRate, NO_REVIEWS, withReview } from "../../../src/domain/dna/recall_classes.ts";
import { merged, NO_SPREAD, type Spread, studentInterval, withValue } from "../../../src/domain/dna/spread.ts";
import { randomFrom } from "../../../src/domain/random.ts";

const SEED = 20_261_122;
const RUNS = 400;
/** Four standard errors of a share of nine in ten over {@link RUNS}. */
const SLACK = 4 * Math.sqrt(0.9 * 0.1 / RUNS);

function times<Value>(count: number, make: (i: number) => Value): readonly Value[] {
  return Array.from({ length: count }, (_, i) => make(i));
}

function coverage(holds: () => boolean): number {
  return times(RUNS, holds).filter(Boolean).length / RUNS;
}

/** A normal draw by Box and Muller. */
function normal(draw: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());
}

function spreadOf(values: readonly number[]): Spread {
  return values.reduce(withValue, NO_SPREAD);
}

Deno.test("[Y3] Wilson's 90% interval has its closed form's ends, has a width at none and all, and lies within 0 and 1", () => {
  // The ends solve |p - hits / of| = 1.6449 sqrt(p (1 - p) / of).
  for (const [hits, of] of [[0, 10], [3, 10], [10, 10], [450, 1000]] as const) {
    const { value, low, high } = wilsonInterval(hits, of);
    assert.ok(low >= 0 && low <= value && value <= high && high <= 1 && high > low);
    for (const end of [low, high].filter((one) => one > 1e-9 && one < 1 - 1e-9)) {
      assert.ok(Math.abs(Math.abs(end - value) - 1.6449 * Math.sqrt(end * (1 - end) / of)) < 1e-9);
    }
  }
});

Deno.test("[Y3] Student's 90% interval holds the true mean nine times of ten, with three values as with forty", () => {
  const draw = randomFrom(SEED);
  for (const count of [3, 12, 40]) {
    const held = coverage(() => {
      const { low, high } = studentInterval(spreadOf(times(count, () => 5 + 2 * normal(draw))));
      return low <= 5 && 5 <= high;
    });
    assert.ok(Math.abs(held - 0.9) < SLACK, `seed ${SEED}: ${held} of samples of ${count}`);
  }
});

Deno.test("[Y1] two spreads merged are the spread of both samples", () => {
  const draw = randomFrom(SEED);
  const [a, b] = [times(7, draw), times(30, draw)];
  const [both, whole] = [merged(spreadOf(a), spreadOf(b)), spreadOf([...a, ...b])];
  assert.equal(both[0], 37);
  for (const part of [1, 2] as const) assert.ok(Math.abs(both[part] - whole[part]) < 1e-12);
  assert.deepEqual(merged(NO_SPREAD, NO_SPREAD), NO_SPREAD);
});

Deno.test("[Y3] the forgetting rate finds how fast memories of simulated learners fade, and its interval says how surely", () => {
  const draw = randomFrom(SEED);
  for (const rate of [0.5, 1, 2.5]) {
    const found: number[] = [];
    const held = coverage(() => {
      let classes = NO_REVIEWS;
      for (let i = 0; i < 150; i++) {
        const retrievability = 0.3 + 0.65 * draw();
        classes = withReview(classes, retrievability, draw() < retrievability ** rate);
      }
      const { value, low, high } = forgettingRate(classes);
      found.push(value);
      return low <= rate && rate <= high;
    });
    const mean = found.reduce((sum, one) => sum + one, 0) / found.length;
    assert.ok(Math.abs(mean / rate - 1) < 0.1, `seed ${SEED}: ${mean} for ${rate}`);
    assert.ok(held > 0.9 - SLACK, `seed ${SEED}: ${held} at ${rate}`);
  }
  const isRecalled = true;
  const allRecalled = times(50, () => 0.8).reduce((known, chance) => withReview(known, chance, isRecalled), NO_REVIEWS);
  const { value, low, high } = forgettingRate(allRecalled);
  assert.ok(low > 0 && low < value && value < 0.3 && high < 1, `${low} ${value} ${high}`);
});

Deno.test("[Y3] a time of the day stands out where it truly does, and by chance at most one time in ten", () => {
  const draw = randomFrom(SEED);
  const hours = (gain: number) =>
    times(6, (band) => spreadOf(times(60, () => 0.4 * normal(draw) + (band === 2 ? gain : 0))));
  const bestOf = (gain: number) => comparisonsOf({ ...NEW_DNA, hours: hours(gain) })[0]?.best ?? null;
  const byChance = coverage(() => bestOf(0) !== null);
  assert.ok(byChance < 0.1 + SLACK, `seed ${SEED}: ${byChance}`);
  const truly = coverage(() => bestOf(0.35) === "08-12");
  assert.ok(truly > 0.95, `seed ${SEED}: ${truly}`);
});

Deno.test("[Y3] a presentation is told to stand out only beside enough answers without it", () => {
  const draw = randomFrom(SEED);
  const offering = (count: number, gain: number) => ({
    offered: spreadOf(times(100, () => gain + 0.4 * normal(draw))),
    others: spreadOf(times(count, () => 0.4 * normal(draw))),
  });
  const told = (count: number) => {
    const presentations = { ...NEW_DNA.presentations, visual: offering(count, 0.4) };
    return comparisonsOf({ ...NEW_DNA, presentations })[1];
  };
  assert.deepEqual([told(100)?.status, told(100)?.best], ["ok", "visual"]);
  assert.deepEqual([told(29)?.status, told(29)?.best], ["not_enough_data", null]);
});
