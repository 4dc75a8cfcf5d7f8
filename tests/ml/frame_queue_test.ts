import assert from "node:assert/strict";
import fc from "fast-check";
import { FrameQueue } from "../../src/ml/frame_queue.ts";

Deno.test("[M2] the newest frame of a learner wins and keeps the older one's place in line", () => {
  const queue = new FrameQueue<string>(10);
  queue.offer("ada", "ada 1", 0);
  queue.offer("bob", "bob 1", 1);
  assert.deepEqual(queue.offer("ada", "ada 2", 2), { kind: "replaced", older: "ada 1" });
  assert.equal(queue.oldestMs(), 0);
  assert.deepEqual(queue.take(5), ["ada 2", "bob 1"]);
  assert.equal(queue.oldestMs(), null);
});

Deno.test("[M2] a learner who sends ten times as often is served no more often", () => {
  const queue = new FrameQueue<string>(10);
  const served: string[] = [];
  for (let round = 0; round < 20; round += 1) {
    for (let repeat = 0; repeat < 10; repeat += 1) queue.offer("eager", "eager", round);
    queue.offer("calm", "calm", round);
    const [learner = ""] = queue.take(1);
    served.push(learner);
    queue.finished(learner);
  }
  assert.equal(served.filter((learner) => learner === "calm").length, 10);
});

Deno.test("[B3] a full queue refuses new learners and still takes newer frames of those who wait", () => {
  const queue = new FrameQueue<number>(2);
  queue.offer("ada", 1, 0);
  queue.offer("bob", 2, 0);
  assert.deepEqual(queue.offer("cy", 3, 0), { kind: "full" });
  assert.deepEqual(queue.offer("bob", 4, 0), { kind: "replaced", older: 2 });
  assert.deepEqual(queue.take(2), [1, 4]);
});

Deno.test("[M2] while a learner's frame is read the next one is held, so readings keep the order of capture", () => {
  const queue = new FrameQueue<string>(10);
  queue.offer("ada", "ada 1", 0);
  assert.deepEqual(queue.take(1), ["ada 1"]);
  queue.offer("ada", "ada 2", 1);
  queue.offer("bob", "bob 1", 2);
  assert.deepEqual(queue.offer("ada", "ada 3", 3), { kind: "replaced", older: "ada 2" });
  assert.deepEqual(queue.take(5), ["bob 1"]);
  queue.finished("ada");
  assert.deepEqual(queue.take(5), ["ada 3"]);
});

const step = fc.oneof(
  fc.record({ kind: fc.constant("offer" as const), learner: fc.integer({ min: 0, max: 6 }) }),
  fc.record({ kind: fc.constant("drop" as const), learner: fc.integer({ min: 0, max: 6 }) }),
  fc.record({ kind: fc.constant("take" as const), count: fc.integer({ min: 0, max: 4 }) }),
  fc.record({ kind: fc.constant("finish" as const), learner: fc.integer({ min: 0, max: 6 }) }),
);

Deno.test("[M2] every frame is taken once, replaced once, refused, or still waiting, and the newest is the one taken", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), fc.integer({ min: 1, max: 5 }), (steps, learnersMax) => {
      const queue = new FrameQueue<{ learner: number; number: number }>(learnersMax);
      const newest = new Map<number, number>();
      const beingRead = new Set<number>();
      let offered = 0, taken = 0, dropped = 0, replaced = 0, refused = 0;
      for (const action of steps) {
        if (action.kind === "take") {
          for (const frame of queue.take(action.count)) {
            assert.equal(frame.number, newest.get(frame.learner));
            assert.ok(!beingRead.has(frame.learner), "one frame of a learner is read at a time");
            beingRead.add(frame.learner);
            taken += 1;
          }
          continue;
        }
        if (action.kind === "drop") {
          const frame = queue.drop(String(action.learner));
          if (frame === null) continue;
          assert.equal(frame.number, newest.get(action.learner));
          dropped += 1;
          continue;
        }
        if (action.kind === "finish") {
          beingRead.delete(action.learner);
          queue.finished(String(action.learner));
          continue;
        }
        offered += 1;
        const outcome = queue.offer(String(action.learner), { learner: action.learner, number: offered }, offered);
        if (outcome.kind === "full") refused += 1;
        else newest.set(action.learner, offered);
        if (outcome.kind === "replaced") replaced += 1;
      }
      const left = queue.drain().length;
      assert.ok(left <= learnersMax);
      assert.equal(offered, taken + dropped + replaced + refused + left);
    }),
    { verbose: 1 },
  );
});
