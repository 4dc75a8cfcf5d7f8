/** Frames that leave together: for peers that asked for it, in order, none late for long, none lost. */
import assert from "node:assert/strict";
import { Bundle, BurstWindow, BurstWire } from "../../src/http/socket/bursts.ts";
import { HandClock } from "./hand_clock.ts";
import { ServedEdge } from "./served_edge.ts";

const LIMITS = { burstWindowMs: 1, burstWindowMsMax: 20, burstMessagesPerMsMax: 5 };

class Tape {
  readyState = 1;
  bufferedAmount = 0;
  readonly sent: string[] = [];
  bufferedMost(): number {
    return this.bufferedAmount;
  }
  send(text: string): void {
    this.sent.push(text);
  }
}

Deno.test("[R1] the first frame of a moment leaves at once, those after it together at its end, in order", () => {
  const clock = new HandClock();
  const tape = new Tape();
  const wire = new BurstWire(tape, new BurstWindow(clock, LIMITS));
  for (const text of ["a", "b", "c"]) wire.send(text, 1);
  assert.deepEqual(tape.sent, ["a"]);
  assert.equal(wire.bufferedAmount, 3);
  clock.advance(1);
  assert.deepEqual(tape.sent, ["a", "b\nc"]);
  assert.equal(wire.bufferedAmount, 0);
  wire.send("d", 1);
  assert.deepEqual(tape.sent, ["a", "b\nc"], "the burst itself was the first of its moment");
  clock.advance(1);
  clock.advance(1);
  wire.send("e", 1);
  assert.deepEqual(tape.sent, ["a", "b\nc", "d", "e"]);
});

Deno.test("[R1] two sockets of one edge each have their own first frame", () => {
  const clock = new HandClock();
  const window = new BurstWindow(clock, LIMITS);
  const [one, two] = [new Tape(), new Tape()];
  new BurstWire(one, window).send("a", 1);
  new BurstWire(two, window).send("a", 1);
  assert.deepEqual([one.sent, two.sent], [["a"], ["a"]]);
});

/** Three sockets of an edge to the other two hundred of which something is sent all the time. */
function busyEdge() {
  const clock = new HandClock();
  const window = new BurstWindow(clock, LIMITS);
  const others = Array.from({ length: 200 }, () => new BurstWire(new Tape(), window));
  const passBusily = (ms: number) => {
    for (let passedMs = 0; passedMs < ms; passedMs += 1) {
      for (const other of others) other.send("x", 1);
      clock.advance(1);
    }
  };
  passBusily(100);
  const tapes = [new Tape(), new Tape(), new Tape()];
  return { clock, passBusily, tapes, wires: tapes.map((tape) => new BurstWire(tape, window)) };
}

Deno.test("[Z7] a busy edge gathers for longer, at most for the stated time, and answers at once again when it is not", () => {
  const { clock, passBusily, tapes, wires } = busyEdge();
  for (const text of ["a", "b"]) {
    wires[0]?.send(text, 1);
    passBusily(LIMITS.burstWindowMsMax / 2 - 1);
  }
  assert.deepEqual(tapes[0]?.sent, []);
  passBusily(2);
  assert.deepEqual(tapes[0]?.sent, ["a\nb"]);
  for (let moments = 0; moments < 3; moments += 1) clock.advance(LIMITS.burstWindowMsMax);
  wires[0]?.send("c", 1);
  assert.deepEqual(tapes[0]?.sent, ["a\nb", "c"]);
});

Deno.test("[Z7] one word to very many is no storm: what follows it waits two moments of a quiet edge at most", () => {
  const clock = new HandClock();
  const window = new BurstWindow(clock, LIMITS);
  const wires = Array.from({ length: 200 }, () => new BurstWire(new Tape(), window));
  for (const wire of wires) wire.send("to all", 6);
  clock.advance(LIMITS.burstWindowMs);
  const tape = new Tape();
  new BurstWire(tape, window).send("ack", 3);
  clock.advance(2 * LIMITS.burstWindowMs);
  assert.deepEqual(tape.sent, ["ack"]);
});

Deno.test("[Z7] on a busy edge each message waits from its own first frame on", () => {
  const { passBusily, tapes, wires } = busyEdge();
  wires[0]?.send("early", 5);
  passBusily(12);
  wires[0]?.send("with it", 7);
  wires[1]?.send("late", 4);
  passBusily(8);
  assert.deepEqual(tapes.map(({ sent }) => sent), [["early\nwith it"], [], []]);
  passBusily(12);
  assert.deepEqual(tapes[1]?.sent, ["late"]);
});

Deno.test("[Z7] a text that comes to a further socket later leaves no later for it than for the first", () => {
  const { clock, tapes, wires } = busyEdge();
  wires[0]?.send("same", 4);
  clock.advance(5);
  wires[1]?.send("same", 4);
  wires[2]?.send("other", 5);
  clock.advance(LIMITS.burstWindowMsMax - 5);
  assert.deepEqual(tapes.map(({ sent }) => sent), [["same"], ["same"], []]);
  clock.advance(5);
  assert.deepEqual(tapes[2]?.sent, ["other"]);
});

Deno.test("[Z7] the same frames in the same order are put together once, whoever is to get them", () => {
  const nothing = new Bundle("", 0);
  const both = nothing.and("a", 1).and("é", 2);
  assert.equal(both.text, "a\né");
  assert.equal(both.bytes, 4);
  assert.equal(nothing.and("a", 1).and("é", 2), both);
  assert.equal(nothing.and("a", 1).and("ack", 3).and("é", 2).text, "a\nack\né");
  assert.equal(nothing.and("b", 1).text, "b");
});

Deno.test("[W1] only a peer that asked for bursts gets them; none of its frames is lost before a close", async () => {
  await using served = await ServedEdge.start();
  const messages: string[] = [];
  const closed = Promise.withResolvers<void>();
  const socket = new WebSocket(served.url, "neurolearn.v1");
  socket.onmessage = ({ data }) => messages.push(data);
  socket.onclose = () => closed.resolve();
  socket.onopen = () => {
    socket.send(JSON.stringify({ type: "hello", token: "student:ada", bursts: true }));
    for (let i = 0; i < 20; i += 1) socket.send(JSON.stringify({ type: "ping", sent_ms: i }));
    socket.send(JSON.stringify({ type: "hello", token: "refused" }));
  };
  await closed.promise;
  const frames = messages.flatMap((message) => message.split("\n")).map((line) => JSON.parse(line));
  assert.deepEqual(frames.filter(({ type }) => type === "pong").map(({ sent_ms }) => sent_ms), [...Array(20).keys()]);
  assert.ok(messages.length < frames.length, "some came together");
});
