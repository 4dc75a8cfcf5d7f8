/** A learner who goes silent: noticed after a while, paused after a longer one. */
import assert from "node:assert/strict";
import { session } from "../../../src/domain/session/aggregate.ts";
import { IDLE_MS_MAX, IDLE_NOTICE_MS } from "../../../src/domain/session/limits.ts";
import { begun } from "./session_run.ts";

Deno.test("[E5] [T2] each of the learner's commands moves the idle deadline; at it the session pauses, silence not counted", () => {
  const run = begun();
  run.serve();
  run.nowMs += IDLE_MS_MAX - 1;
  run.done({ type: "hint", item: run.opened().number });
  const heardAtMs = run.nowMs;
  const dueMs = heardAtMs + IDLE_NOTICE_MS;
  assert.equal(run.timers.get("idle")?.dueMs, dueMs);
  const stale = { kind: "timer", name: "idle", dueMs: dueMs - 1 } as const;
  assert.equal(run.refused({ type: "idle_deadline" }, stale), "not_idle");
  run.fireNextTimer();
  assert.equal(run.state.status, "active");
  assert.equal(run.timers.get("idle")?.dueMs, heardAtMs + IDLE_MS_MAX);
  assert.equal(run.refused({ type: "idle_deadline" }, stale), "not_idle");
  run.fireNextTimer();
  assert.equal(run.state.status, "paused");
  assert.equal(Object(session.view(run.state, "learner", run.nowMs)).pause_cause, "idle");
  assert.equal(
    Object(session.view(run.state, "learner", run.nowMs)).performance_metrics.time_on_task_ms,
    IDLE_MS_MAX - 1,
  );
});
