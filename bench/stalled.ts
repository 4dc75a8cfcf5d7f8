/**
 * One socket among thirty stops reading: how long the other twenty-nine wait for what is said, with and without it, in
 * turns, and what the server holds for it. Run: deno task bench:stalled
 */
import { StalledPeer } from "../tests/socket/stalled_peer.ts";
import { residentBytes } from "./process_cpu.ts";
import { serve } from "./wire/served.ts";

const READERS = 29;
const CHANNEL = "session/bench";
const TEXT_CHARS = 16_000;
/** Said a second, for so long: 16 kB each, far more than the kernel's buffers take from the stalled one. */
const PER_SECOND = 50;
const SECONDS = 12;
const ROUNDS = 3;

interface Reader {
  readonly socket: WebSocket;
  heard: (item: number) => void;
}

function reader(port: number): Promise<Reader> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}`, "neurolearn.v1");
  const self: Reader = { socket, heard: () => undefined };
  socket.onopen = () => {
    socket.send(JSON.stringify({ type: "hello", token: "bench" }));
    socket.send(JSON.stringify({ type: "join", channel: CHANNEL }));
  };
  return new Promise((resolve) => {
    socket.onmessage = ({ data }) => {
      const text = String(data);
      if (text.startsWith(`{"type":"joined"`)) resolve(self);
      const item = text.startsWith(`{"type":"ephemeral"`) ? text.match(/"item":(\d+)/)?.[1] : undefined;
      if (item !== undefined) self.heard(Number(item));
    };
  });
}

/** Milliseconds from saying to hearing, at p50 and p99, over all readers; and how the server grew meanwhile. */
async function listen(withStalled: boolean): Promise<{ p50Ms: number; p99Ms: number; grownMb: number }> {
  const server = await serve("our_server.ts", String(TEXT_CHARS));
  const readers = await Promise.all(Array.from({ length: READERS }, () => reader(server.port)));
  const stalled = withStalled ? await StalledPeer.connect(server.port, null) : null;
  await stalled?.send({ type: "hello", token: "bench" });
  await stalled?.send({ type: "join", channel: CHANNEL });
  const [speaker] = readers;
  if (!speaker) throw new RangeError("nobody to speak");
  const saidMs = new Map<number, number>();
  const waits: number[] = [];
  for (const each of readers) {
    each.heard = (item) => waits.push(performance.now() - (saidMs.get(item) ?? NaN));
  }
  const before = await residentBytes(server.pid);
  for (let item = 1; item <= PER_SECOND * SECONDS; item += 1) {
    saidMs.set(item, performance.now());
    const frame = { type: "command", id: `c${item}`, channel: CHANNEL, command: "hint", args: { item } };
    speaker.socket.send(JSON.stringify(frame));
    await new Promise((resolve) => setTimeout(resolve, 1000 / PER_SECOND));
  }
  while (waits.length < READERS * PER_SECOND * SECONDS) await new Promise((resolve) => setTimeout(resolve, 10));
  const grownMb = (await residentBytes(server.pid) - before) / 1e6;
  stalled?.[Symbol.dispose]();
  for (const { socket } of readers) socket.close();
  await server.stop();
  waits.sort((a, b) => a - b);
  const at = (share: number) => waits[Math.floor(waits.length * share)] ?? NaN;
  return { p50Ms: at(0.5), p99Ms: at(0.99), grownMb };
}

for (let round = 0; round < ROUNDS; round += 1) {
  for (const withStalled of [false, true]) {
    const { p50Ms, p99Ms, grownMb } = await listen(withStalled);
    const who = withStalled ? "29 readers and a stalled socket" : "29 readers";
    const waits = `p50 ${p50Ms.toFixed(2)} ms  p99 ${p99Ms.toFixed(2)} ms`;
    console.log(`${who.padEnd(33)} ${waits}  server grew by ${grownMb.toFixed(1)} MB`);
  }
}
Deno.exit(0);
