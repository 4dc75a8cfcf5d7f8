/** CPU time of a profile read from cache beside a bare Hono JSON route of the same size, in turns in one process. */
import { threadSeconds } from "../process_cpu.ts";
import type { ServedBoth } from "./serve_both.ts";
import type { Visitor } from "./visitors.ts";

/** With 60 visitors all turns together stay below the 600 requests that each may send in a minute. */
const READS_PER_TURN = 2_400;
const WARM_UP_TURNS = 2;
const TURNS = 7;
const AT_ONCE = 4;

export interface ProfileCost {
  readonly profileCpuUs: number;
  readonly bareCpuUs: number;
  /** Medians over the turns' own ratios. */
  readonly cpuRatio: number;
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

/** Server CPU in microseconds for each request of a turn. */
async function turn(pid: number, read: (index: number) => Promise<Response>): Promise<number> {
  const before = await threadSeconds(pid);
  await inLanes(READS_PER_TURN, async (index) => {
    const response = await read(index);
    await response.arrayBuffer();
    if (response.status !== 200) throw new RangeError(`answered ${response.status}`);
  });
  return (await threadSeconds(pid) - before) * 1e6 / READS_PER_TURN;
}

export async function compareProfile(
  { pid, url, bareUrl }: ServedBoth,
  visitors: readonly Visitor[],
): Promise<ProfileCost> {
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
  const costs: { profile: number; bare: number }[] = [];
  for (let round = 0; round < WARM_UP_TURNS + TURNS; round += 1) {
    const bare = await turn(pid, of(plain));
    // What is compared is a read from cache: what was let go meanwhile is read again first.
    await prime();
    const profile = await turn(pid, of(requests));
    if (round >= WARM_UP_TURNS) costs.push({ profile, bare });
  }
  return {
    profileCpuUs: median(costs.map(({ profile }) => profile)),
    bareCpuUs: median(costs.map(({ bare }) => bare)),
    cpuRatio: median(costs.map(({ profile, bare }) => profile / bare)),
    bytes: new TextEncoder().encode(document).byteLength,
  };
}
