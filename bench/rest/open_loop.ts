/** Requests that come when they come, whether or not those before them were answered: Poisson arrivals. */
import type { Route } from "./mix.ts";
import type { Visitor } from "./visitors.ts";

export interface OpenLoad {
  readonly perSecond: number;
  readonly seconds: number;
  readonly chance: () => number;
}

export interface Answered {
  readonly route: string;
  /** From the moment it was due, so that a generator that falls behind hides no wait. */
  readonly ms: number;
  readonly status: number;
}

function drawn<One extends { readonly weight: number }>(all: readonly One[], chance: () => number): One | undefined {
  let left = chance() * all.reduce((sum, { weight }) => sum + weight, 0);
  return all.find(({ weight }) => (left -= weight) < 0);
}

/** Runs the load and resolves once the last request has been answered. */
export async function runOpenLoop(
  base: string,
  routes: readonly Route[],
  visitors: readonly Visitor[],
  { perSecond, seconds, chance }: OpenLoad,
): Promise<readonly Answered[]> {
  const answered: Answered[] = [];
  const underWay: Promise<void>[] = [];
  const endMs = performance.now() + seconds * 1000;
  const gapMs = () => -Math.log(1 - chance()) * 1000 / perSecond;
  for (let dueMs = performance.now() + gapMs(); dueMs < endMs; dueMs += gapMs()) {
    const waitMs = dueMs - performance.now();
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
    const route = drawn(routes, chance);
    const visitor = visitors[Math.floor(chance() * visitors.length)];
    if (route === undefined || visitor === undefined) throw new RangeError("nothing to ask, or nobody to ask it");
    const { name, visit } = route;
    underWay.push(
      visit(base, visitor, chance).then((status) => {
        answered.push({ route: name, ms: performance.now() - dueMs, status });
      }),
    );
  }
  await Promise.all(underWay);
  return answered;
}
