/** Replays one seed, or hunts through many. Run: deno task simulate:runtime --seed N [--verbose] | --from N --seeds N */
import { playSeeds } from "./play_seeds.ts";
import { HONEST, SABOTAGES } from "./sabotage.ts";
import { simulate } from "./simulate.ts";
import type { Violation } from "./violation.ts";

const flag = (name: string): string | null => {
  const at = Deno.args.indexOf(`--${name}`);
  return at < 0 ? null : Deno.args[at + 1] ?? "";
};

function say(line: string): void {
  console.log(line);
}

function describe(seed: number, violation: Violation | null): string {
  if (violation === null) return `seed ${seed}: every promise kept`;
  return `seed ${seed}: ${violation.rule} broken after ${violation.atMs.toFixed(3)} ms: ${violation.explanation}`;
}

async function replay(seed: number): Promise<boolean> {
  const sabotage = SABOTAGES.find(({ name }) => name === flag("sabotage"));
  const log = Deno.args.includes("--verbose") ? say : null;
  const startedMs = performance.now();
  const outcome = await simulate(seed, sabotage?.foundation ?? HONEST, log);
  const { events, turns, virtualMs, fingerprint } = outcome;
  say(describe(seed, outcome.violation));
  say(`${turns} turns, ${events} events, ${(virtualMs / 1000).toFixed(1)} virtual s`);
  say(`fingerprint ${fingerprint.toString(16)}, played in ${(performance.now() - startedMs).toFixed(0)} ms`);
  return outcome.violation === null;
}

async function hunt(first: number, count: number): Promise<boolean> {
  const startedMs = performance.now();
  const { played, turns, failures, coverage } = await playSeeds(first, first + count - 1);
  for (const { seed, violation } of failures) say(describe(seed, violation));
  if (Deno.args.includes("--verbose")) {
    for (const [what, times] of [...coverage].sort()) say(`${String(times).padStart(9)}  ${what}`);
  }
  say(`${played} seeds, ${turns} turns, ${failures.length} failures, ${(performance.now() - startedMs).toFixed(0)} ms`);
  return failures.length === 0;
}

const seed = flag("seed");
const kept = seed === null
  ? await hunt(Number(flag("from") ?? 1), Number(flag("seeds") ?? 1000))
  : await replay(Number(seed));
if (!kept) Deno.exit(1);
