/** Plays the seeds it is sent, one after the other, in a thread of its own. */
import { HONEST } from "./sabotage.ts";
import { type Outcome, simulate } from "./simulate.ts";

export interface SeedRange {
  readonly first: number;
  readonly last: number;
  /** Every `stride`-th seed of the range. */
  readonly stride: number;
}

export interface RangeReport {
  readonly played: number;
  readonly turns: number;
  readonly failures: readonly Pick<Outcome, "seed" | "violation">[];
  readonly coverage: ReadonlyMap<string, number>;
}

/** More failures than anybody reads. */
const FAILURES_MAX = 20;

async function playRange({ first, last, stride }: SeedRange): Promise<RangeReport> {
  const failures: Pick<Outcome, "seed" | "violation">[] = [];
  const coverage = new Map<string, number>();
  let [played, turns] = [0, 0];
  for (let seed = first; seed <= last && failures.length < FAILURES_MAX; seed += stride) {
    const outcome = await simulate(seed, HONEST, null);
    played++;
    turns += outcome.turns;
    for (const [what, times] of outcome.coverage) coverage.set(what, (coverage.get(what) ?? 0) + times);
    if (outcome.violation !== null) failures.push({ seed, violation: outcome.violation });
  }
  return { played, turns, failures, coverage };
}

globalThis.addEventListener("message", async (event) => {
  if (!(event instanceof MessageEvent)) return;
  event.ports[0]?.postMessage(await playRange(event.data));
});
