import assert from "node:assert/strict";
import fc from "fast-check";
import { FrameQueue } from "../../src/ml/frame_queue.ts";
import { type BatchLanes, type BatchLimits, MicroBatcher } from "../../src/ml/micro_batcher.ts";
import { ManualClock } from "./manual_clock.ts";

interface Sent {
  readonly atMs: number;
  readonly batch: readonly number[];
}

/** Lanes that are freed by hand, and what they were given. */
class HandLanes implements BatchLanes<number> {
  readonly sent: Sent[] = [];
  readonly #clock: ManualClock;
  #free: number;

  constructor(clock: ManualClock, free: number) {
    this.#clock = clock;
    this.#free = free;
  }

  free(): number {
    return this.#free;
  }

  send(batch: readonly number[]): Promise<void> {
    this.#free -= 1;
    this.sent.push({ atMs: this.#clock.nowMs(), batch });
    return Promise.resolve();
  }

  release(): void {
    this.#free += 1;
  }
}

function bench(limits: BatchLimits, freeLanes: number) {
  const clock = new ManualClock();
  const lanes = new HandLanes(clock, freeLanes);
  const queue = new FrameQueue<number>(1000);
  const batcher = new MicroBatcher(() => limits, queue, lanes, clock);
  const arrive = (request: number) => {
    queue.offer(String(request), request, clock.nowMs());
    batcher.arrived();
  };
  return { clock, lanes, queue, batcher, arrive };
}

const LIMITS: BatchLimits = { batchMax: 4, batchWaitMsMax: 10 };

Deno.test("[B3] an idle server answers at once", () => {
  const { clock, lanes, arrive } = bench(LIMITS, 9);
  arrive(1);
  clock.advance(1000);
  arrive(2);
  clock.advance(1000);
  arrive(3);
  assert.deepEqual(lanes.sent.map(({ atMs, batch }) => [atMs, ...batch]), [[0, 1], [1000, 2], [2000, 3]]);
});

Deno.test("[B3] under load requests wait for company, and a full batch leaves at once", () => {
  const { clock, lanes, arrive, batcher } = bench(LIMITS, 99);
  for (let request = 0; request < 40; request += 1) {
    arrive(request);
    clock.advance(1);
  }
  assert.ok(batcher.waitLimitMs() > 0 && batcher.waitLimitMs() <= LIMITS.batchWaitMsMax);
  assert.ok(lanes.sent.slice(-4).every(({ batch }) => batch.length >= 3), JSON.stringify(lanes.sent));
});

Deno.test("[B3] after a burst the wait is forgotten with the first gap", () => {
  const { clock, lanes, arrive } = bench(LIMITS, 99);
  for (let request = 0; request < 20; request += 1) arrive(request);
  clock.advance(5000);
  arrive(99);
  assert.deepEqual(lanes.sent.at(-1), { atMs: 5000, batch: [99] });
});

Deno.test("[B3] while every lane is busy nothing leaves; the freed lane takes a full batch", () => {
  const { lanes, queue, batcher, arrive } = bench(LIMITS, 0);
  for (let request = 0; request < 6; request += 1) arrive(request);
  assert.deepEqual(lanes.sent, []);
  lanes.release();
  batcher.dispatch();
  assert.deepEqual(lanes.sent.map(({ batch }) => batch), [[0, 1, 2, 3]]);
  assert.equal(queue.size, 2);
});

const action = fc.oneof(
  fc.record({ kind: fc.constant("arrive" as const), afterMs: fc.integer({ min: 0, max: 30 }) }),
  fc.record({ kind: fc.constant("release" as const), afterMs: fc.integer({ min: 0, max: 30 }) }),
);

Deno.test("[B3] every request leaves once, in order, in batches no larger than allowed", () => {
  fc.assert(
    fc.property(fc.array(action, { maxLength: 80 }), (actions) => {
      const { clock, lanes, batcher, arrive } = bench(LIMITS, 1);
      let arrived = 0;
      for (const { kind, afterMs } of actions) {
        clock.advance(afterMs);
        if (kind === "arrive") arrive(arrived++);
        else {
          lanes.release();
          batcher.dispatch();
        }
      }
      for (let spare = 0; spare < arrived; spare += 1) lanes.release();
      batcher.dispatch();
      clock.advance(LIMITS.batchWaitMsMax);
      assert.ok(lanes.sent.every(({ batch }) => batch.length > 0 && batch.length <= LIMITS.batchMax));
      assert.deepEqual(lanes.sent.flatMap(({ batch }) => batch), Array.from({ length: arrived }, (_, index) => index));
      assert.equal(clock.pendingAlarms, 0);
    }),
    { verbose: 1 },
  );
});

Deno.test("[B3] with a lane free nobody waits longer than the limit", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 25 }), { maxLength: 60 }), (gapsMs) => {
      const { clock, lanes, arrive } = bench(LIMITS, 1000);
      const arrivedAtMs: number[] = [];
      for (const gapMs of gapsMs) {
        clock.advance(gapMs);
        arrivedAtMs.push(clock.nowMs());
        arrive(arrivedAtMs.length - 1);
      }
      clock.advance(LIMITS.batchWaitMsMax);
      const waitsMs = lanes.sent.flatMap(({ atMs, batch }) =>
        batch.map((request) => atMs - (arrivedAtMs[request] ?? 0))
      );
      assert.equal(waitsMs.length, gapsMs.length);
      assert.ok(waitsMs.every((waitMs) => waitMs <= LIMITS.batchWaitMsMax));
    }),
    { verbose: 1 },
  );
});
