/** Frames that leave together: for peers that asked for it, in order, none late for long, none lost. */
import assert from "node:assert/strict";
import { BurstWindow, BurstWire } from "../../src/http/socket/bursts.ts";
import { HandClock } from "./hand_clock.ts";
import { ServedEdge } from "./served_edge.ts";

class Tape {
  readyState = 1;
  bufferedAmount = 0;
  readonly sent: string[] = [];
  send(text: string): void {
    this.sent.push(text);
  }
}

Deno.test("[R1] the first frame of a moment leaves at once, those after it together at its end, in order", () => {
  const clock = new HandClock();
  const tape = new Tape();
  const wire = new BurstWire(tape, new BurstWindow(clock, 1));
  for (const text of ["a", "b", "c"]) wire.send(text);
  assert.deepEqual(tape.sent, ["a"]);
  assert.equal(wire.bufferedAmount, 2);
  clock.advance(1);
  assert.deepEqual(tape.sent, ["a", "b\nc"]);
  assert.equal(wire.bufferedAmount, 0);
  wire.send("d");
  assert.deepEqual(tape.sent, ["a", "b\nc"], "the burst itself was the first of its moment");
  clock.advance(1);
  clock.advance(1);
  wire.send("e");
  assert.deepEqual(tape.sent, ["a", "b\nc", "d", "e"]);
});

Deno.test("[R1] two sockets of one edge each have their own first frame", () => {
  const clock = new HandClock();
  const window = new BurstWindow(clock, 1);
  const [one, two] = [new Tape(), new Tape()];
  new BurstWire(one, window).send("a");
  new BurstWire(two, window).send("a");
  assert.deepEqual([one.sent, two.sent], [["a"], ["a"]]);
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
