/**
 * REST of a real server on PGlite: 200 requests a second over a day's mix of routes, and profile reads from cache beside
 * a bare Hono JSON route in the same process, in turns. Run: deno task bench:rest
 */
import { randomFrom } from "../src/domain/random.ts";
import { percentilesMs } from "./percentiles.ts";
import { coreWaitSeconds, cpuSeconds } from "./process_cpu.ts";
import { compareProfile, type Cost } from "./rest/compare_profile.ts";
import { KnownTags, routeMix } from "./rest/mix.ts";
import { type Answered, runOpenLoop } from "./rest/open_loop.ts";
import { serveBoth, type ServedBoth } from "./rest/serve_both.ts";
import { enrolVisitors, type Visitor } from "./rest/visitors.ts";

const PER_SECOND = 200;
const WARM_UP_S = 5;
const SECONDS = 30;
const SEED = 5;
const RANKS = [50, 95, 99];

function line(name: string, answered: readonly Answered[]): string {
  const refused = answered.filter(({ status }) => status >= 400);
  const codes = [...new Set(refused.map(({ status }) => status))].sort().join(", ");
  const told = refused.length === 0 ? "" : `  ${refused.length} answered ${codes}`;
  const times = percentilesMs(answered.map(({ ms }) => ms), RANKS);
  return `${name.padEnd(38)} ${String(answered.length).padStart(6)}  ${times}${told}`;
}

async function measureMix({ url, pid }: ServedBoth, visitors: readonly Visitor[]): Promise<void> {
  const tags = new KnownTags();
  const routes = routeMix(tags);
  const load = { perSecond: PER_SECOND, chance: randomFrom(SEED) };
  for (const visitor of visitors) {
    await routes.find(({ name }) => name === "GET /profile")?.visit(url, visitor, load.chance);
  }
  await runOpenLoop(url, routes, visitors, { ...load, seconds: WARM_UP_S });
  const [cpuBefore, waitBefore] = [await cpuSeconds(pid), await coreWaitSeconds(pid)];
  const answered = await runOpenLoop(url, routes, visitors, { ...load, seconds: SECONDS });
  const [cpu, wait] = [await cpuSeconds(pid) - cpuBefore, await coreWaitSeconds(pid) - waitBefore];
  console.log(`${PER_SECOND} requests a second (Poisson, seed ${SEED}) for ${SECONDS} s, ${visitors.length} learners`);
  for (const { name } of routes) console.log(line(name, answered.filter(({ route }) => route === name)));
  console.log(line("all", answered));
  console.log(
    `server CPU ${(cpu * 10_000 / answered.length).toFixed(1)} s per 10,000 requests; ` +
      `its main thread waited for a core ${(wait * 100 / SECONDS).toFixed(0)}% of the time`,
  );
}

const served = await serveBoth();
try {
  const visitors = await enrolVisitors(served.url);
  await measureMix(served, visitors);
  const { profile, bare, ratio, bytes } = await compareProfile(served, visitors);
  const told = ({ cpuUs, waitUs }: Cost) => `${cpuUs.toFixed(0)} us of server CPU, answered in ${waitUs.toFixed(0)} us`;
  console.log(`profile from cache: ${told(profile)}; bare Hono JSON of the same ${bytes} bytes: ${told(bare)}`);
  console.log(`that is ${ratio.cpuUs.toFixed(2)}x the CPU and ${ratio.waitUs.toFixed(2)}x the time (medians of turns)`);
} finally {
  await served.stop();
}
Deno.exit(0);
