/** What leaves a slow socket, step by step: queued, coalesced, cut, caught up, given up. */
import assert from "node:assert/strict";
import fc from "fast-check";
import type { ResumePoint } from "../../src/actors/envelope.ts";
import { DEFAULT_SOCKET_LIMITS } from "../../src/http/socket/limits.ts";
import { type Lane, Outgoing } from "../../src/http/socket/outgoing.ts";
import type { Wire } from "../../src/http/socket/wire.ts";
import { HandClock } from "./hand_clock.ts";

const LIMITS = { ...DEFAULT_SOCKET_LIMITS, runtimeBufferBytesMax: 100, queueBytesMax: 1_000, stalledMsMax: 5_000 };

/** A socket whose peer reads only when told to. */
class SlowWire implements Wire {
  readyState: number = WebSocket.OPEN;
  readonly sent: string[] = [];
  bufferedAmount = 0;

  bufferedMost(): number {
    return this.bufferedAmount;
  }

  send(text: string): void {
    this.sent.push(text);
    this.bufferedAmount += text.length;
  }
}

/** A channel with a journal of its own: after a cut it says again what has not passed. */
class JournalLane implements Lane {
  readonly #name: string;
  readonly #outgoing: () => Outgoing;
  readonly passedSeqs: number[] = [];
  #seq = 0;
  #isSilent = false;

  constructor(name: string, outgoing: () => Outgoing) {
    this.#name = name;
    this.#outgoing = outgoing;
  }

  get seq(): number {
    return this.#seq;
  }

  happen(): void {
    this.#seq += 1;
    if (!this.#isSilent) this.#say(this.#seq);
  }

  pass(note: string): void {
    if (!this.#isSilent) this.#outgoing().passing(frame(`${this.#name} ${note}`), this, "note");
  }

  passed({ seq }: ResumePoint): void {
    this.passedSeqs.push(seq);
  }

  cut(): void {
    this.#isSilent = true;
  }

  catchUp(): void {
    this.#isSilent = false;
    for (let seq = (this.passedSeqs.at(-1) ?? 0) + 1; seq <= this.#seq && !this.#isSilent; seq++) this.#say(seq);
  }

  #say(seq: number): void {
    this.#outgoing().advance(frame(`${this.#name} event ${seq}`), this, { epoch: 1, seq });
  }
}

function frame(label: string, bytes = 100) {
  const text = label.padEnd(bytes, ".");
  return { text, bytes };
}

function labels(wire: SlowWire): string[] {
  return wire.sent.map((text) => text.replace(/\.+$/, ""));
}

function setUp() {
  const clock = new HandClock();
  const wire = new SlowWire();
  let tooSlow = 0;
  const outgoing: Outgoing = new Outgoing(wire, LIMITS, clock, () => {
    tooSlow += 1;
    outgoing.end();
    wire.readyState = WebSocket.CLOSING;
  });
  const lane = new JournalLane("a", () => outgoing);
  return { clock, wire, outgoing, lane, tooSlow: () => tooSlow };
}

/** Lets the peer read everything that comes until nothing waits any more. */
function drain(wire: SlowWire, outgoing: Outgoing, clock: HandClock): void {
  for (let round = 0; round < 10_000 && (round < 2 || outgoing.waitingBytes + wire.bufferedAmount > 0); round++) {
    wire.bufferedAmount = 0;
    clock.advance(LIMITS.drainPollMs);
  }
}

Deno.test("[R4 Z6] while a socket is behind, answers and events go first, in order, then what passed by newest", () => {
  const { clock, wire, outgoing, lane } = setUp();
  lane.happen();
  lane.happen();
  for (const note of ["one", "two", "three"]) lane.pass(note);
  lane.happen();
  lane.pass("four");
  outgoing.follow(frame("a digest"), lane);
  outgoing.answer(frame("ack"));
  lane.happen();
  drain(wire, outgoing, clock);
  lane.pass("five");
  const ordered = ["a event 1", "a event 2", "a event 3", "a digest", "ack", "a event 4"];
  assert.deepEqual(labels(wire), [...ordered, "a four", "a five"]);
});

Deno.test("[R4] over the cap the channel with most waiting is cut, answers and other channels are kept, then it catches up", () => {
  const { clock, wire, outgoing, lane } = setUp();
  const quiet = new JournalLane("b", () => outgoing);
  quiet.happen();
  quiet.happen();
  outgoing.answer(frame("ack 1"));
  for (let i = 0; i < 50; i++) lane.happen();
  assert.ok(outgoing.waitingBytes <= LIMITS.queueBytesMax);
  assert.equal(outgoing.cuts, 1);
  outgoing.answer(frame("ack 2"));
  drain(wire, outgoing, clock);
  assert.deepEqual(lane.passedSeqs, Array.from({ length: 50 }, (_, i) => i + 1));
  assert.deepEqual(quiet.passedSeqs, [1, 2]);
  assert.deepEqual(labels(wire).filter((label) => label.startsWith("ack")), ["ack 1", "ack 2"]);
});

Deno.test("[R4] answers that nobody reads end the socket", () => {
  const { outgoing, tooSlow } = setUp();
  for (let i = 0; i < 20; i++) outgoing.answer(frame("ack"));
  assert.equal(tooSlow(), 1);
  assert.equal(outgoing.waitingBytes, 0);
});

Deno.test("[R4] a socket is given up when no byte has left for the stated time, and not while bytes leave slowly", () => {
  const { clock, wire, outgoing, tooSlow } = setUp();
  outgoing.answer(frame("long", 900));
  for (let i = 0; i < 8; i++) {
    clock.advance(LIMITS.stalledMsMax - 1);
    wire.bufferedAmount -= 100;
    outgoing.checkProgress();
  }
  assert.equal(tooSlow(), 0);
  clock.advance(LIMITS.stalledMsMax);
  outgoing.checkProgress();
  assert.equal(tooSlow(), 1);
});

Deno.test("[R4] whatever comes and however the peer reads, waiting bytes are bounded and every event passes once, in order", () => {
  const step = fc.oneof(
    { weight: 5, arbitrary: fc.record({ kind: fc.constant("event"), lane: fc.nat({ max: 2 }) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant("note"), lane: fc.nat({ max: 2 }) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("read"), lane: fc.nat({ max: 400 }) }) },
  );
  fc.assert(fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
    const { clock, wire, outgoing, tooSlow } = setUp();
    const lanes = ["a", "b", "c"].map((name) => new JournalLane(name, () => outgoing));
    for (const { kind, lane } of steps) {
      if (kind === "event") lanes[lane]?.happen();
      else if (kind === "note") lanes[lane]?.pass("note");
      else {
        wire.bufferedAmount = Math.max(0, wire.bufferedAmount - lane);
        clock.advance(LIMITS.drainPollMs);
      }
      assert.ok(outgoing.waitingBytes <= LIMITS.queueBytesMax);
    }
    drain(wire, outgoing, clock);
    assert.equal(tooSlow(), 0);
    for (const lane of lanes) assert.deepEqual(lane.passedSeqs, Array.from({ length: lane.seq }, (_, i) => i + 1));
  }));
});
