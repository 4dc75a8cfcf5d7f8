/**
 * Rooms in which everyone sends twice a second: server CPU-seconds per 100,000 deliveries (all processes and threads of
 * the server, its database too), what arrived and how late, for NeuroLearn beside other servers, in turns; then as many
 * connections in a closed loop. NeuroLearn is measured with texts that pass and with texts that each are stored, in
 * PGlite on disk, before anybody hears them; no other server here stores anything. NeuroLearn gathers a busy socket's
 * frames for a bounded time. Bun's `publish` gathers what comes in one turn of its loop; as it would be written by hand
 * to gather for 50 ms, it stands on a line of its own. The servers under bench/rooms/peers are measured where
 * `npm install` has been run there: uWebSockets as Bun has it, Socket.IO and Colyseus on Node.
 * Run: deno task bench:rooms [seconds] [rooms] [connections in the loop, 0 for none] [rounds] [names, by commas]
 */
import { percentile } from "./percentiles.ts";
import { cpuSeconds, treeCpuSeconds } from "./process_cpu.ts";
import type { Heard } from "./rooms/crowd.ts";
import { Crowds, THREADS } from "./rooms/crowds.ts";
import type { Dialect } from "./rooms/crowd_orders.ts";
import { serve, type Served, servePeer } from "./wire/served.ts";

const [SECONDS = 20, ROOMS = 50, LOOPERS = 2_000, ROUNDS = 3] = Deno.args.slice(0, 4).map(Number);
/** Whom to measure; everybody when nobody is named. */
const NAMED = Deno.args[4]?.split(",").map((name) => name.trim()) ?? [];
const PEOPLE = 30;
const WARM_UP_MS = 3_000;

interface Peer {
  readonly name: string;
  readonly start: () => Promise<Served>;
  readonly speaks: Dialect;
}

const OURS: Peer = { name: "NeuroLearn", start: () => serve("our_server.ts"), speaks: "ours" };
const STORED: Peer = { name: "NeuroLearn, stored", start: serveStored, speaks: "ours" };
const BARE: Peer = { name: "Deno.serve", start: () => serve("raw_server.ts"), speaks: "plain" };

const OTHERS: readonly Peer[] = [
  { name: "Bun (uWS)", start: () => servePeer("bun", "bun_server.mjs"), speaks: "plain" },
  { name: "Bun, by hand 50 ms", start: () => servePeer("bun", "bun_batched_server.mjs"), speaks: "plain" },
  { name: "Socket.IO", start: () => servePeer("node", "socket_io_server.mjs"), speaks: "socket_io" },
  { name: "Colyseus", start: () => servePeer("node", "colyseus_server.mjs"), speaks: "colyseus" },
];

interface Cost {
  readonly cpuPer100k: number;
  readonly deliveredShare: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly loadLateMs: number;
  /** CPU-seconds a second that the load took, of as many as it has threads: near that, it is the load that is measured. */
  readonly loadCores: number;
}

/** On a folder of its own, which goes with it. */
async function serveStored(): Promise<Served> {
  const dataDir = await Deno.makeTempDir({ prefix: "bench_rooms_" });
  const served = await serve("our_stored_server.ts", dataDir);
  const stop = async () => {
    await served.stop();
    await Deno.remove(dataDir, { recursive: true });
  };
  return { ...served, stop };
}

/** Measures `work` after a warm-up of the same; every text is to reach `listeners`. */
async function measure(
  served: Served,
  listeners: number,
  work: (forMs: number) => Promise<Heard>,
): Promise<Cost> {
  await work(Math.min(WARM_UP_MS, SECONDS * 1_000));
  const [before, loadBefore, startMs] = [
    await treeCpuSeconds(served.pid),
    await cpuSeconds(Deno.pid),
    performance.now(),
  ];
  const { said, delivered, latenciesMs, loadLateMs } = await work(SECONDS * 1_000);
  const tookS = (performance.now() - startMs) / 1_000;
  return {
    cpuPer100k: (await treeCpuSeconds(served.pid) - before) * 100_000 / delivered,
    loadCores: (await cpuSeconds(Deno.pid) - loadBefore) / tookS,
    deliveredShare: delivered / (said * listeners),
    p50Ms: percentile(latenciesMs, 50),
    p99Ms: percentile(latenciesMs, 99),
    loadLateMs,
  };
}

async function storm(peer: Peer): Promise<Cost> {
  const served = await peer.start();
  const crowd = await Crowds.gather(peer.speaks, served.port, { first: 0, count: ROOMS, people: PEOPLE });
  const cost = await measure(served, PEOPLE, (forMs) => crowd.sayAll(forMs, PEOPLE));
  crowd.close();
  await served.stop();
  return cost;
}

async function closedLoop(peer: Peer): Promise<Cost> {
  const served = await peer.start();
  const crowd = await Crowds.gather(peer.speaks, served.port, { first: 0, count: LOOPERS, people: 1 });
  const cost = await measure(served, 1, (forMs) => crowd.loop(forMs));
  crowd.close();
  await served.stop();
  return cost;
}

function median(costs: readonly Cost[], of: (cost: Cost) => number): number {
  return percentile(costs.map(of), 50);
}

function report(title: string, costs: ReadonlyMap<string, readonly Cost[]>): void {
  console.log(`\n${title}; medians of ${ROUNDS}`);
  const own = median(costs.get(OURS.name) ?? [], ({ cpuPer100k }) => cpuPer100k);
  for (const [name, runs] of costs) {
    const cpu = median(runs, ({ cpuPer100k }) => cpuPer100k);
    const p50 = median(runs, ({ p50Ms }) => p50Ms);
    const p99 = median(runs, ({ p99Ms }) => p99Ms);
    const share = Math.min(...runs.map(({ deliveredShare }) => deliveredShare));
    const late = Math.max(...runs.map(({ loadLateMs }) => loadLateMs));
    const cores = Math.max(...runs.map(({ loadCores }) => loadCores));
    console.log(
      `${name.padEnd(18)} ${cpu.toFixed(3)} CPU-s per 100,000 (NeuroLearn ${(own / cpu).toFixed(2)}x)  ` +
        `p50 ${p50.toFixed(1)} ms  p99 ${p99.toFixed(1)} ms (${(p99 / p50).toFixed(1)}x)  ` +
        `delivered ${(100 * share).toFixed(3)}%  load late by ${late.toFixed(0)} ms, on ${cores.toFixed(2)} cores`,
    );
  }
}

async function compare(title: string, run: (peer: Peer) => Promise<Cost>, peers: readonly Peer[]): Promise<void> {
  const costs = new Map<string, Cost[]>(peers.map(({ name }) => [name, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const peer of peers) costs.get(peer.name)?.push(await run(peer));
  }
  report(title, costs);
}

/** Whether the servers that are not ours have been installed. */
async function hasPeers(): Promise<boolean> {
  try {
    return (await Deno.stat(new URL("./rooms/peers/node_modules", import.meta.url))).isDirectory;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

const isInstalled = await hasPeers();
if (!isInstalled) console.log("left out: Bun, Socket.IO and Colyseus; run `npm install` in bench/rooms/peers first");
const isAsked = ({ name }: Peer) => NAMED.length === 0 || NAMED.includes(name);
const peers = [OURS, BARE, ...isInstalled ? OTHERS : []].filter(isAsked);
console.log(
  `the load runs on ${THREADS} threads; ${navigator.hardwareConcurrency} cores for it and the server together`,
);
const title = `${ROOMS} rooms of ${PEOPLE}, everyone sends 2 a second, for ${SECONDS} s`;
await compare(title, storm, [...peers, ...[STORED].filter(isAsked)]);
if (LOOPERS > 0) await compare(`${LOOPERS} connections in a closed loop, for ${SECONDS} s`, closedLoop, peers);
Deno.exit(0);
