/** Plays many seeds on as many threads as there are processors. */
import type { RangeReport, SeedRange } from "./seed_worker.ts";

/** A thread died instead of answering. */
export class SeedWorkerError extends Error {
  override readonly name = "SeedWorkerError";
}

function playOnThread(range: SeedRange): Promise<RangeReport> {
  const worker = new Worker(new URL("./seed_worker.ts", import.meta.url), { type: "module" });
  const { promise, resolve, reject } = Promise.withResolvers<RangeReport>();
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = (event: MessageEvent<RangeReport>) => resolve(event.data);
  worker.addEventListener("error", (event) => {
    event.preventDefault();
    reject(new SeedWorkerError(event.message));
  });
  worker.postMessage(range, [port2]);
  return promise.finally(() => {
    port1.close();
    worker.terminate();
  });
}

/** Plays seeds `first` to `last`, both included, and sums the threads' reports up. */
export async function playSeeds(first: number, last: number): Promise<RangeReport> {
  const threads = Math.max(1, Math.min(navigator.hardwareConcurrency, last - first + 1));
  const ranges = Array.from({ length: threads }, (_, i) => ({ first: first + i, last, stride: threads }));
  const reports = await Promise.all(ranges.map(playOnThread));
  const coverage = new Map<string, number>();
  for (const report of reports) {
    for (const [what, times] of report.coverage) coverage.set(what, (coverage.get(what) ?? 0) + times);
  }
  return {
    played: reports.reduce((sum, { played }) => sum + played, 0),
    turns: reports.reduce((sum, { turns }) => sum + turns, 0),
    failures: reports.flatMap(({ failures }) => failures).sort((a, b) => a.seed - b.seed),
    coverage,
  };
}
