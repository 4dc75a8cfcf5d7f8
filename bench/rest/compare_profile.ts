/** A profile read from cache beside a bare Hono JSON route of the same size, in turns in one process: server CPU and time. */
import { threadSeconds } from "../process_cpu.ts";
import type { ServedBoth } from "./serve_both.ts";
import type { Visitor } from "./visitors.ts";

/** With 60 visitors all turns together stay below the 600 requests that each may send in a minute. */
const READS_PER_TURN = 2_400;
const WARM_UP_TURNS = 2;
const TURNS = 7;
const AT_ONCE = 4;

/** What one request came to. */
export interface Cost {
  readonly cpuUs: number;
  /** As its sender waits, at the median. */
  readonly waitUs: number;
}

export interface Comparison {
  readonly profile: Cost;
  readonly bare: Cost;
  /** The median of the turns' own ratios. */
  readonly ratio: Cost;
  readonly bytes: number;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

async function inLanes(total: number, one: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  async function lane(): Promise<void> {
    while (next < total) await one(next++);
  }
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
}

/** The costs at the median of each. */
function medianCost(costs: readonly Cost[]): Cost {
  return { cpuUs: median(costs.map(({ cpuUs }) => cpuUs)), waitUs: median(costs.map(({ waitUs }) => waitUs)) };
}

/** What a request of the turn costs. */
async function turn(pid: number, read: (index: number) => Promise<Response>): Promise<Cost> {
  const waitsUs: number[] = [];
  const before = await threadSeconds(pid);
  await inLanes(READS_PER_TURN, async (index) => {
    const sentMs = performance.now();
    const response = await read(index);
    await response.arrayBuffer();
    waitsUs.push((performance.now() - sentMs) * 1000);
    if (response.status !== 200) throw new RangeError(`answered ${response.status}`);
  });
  const cpuUs = (await threadSeconds(pid) - before) * 1e6 / READS_PER_TURN;
  return { cpuUs, waitUs: median(waitsUs) };
}

export async function compareProfile(
  { pid, url, bareUrl }: ServedBoth,
  visitors: readonly Visitor[],
): Promise<Comparison> {
  const requests = visitors.map(({ headers }) => new Request(`${url}/api/v1/profile`, { headers }));
  const document = await (await fetch(requests[0]?.clone() ?? "")).text();
  await fetch(`${bareUrl}/document`, {
    method: "PUT",
    body: document,
    headers: { "content-type": "application/json" },
  });
  // The bare route is sent the same headers, which both have to parse.
  const plain = visitors.map(({ headers }) => new Request(`${bareUrl}/document`, { headers }));
  const of = (all: readonly Request[]) => (index: number) => fetch(all[index % all.length]?.clone() ?? "");
  const prime = () => inLanes(visitors.length, async (index) => void await (await of(requests)(index)).arrayBuffer());
  const costs: { profile: Cost; bare: Cost }[] = [];
  for (let round = 0; round < WARM_UP_TURNS + TURNS; round += 1) {
    const bare = await turn(pid, of(plain));
    // What is compared is a read from cache: what was let go meanwhile is read again first.
    await prime();
    const profile = await turn(pid, of(requests));
    if (round >= WARM_UP_TURNS) costs.push({ profile, bare });
  }
  const ratios = costs.map(({ profile, bare }) => ({
    cpuUs: profile.cpuUs / bare.cpuUs,
    waitUs: profile.waitUs / bare.waitUs,
  }));
  return {
    profile: medianCost(costs.map(({ profile }) => profile)),
    bare: medianCost(costs.map(({ bare }) => bare)),
    ratio: medianCost(ratios),
    bytes: new TextEncoder().encode(document).byteLength,
  };
}
