/** Closed and open loops of work, and what they say about rate and waiting time. */

export interface Rate {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

function rateOf(waits: number[], seconds: number): Rate {
  const sorted = waits.sort((a, b) => a - b);
  return { perSecond: sorted.length / seconds, p50Ms: quantile(sorted, 0.5), p99Ms: quantile(sorted, 0.99) };
}

/** Keeps `window` pieces of work under way for `seconds`; each `work(i)` resolves when it is done. */
export async function closedLoop(
  window: number,
  seconds: number,
  work: (index: number) => Promise<void>,
): Promise<Rate> {
  const waits: number[] = [];
  const startedMs = performance.now();
  const endMs = startedMs + seconds * 1000;
  let next = 0;
  async function lane(): Promise<void> {
    for (let begunMs = performance.now(); begunMs < endMs; begunMs = performance.now()) {
      await work(next++);
      waits.push(performance.now() - begunMs);
    }
  }
  await Promise.all(Array.from({ length: window }, lane));
  return rateOf(waits, (performance.now() - startedMs) / 1000);
}

const TICK_MS = 5;

/**
 * Starts work at a fixed rate whatever the answers do, for `seconds`. Waiting time counts from when a piece was due, so
 * a stall is charged to every piece it delayed.
 */
export async function openLoop(
  perSecond: number,
  seconds: number,
  work: (index: number) => Promise<void>,
): Promise<Rate> {
  const waits: number[] = [];
  const pending: Promise<void>[] = [];
  const startedMs = performance.now();
  const total = Math.floor(perSecond * seconds);
  let next = 0;
  while (next < total) {
    const dueCount = Math.min(total, Math.floor((performance.now() - startedMs) * perSecond / 1000) + 1);
    for (; next < dueCount; next += 1) {
      const dueMs = startedMs + next * 1000 / perSecond;
      pending.push(work(next).then(() => void waits.push(performance.now() - dueMs)));
    }
    await new Promise((resolve) => setTimeout(resolve, TICK_MS));
  }
  await Promise.all(pending);
  return rateOf(waits, (performance.now() - startedMs) / 1000);
}
