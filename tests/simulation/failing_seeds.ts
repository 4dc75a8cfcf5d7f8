/** Seeds that once broke a promise, with the rule they broke; the tests play each one by name. */
export const FAILING_SEEDS: readonly { readonly seed: number; readonly rule: string; readonly story: string }[] = [
  { seed: 694, rule: "T1", story: "a timer set again for the very instant it fired for" },
  { seed: 15, rule: "B3", story: "more timers in memory than their limit, page upon page" },
  { seed: 140, rule: "L6", story: "an actor that rests after a failure leaves a drain unsaved" },
  { seed: 141, rule: "L6", story: "a drain ends while the last snapshot is still waiting" },
  { seed: 350, rule: "L6", story: "a slow renewal gives a drained node its lease back" },
  { seed: 433, rule: "L6", story: "a recovery that waited for its turn claims after the drain" },
  { seed: 1476, rule: "O1", story: "a claim that went stale during recovery answers under its old epoch" },
];
