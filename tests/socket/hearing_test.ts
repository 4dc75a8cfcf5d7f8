/** When a connection counts as silent, and since when as heard. */
import assert from "node:assert/strict";
import { DEFAULT_SOCKET_LIMITS } from "../../src/http/socket/limits.ts";
import { GRACE_MS } from "../../src/domain/classroom/limits.ts";
import { Hearing } from "../../src/http/socket/hearing.ts";
import { HandClock } from "./hand_clock.ts";

const { silenceSlackMs } = DEFAULT_SOCKET_LIMITS;
const PROMISE_MS = 1_000;

function onHandClock() {
  const clock = new HandClock();
  const turns: boolean[] = [];
  const hearing = new Hearing("phone", clock, DEFAULT_SOCKET_LIMITS, () => turns.push(hearing.isHeard));
  const begunMs = clock.nowMs();
  return { clock, hearing, turns, sinceMs: () => hearing.connection.heardSinceMs - begunMs };
}

Deno.test("[W7] who said when it will be heard and is not falls silent, and is heard since it came back", () => {
  const { clock, hearing, turns, sinceMs } = onHandClock();
  hearing.promised(PROMISE_MS);
  for (let pings = 0; pings < 5; pings += 1) {
    clock.advance(PROMISE_MS + silenceSlackMs - 1);
    hearing.heard();
  }
  assert.deepEqual([turns, sinceMs()], [[], 0]);
  clock.advance(PROMISE_MS + silenceSlackMs - 1);
  assert.ok(hearing.isHeard);
  clock.advance(1);
  assert.ok(!hearing.isHeard);
  clock.advance(60_000);
  hearing.heard();
  const backMs = 6 * (PROMISE_MS + silenceSlackMs) - 5 + 60_000;
  assert.deepEqual([turns, sinceMs()], [[false, true], backMs]);
  clock.advance(PROMISE_MS + silenceSlackMs);
  assert.deepEqual(turns, [false, true, false], "its word holds after it came back");
});

Deno.test("[W7] who has never said when it will be heard, or takes it back, may be silent for long", () => {
  const { clock, hearing, turns } = onHandClock();
  clock.advance(600_000);
  hearing.heard();
  hearing.promised(PROMISE_MS);
  clock.advance(PROMISE_MS);
  hearing.promised(null);
  clock.advance(600_000);
  hearing.promised(PROMISE_MS);
  hearing.heard();
  clock.advance(PROMISE_MS);
  hearing.end();
  clock.advance(600_000);
  assert.deepEqual(turns.filter((isHeard) => !isHeard).length, 1, "only the word given long after the last sign");
});

Deno.test("[W7] a reader that goes is a gap at once, and one that comes back begins anew though no gap was noticed", () => {
  const { clock, hearing, turns, sinceMs } = onHandClock();
  hearing.lost();
  hearing.lost();
  clock.advance(500);
  hearing.cameBack();
  assert.deepEqual([turns, sinceMs()], [[false, true], 500]);
  clock.advance(500);
  hearing.cameBack();
  assert.deepEqual([turns, sinceMs()], [[false, true], 1_000]);
});

Deno.test("[W7] with the shipped client's rhythm silence is noticed within the grace of pens down", () => {
  assert.ok(PROMISE_MS + silenceSlackMs + DEFAULT_SOCKET_LIMITS.presenceWaitMs < GRACE_MS);
});
