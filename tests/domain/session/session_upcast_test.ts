/** Sessions stored by older versions: receipts and plans without what later ones hold. */
import assert from "node:assert/strict";
import { session } from "../../../src/domain/session/aggregate.ts";
import type { SessionState } from "../../../src/domain/session/state.ts";
import { begun, type SessionRun } from "./session_run.ts";

const SINCE_4 = ["right"];
const SINCE_3 = [
  ...SINCE_4,
  "classId",
  "policy",
  "grounds",
  "learnerSeq",
  "courseVersion",
  "chosenAtMs",
  "weights",
  "temperature",
  "override",
  "terms",
  ...["work", "examples", "interventions", "suggestion", "easierItemsLeft", "attention", "idleSinceMs", "hintsAtMs"],
];
type Older = 1 | 2 | 3;
const UNKNOWN_TO: Readonly<Record<Older, readonly string[]>> = {
  1: [...SINCE_3, "statisticsVersion", "sighting"],
  2: SINCE_3,
  3: SINCE_4,
};

/** What `version` would have stored in place of `value`. */
function asVersion(version: Older, value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, held) => UNKNOWN_TO[version].includes(key) ? undefined : held));
}

function opened(): SessionRun {
  const run = begun();
  run.serve();
  return run;
}

for (const version of [1, 2, 3] as const) {
  Deno.test(`[S5] a session of version ${version} comes back whole, with null for what that version did not know`, () => {
    const waiting = begun().state;
    const working = opened().state;
    const paused = opened();
    paused.done({ type: "pause" });
    for (const state of [waiting, working, paused.state]) {
      const stored: SessionState = session.upcastState(version, asVersion(version, state));
      assert.deepEqual(stored, state);
    }
  });

  Deno.test(`[S5] events of version ${version} are read as this version writes them`, () => {
    const run = opened();
    run.done({ type: "skip", item: run.opened().number });
    for (const { event } of run.journal) {
      const stored = event.type === "skipped" && version < 3 ? { type: event.type, item: event.item } : event;
      assert.deepEqual(session.upcastEvent(version, event.type, asVersion(version, stored)), event);
    }
  });
}
