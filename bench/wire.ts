/**
 * Server CPU-seconds per 100,000 messages over WebSocket: echo, and a room of 30, for NeuroLearn's edge, bare
 * Deno.serve and Socket.IO, in one run, in turns. Run: deno task bench:wire
 */
import { io, type Socket } from "socket.io-client";
import { cpuSeconds } from "./process_cpu.ts";
import { serve } from "./wire/served.ts";

const ECHOES = 100_000;
const SAYS = 4_000;
const ROOM = 30;
const WINDOW = 200;
const ROUNDS = 3;
const TEXT = "x".repeat(64);
const CHANNEL = "session/bench";

/** One peer's client: joins, then counts what comes back. */
interface Client {
  echo(): void;
  say(count: number): void;
  onEcho: () => void;
  onSaid: () => void;
  close(): void;
}

function rawClient(url: string): Promise<Client> {
  const socket = new WebSocket(url);
  const client: Client = {
    echo: () => socket.send(TEXT),
    say: (count) => socket.send(`say ${count} ${TEXT}`),
    onEcho: () => undefined,
    onSaid: () => undefined,
    close: () => socket.close(),
  };
  socket.onmessage = ({ data }) => String(data).startsWith("say") ? client.onSaid() : client.onEcho();
  return new Promise((resolve) => socket.onopen = () => resolve(client));
}

function ourClient(url: string): Promise<Client> {
  const socket = new WebSocket(url, "neurolearn.v1");
  const send = (frame: object) => socket.send(JSON.stringify(frame));
  const client: Client = {
    echo: () => socket.send(`{"type":"ping","sent_ms":1}`),
    say: (item) =>
      send({ type: "command", id: `c${item}`, channel: CHANNEL, command: "hint", args: { item: item + 1 } }),
    onEcho: () => undefined,
    onSaid: () => undefined,
    close: () => socket.close(),
  };
  socket.onopen = () => {
    send({ type: "hello", token: "bench", bursts: true });
    send({ type: "join", channel: CHANNEL });
  };
  return new Promise((resolve) => {
    socket.onmessage = ({ data }) => {
      for (const text of String(data).split("\n")) {
        if (text.startsWith(`{"type":"ephemeral"`)) client.onSaid();
        else if (text.startsWith(`{"type":"pong"`)) client.onEcho();
        else if (text.startsWith(`{"type":"joined"`)) resolve(client);
        else if (text.startsWith(`{"type":"refuse"`)) throw new RangeError(text);
      }
    };
  });
}

function socketIoClient(url: string): Promise<Client> {
  const socket: Socket = io(url, { transports: ["websocket"], forceNew: true, reconnection: false });
  const client: Client = {
    echo: () => socket.emit("echo", TEXT),
    say: () => socket.emit("say", TEXT),
    onEcho: () => undefined,
    onSaid: () => undefined,
    close: () => socket.disconnect(),
  };
  socket.on("echo", () => client.onEcho());
  socket.on("said", () => client.onSaid());
  return new Promise((resolve) => socket.on("connect", () => resolve(client)));
}

/** Keeps `WINDOW` messages under way until `total` have come back. */
function runWindowed(total: number, send: (index: number) => void, listen: (back: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    let sent = 0;
    let back = 0;
    listen(() => {
      back += 1;
      if (back === total) resolve();
      else if (sent < total) send(sent++);
    });
    while (sent < Math.min(WINDOW, total)) send(sent++);
  });
}

async function echoes(client: Client): Promise<void> {
  await runWindowed(ECHOES, () => client.echo(), (back) => client.onEcho = back);
}

/** A message has come back once all thirty have it. */
async function broadcasts(clients: readonly Client[], base: number): Promise<void> {
  const [speaker] = clients;
  if (!speaker) return;
  await runWindowed(SAYS, (index) => speaker.say(base + index), (back) => {
    let heard = 0;
    for (const client of clients) client.onSaid = () => (heard += 1) % ROOM === 0 && back();
  });
}

interface Peer {
  readonly name: string;
  readonly script: string;
  readonly connect: (port: string) => Promise<Client>;
}

const PEERS: readonly Peer[] = [
  { name: "Deno.serve", script: "raw_server.ts", connect: (port) => rawClient(`ws://127.0.0.1:${port}`) },
  { name: "NeuroLearn", script: "our_server.ts", connect: (port) => ourClient(`ws://127.0.0.1:${port}`) },
  { name: "Socket.IO", script: "socket_io_server.ts", connect: (port) => socketIoClient(`http://127.0.0.1:${port}`) },
];

interface Cost {
  readonly echo: number;
  readonly broadcast: number;
}

/** CPU-seconds of the server process per 100,000 messages, after a warm-up of the same work. */
async function measure(peer: Peer): Promise<Cost> {
  const server = await serve(peer.script);
  const clients = await Promise.all(Array.from({ length: ROOM }, () => peer.connect(String(server.port))));
  const [first] = clients;
  if (!first) throw new RangeError("a room of nobody");
  await echoes(first);
  const beforeEcho = await cpuSeconds(server.pid);
  await echoes(first);
  const echo = (await cpuSeconds(server.pid) - beforeEcho) * 100_000 / ECHOES;
  await broadcasts(clients, 0);
  const beforeSays = await cpuSeconds(server.pid);
  await broadcasts(clients, SAYS);
  const broadcast = (await cpuSeconds(server.pid) - beforeSays) * 100_000 / (SAYS * ROOM);
  for (const client of clients) client.close();
  await server.stop();
  return { echo, broadcast };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

const costs = new Map<string, Cost[]>(PEERS.map(({ name }) => [name, []]));
for (let round = 0; round < ROUNDS; round += 1) {
  for (const peer of PEERS) costs.get(peer.name)?.push(await measure(peer));
}
console.log(
  `server CPU-seconds per 100,000 messages, median of ${ROUNDS} runs (room of ${ROOM}: per 100,000 deliveries)`,
);
const bare = costs.get("Deno.serve") ?? [];
for (const what of ["echo", "broadcast"] as const) {
  const base = median(bare.map((cost) => cost[what]));
  for (const [name, runs] of costs) {
    const value = median(runs.map((cost) => cost[what]));
    console.log(
      `${what.padEnd(10)} ${name.padEnd(11)} ${value.toFixed(3)} s   ${(value / base).toFixed(2)}x Deno.serve`,
    );
  }
}
Deno.exit(0);
