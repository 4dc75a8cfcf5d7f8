/** Sessions stored by version 1, whose receipts knew neither statistics nor sightings. */
import assert from "node:assert/strict";
import { session } from "../../../src/domain/session/aggregate.ts";
import type { SessionState } from "../../../src/domain/session/state.ts";
import { begun, type SessionRun } from "./session_run.ts";

/** What version 1 would have stored in place of `value`. */
function asVersion1(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, held) => key === "statisticsVersion" || key === "sighting" ? undefined : held),
  );
}

function opened(): SessionRun {
  const run = begun();
  run.serve();
  return run;
}

Deno.test("[S5] a session of version 1 comes back whole, its open item's receipt without statistics", () => {
  const waiting = begun().state;
  const working = opened().state;
  const paused = opened();
  paused.done({ type: "pause" });
  for (const state of [waiting, working, paused.state]) {
    const stored: SessionState = session.upcastState(1, asVersion1(state));
    assert.deepEqual(stored, state);
  }
});

Deno.test("[S5] events of version 1 are read as this version writes them", () => {
  for (const { event } of opened().journal) {
    assert.deepEqual(session.upcastEvent(1, event.type, asVersion1(event)), event);
  }
});
