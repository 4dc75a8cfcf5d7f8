/** Frames that leave together: for peers that asked for it, in order, none late for long, none lost. */
import assert from "node:assert/strict";
import { Bundle, BurstWindow, BurstWire } from "../../src/http/socket/bursts.ts";
import { HandClock } from "./hand_clock.ts";
import { ServedEdge } from "./served_edge.ts";

const LIMITS = { burstWindowMs: 1, burstWindowMsMax: 50, burstMessagesPerMsMax: 20 };

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

Deno.test("[Z7] a busy edge gathers for longer, at most for the stated time, and answers at once again when it is not", () => {
  const clock = new HandClock();
  const window = new BurstWindow(clock, LIMITS);
  const tapes = Array.from({ length: 200 }, () => new Tape());
  const wires = tapes.map((tape) => new BurstWire(tape, window));
  const sendAll = (text: string) => wires.forEach((wire) => wire.send(text, 1));
  for (const text of ["a", "b"]) sendAll(text);
  clock.advance(1);
  // 400 messages in that moment, at 20 a millisecond: the next one is 20 ms.
  for (const text of ["c", "d"]) {
    sendAll(text);
    clock.advance(9);
  }
  assert.deepEqual(tapes[0]?.sent, ["a", "b"]);
  clock.advance(2);
  assert.deepEqual(tapes[199]?.sent, ["a", "b", "c\nd"]);
  for (const text of ["e", "f"]) {
    sendAll(text);
    clock.advance(LIMITS.burstWindowMsMax);
    assert.equal(tapes[7]?.sent.at(-1), text);
  }
  clock.advance(LIMITS.burstWindowMsMax);
  sendAll("g");
  assert.equal(tapes[7]?.sent.at(-1), "g");
});

Deno.test("[Z7] on a busy edge each message waits from its own first frame on", () => {
  const clock = new HandClock();
  const window = new BurstWindow(clock, LIMITS);
  const tapes = Array.from({ length: 200 }, () => new Tape());
  const wires = tapes.map((tape) => new BurstWire(tape, window));
  for (const text of ["a", "b"]) for (const wire of wires) wire.send(text, 1);
  clock.advance(1);
  // 400 messages in that moment: what begins now waits for 20 ms.
  wires[0]?.send("early", 5);
  clock.advance(12);
  wires[0]?.send("with it", 7);
  wires[1]?.send("late", 4);
  clock.advance(8);
  assert.equal(tapes[0]?.sent.at(-1), "early\nwith it");
  assert.equal(tapes[1]?.sent.at(-1), "b");
  clock.advance(12);
  assert.equal(tapes[1]?.sent.at(-1), "late");
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

Deno.test("[Z7] a text that comes to a further socket later leaves no later for it than for the first", () => {
  const clock = new HandClock();
  const window = new BurstWindow(clock, LIMITS);
  const tapes = Array.from({ length: 200 }, () => new Tape());
  const wires = tapes.map((tape) => new BurstWire(tape, window));
  for (const text of ["a", "b"]) for (const wire of wires) wire.send(text, 1);
  clock.advance(1);
  // 400 messages in that moment: what begins now waits for 20 ms.
  wires[0]?.send("same", 4);
  clock.advance(5);
  wires[1]?.send("same", 4);
  wires[2]?.send("other", 5);
  clock.advance(15);
  assert.deepEqual(tapes.slice(0, 3).map(({ sent }) => sent.at(-1)), ["same", "same", "b"]);
  clock.advance(5);
  assert.equal(tapes[2]?.sent.at(-1), "other");
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
