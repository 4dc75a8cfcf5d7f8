/** When a hidden tab makes a learner off task, worked out ahead and looked at millisecond by millisecond. */
import assert from "node:assert/strict";
import fc from "fast-check";
import {
  attended,
  ATTENDING,
  type Attention,
  elapsed,
  offTaskChangeMs,
  offTaskSince,
} from "../../../src/domain/affect/attention.ts";

const START_MS = 1_000_000;
/** Longer than anything that is looked back on. */
const HORIZON_MS = 7 * 60_000;

/** How long the tab stays as it is, by turns hidden and shown, and how far off the client's clock is. */
const words = fc.array(
  fc.record({ afterMs: fc.integer({ min: 0, max: 90_000 }), skewMs: fc.integer({ min: -12_000, max: 2_000 }) }),
  { minLength: 1, maxLength: 24 },
);

function said(steps: readonly { readonly afterMs: number; readonly skewMs: number }[]): [Attention, number] {
  let attention = ATTENDING;
  let nowMs = START_MS;
  for (const [i, { afterMs, skewMs }] of steps.entries()) {
    nowMs += afterMs;
    const dueMs = offTaskChangeMs(attention);
    if (dueMs !== null && dueMs <= nowMs) attention = elapsed(attention, dueMs);
    attention = attended(attention, i % 2 === 0, nowMs + skewMs, nowMs);
  }
  return [attention, nowMs];
}

Deno.test("[M22] the moment that is waited for is the first at which the learner is off task, or no more", () => {
  const changes = { begins: 0, ends: 0 };
  fc.assert(
    fc.property(words, (steps) => {
      const [attention, nowMs] = said(steps);
      const isOff = (atMs: number) => offTaskSince(attention, atMs) !== null;
      const before = isOff(nowMs);
      const dueMs = offTaskChangeMs(attention);
      for (let atMs = nowMs; atMs < (dueMs ?? nowMs + HORIZON_MS); atMs += 997) assert.equal(isOff(atMs), before);
      if (dueMs === null) return;
      changes[before ? "ends" : "begins"] += 1;
      assert.ok(dueMs > nowMs && Number.isInteger(dueMs));
      assert.deepEqual([isOff(dueMs - 1), isOff(dueMs)], [before, !before]);
      assert.equal(offTaskChangeMs(elapsed(attention, dueMs)), null, "nothing more happens by itself");
    }),
    { numRuns: 2_000 },
  );
  assert.ok(changes.begins > 100 && changes.ends > 100, JSON.stringify(changes));
});

Deno.test("[M22] a spell dates from an absence's start, however often and late one looks", () => {
  fc.assert(
    fc.property(words, fc.array(fc.integer({ min: 0, max: 60_000 }), { maxLength: 8 }), (steps, looks) => {
      const [attention, nowMs] = said(steps);
      const starts = [attention.hiddenSinceMs, ...attention.absences.map(({ fromMs }) => fromMs)];
      const due = offTaskChangeMs(attention) ?? nowMs;
      const since = offTaskSince(attention, due);
      if (since === null || attention.offTaskSinceMs !== null) return;
      assert.ok(starts.includes(since) && since < due);
      for (const laterMs of looks) assert.equal(offTaskSince(attention, due + laterMs), since);
    }),
    { numRuns: 500 },
  );
});
