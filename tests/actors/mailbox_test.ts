/** Mailbox: bounds, lanes and order. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { Mailbox } from "../../src/actors/mailbox.ts";
import type { Priority } from "../../src/domain/aggregate.ts";

const PRIORITIES: readonly Priority[] = ["control", "graded", "event", "ephemeral"];

Deno.test("[B1] a full mailbox refuses and keeps what it has", () => {
  const mailbox = new Mailbox<number>(20);
  for (let i = 0; i < 20; i++) mailbox.offer(i, "control");
  assert.equal(mailbox.offer(99, "control"), "full");
  assert.deepEqual(mailbox.takeAll(), Array.from({ length: 20 }, (_, i) => i));
});

Deno.test("[B2] control leaves before graded, graded before event, event before ephemeral", () => {
  const mailbox = new Mailbox<string>(100);
  for (const priority of [...PRIORITIES].reverse()) {
    mailbox.offer(`${priority} 1`, priority);
    mailbox.offer(`${priority} 2`, priority);
  }
  assert.deepEqual(mailbox.takeAll(), PRIORITIES.flatMap((priority) => [`${priority} 1`, `${priority} 2`]));
});

Deno.test("[B2] ephemerals fill a quarter at most, so graded commands always find room", () => {
  const mailbox = new Mailbox<number>(100);
  const accepted = Array.from({ length: 100 }, (_, i) => mailbox.offer(i, "ephemeral"));
  assert.equal(accepted.filter((outcome) => outcome === "accepted").length, 25);
  assert.equal(mailbox.offer(0, "graded"), "accepted");
});

Deno.test("[B1] a mailbox of one accepts any one", () => {
  for (const priority of PRIORITIES) {
    const mailbox = new Mailbox<number>(1);
    assert.equal(mailbox.offer(1, priority), "accepted");
    assert.equal(mailbox.offer(2, "control"), "full");
  }
});

Deno.test("[L5] what is put back is tried before the rest of its lane", () => {
  const mailbox = new Mailbox<number>(10);
  for (const i of [1, 2, 3]) mailbox.offer(i, "graded");
  const first = mailbox.take();
  mailbox.putBack(first ?? 0, "graded");
  assert.deepEqual(mailbox.takeAll(), [1, 2, 3]);
});

Deno.test("[L1] a closed mailbox takes nothing more and gives what it has", () => {
  const mailbox = new Mailbox<number>(10);
  mailbox.offer(1, "event");
  mailbox.close();
  assert.equal(mailbox.offer(2, "event"), "closed");
  assert.equal(mailbox.admit(3, "event"), "closed");
  assert.deepEqual(mailbox.takeAll(), [1]);
});

Deno.test("[B2 B3] any mix of offers, returns and takes behaves like four plain lists", () => {
  const step = fc.oneof(
    fc.record({ do: fc.constant("offer" as const), priority: fc.constantFrom(...PRIORITIES) }),
    fc.record({ do: fc.constantFrom("take" as const, "take_and_return" as const) }),
  );
  fc.assert(fc.property(fc.integer({ min: 1, max: 40 }), fc.array(step, { maxLength: 300 }), (capacity, steps) => {
    const mailbox = new Mailbox<{ n: number; priority: Priority }>(capacity);
    const lists = new Map(PRIORITIES.map((priority) => [priority, [] as number[]]));
    steps.forEach((one, n) => {
      if (one.do === "offer") {
        const outcome = mailbox.offer({ n, priority: one.priority }, one.priority);
        if (outcome === "accepted") lists.get(one.priority)?.push(n);
      } else {
        const taken = mailbox.take();
        const best = PRIORITIES.find((priority) => (lists.get(priority)?.length ?? 0) > 0);
        assert.equal(taken?.n, best === undefined ? undefined : lists.get(best)?.[0]);
        if (one.do === "take_and_return" && taken !== null) mailbox.putBack(taken, taken.priority);
        else if (best !== undefined) lists.get(best)?.shift();
      }
      const size = [...lists.values()].reduce((sum, list) => sum + list.length, 0);
      assert.equal(mailbox.size, size);
      assert.ok(size <= capacity);
    });
  }));
});
