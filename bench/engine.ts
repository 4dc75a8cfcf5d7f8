/** Durable work a second and how long it takes to be acknowledged, on each store. Run: deno task bench:engine */
import { measureAnswers } from "./engine/answers.ts";
import { measureEvents } from "./engine/durable_events.ts";
import { storeOpeners } from "./engine/stores.ts";

function row(name: string, what: string, perSecond: number, p50Ms: number, p99Ms: number): string {
  const cells = [name.padEnd(17), what.padEnd(32), perSecond.toFixed(0).padStart(7), "/s  ack p50"];
  return [...cells, p50Ms.toFixed(1).padStart(6), "ms  p99", p99Ms.toFixed(1).padStart(6), "ms"].join(" ");
}

for (const open of storeOpeners()) {
  const bench = await open();
  try {
    const { full, steady } = await measureEvents(bench);
    console.log(row(bench.name, "fenced events, as many as go", full.perSecond, full.p50Ms, full.p99Ms));
    console.log(row(bench.name, "fenced events, steady", steady.perSecond, steady.p50Ms, steady.p99Ms));
    const answers = await measureAnswers(bench);
    console.log(
      row(bench.name, "answers of 200 whole sessions", answers.perSecond, answers.ackP50Ms, answers.ackP99Ms),
    );
  } finally {
    await bench.close();
  }
}
Deno.exit(0);
