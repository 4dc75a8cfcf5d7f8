/** The world's clock: order, cancellation, and promises run dry between events. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { SimulatedProcess } from "./simulated_process.ts";
import { VirtualTime } from "./virtual_time.ts";

async function playOut(time: VirtualTime): Promise<void> {
  while (await time.step());
}

Deno.test("VirtualTime happens in order of time, then of asking, and never what was cancelled", async () => {
  await fc.assert(fc.asyncProperty(fc.array(fc.tuple(fc.nat(20), fc.boolean())), async (plan) => {
    const time = new VirtualTime();
    const told: number[] = [];
    plan.forEach(([delayMs, cancelled], i) => {
      const cancel = time.in(delayMs, () => told.push(i));
      if (cancelled) cancel();
    });
    await playOut(time);
    const expected = plan.map(([delayMs, cancelled], i) => ({ delayMs, cancelled, i }))
      .filter(({ cancelled }) => !cancelled)
      .sort((a, b) => a.delayMs - b.delayMs || a.i - b.i);
    assert.deepEqual(told, expected.map(({ i }) => i));
  }));
});

Deno.test("VirtualTime lets every chain of promises end before the next event", async () => {
  const time = new VirtualTime();
  const told: string[] = [];
  const chain = async () => {
    for (let i = 0; i < 5000; i++) await null;
    told.push("chain");
  };
  time.in(0, () => void chain());
  time.in(0, () => told.push("next"));
  await playOut(time);
  assert.deepEqual(told, ["chain", "next"]);
});

Deno.test("SimulatedProcess holds everything while it is frozen, and nothing reaches it after its death", async () => {
  const time = new VirtualTime();
  const process = new SimulatedProcess(time, "seat", "node", 0);
  const told: string[] = [];
  process.clock.after(10, () => told.push(`timer at ${time.elapsedMs()}`));
  time.in(5, () => process.pause());
  time.in(15, () => process.enter(() => told.push(`visit at ${time.elapsedMs()}`)));
  time.in(100, () => process.resume());
  process.clock.after(200, () => told.push("too late"));
  time.in(150, () => process.kill());
  await playOut(time);
  assert.deepEqual(told, ["timer at 100", "visit at 100"]);
});
