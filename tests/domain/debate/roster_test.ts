/** A debate and the class that it belongs to: who leaves, who comes, and whose turn passes. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { debate } from "../../../src/domain/debate/aggregate.ts";
import { evolve } from "../../../src/domain/debate/evolve.ts";
import { turnOf } from "../../../src/domain/debate/plan.ts";
import { type DebateState, isRunning } from "../../../src/domain/debate/state.ts";
import type { ClassPart } from "../../../src/domain/classroom/roster.ts";
import { ENGINE } from "../../../src/domain/engine.ts";
import { AI_PLAN, as, DebateRun, PLAN } from "./debate_run.ts";

const BY_CLASS = { kind: "client", principal: ENGINE } as const;
const WHY = "We talk about it first";

function left(run: DebateRun, ...removed: readonly string[]): void {
  run.done({ type: "roster_changed", upserted: [], removed }, BY_CLASS);
}

function came(run: DebateRun, userId: string, part: ClassPart): void {
  run.done({ type: "roster_changed", upserted: [{ userId, part }], removed: [] }, BY_CLASS);
}

function audience(run: DebateRun, userId: string): string | null {
  const origin = as(userId);
  return origin.kind === "client" ? debate.audienceOf(run.debate, origin.principal) : null;
}

function turnOn({ debate }: DebateRun): number | null {
  return isRunning(debate) ? debate.phase.turn : null;
}

Deno.test("[V8] who leaves the class sees and steers no more, who comes does, and only the class says so", () => {
  const run = DebateRun.started();
  assert.deepEqual(["tess", "ada", "cat", "dot", "otto"].map((id) => audience(run, id)), [
    "host",
    "speaker:ada",
    "spectator",
    null,
    null,
  ]);
  const change = { type: "roster_changed", upserted: [], removed: ["ben"] } as const;
  for (const who of ["tess", "ada", "root"]) assert.equal(run.refused(change, as(who)), "forbidden");
  came(run, "otto", "co_teacher");
  came(run, "dot", "student");
  left(run, "tess", "cat", "nobody");
  assert.deepEqual(["otto", "dot", "tess", "cat"].map((id) => audience(run, id)), ["host", "spectator", null, null]);
  assert.equal(run.refused({ type: "pause", reason: WHY }, as("tess")), "forbidden");
  run.done({ type: "pause", reason: WHY }, as("otto"));
  const events = run.journal.length;
  came(run, "dot", "student");
  assert.equal(run.journal.length, events, "nothing has changed");
});

Deno.test("[V8] those whose place changes are asked for anew, and nobody when somebody comes", () => {
  const run = DebateRun.started();
  const asked = () => run.journal.flatMap((event) => debate.regroups?.(event) ?? []);
  came(run, "dot", "student");
  assert.deepEqual(asked(), []);
  left(run, "dot", "tess");
  assert.deepEqual(asked(), ["speaker:dot", "spectator", "speaker:tess", "host"]);
});

Deno.test("[V1] the turn of who has left passes, on the clock, after a pause and when it comes; who is back goes on", () => {
  const run = DebateRun.started();
  run.says("ada", "claim", null, "Sleep matters most of all.");
  left(run, "ada");
  assert.equal(turnOn(run), 2);
  assert.equal(run.dueMs, run.nowMs + PLAN.turnMs.opening, "ben has the whole of his time");
  assert.deepEqual(run.journal.at(-2), { type: "turn_ended", turn: 1, cause: "left" });
  assert.equal(run.debate.statements.length, 1);
  run.done({ type: "end_turn" }, as("ben"));
  assert.equal(turnOn(run), 4, "turn 3 was ada's");
  run.done({ type: "pause", reason: WHY }, as("tess"));
  left(run, "ben");
  came(run, "ada", "student");
  assert.equal(turnOn(run), null, "it is paused");
  run.done({ type: "resume", reason: WHY }, as("tess"));
  assert.equal(turnOn(run), 6, "4 and 5 were ben's");
  run.says("ada", "support", 1, "It makes them remember more.");
});

Deno.test("[V1] a debate that nobody is left to speak in is over, against an AI too, and those who spoke are judged", () => {
  for (const plan of [PLAN, AI_PLAN]) {
    const run = DebateRun.started(plan);
    run.says("ada", "claim", null, "Sleep matters most of all.");
    left(run, "ada", "ben");
    assert.equal(run.debate.phase.kind, "ended");
    assert.deepEqual(Object.keys(run.debate.judgements), ["ada"]);
    assert.deepEqual([run.dueMs, run.messages.length], [null, 1]);
  }
});

Deno.test("[V8] a student's practice stays theirs and their teachers', whoever comes", () => {
  const run = new DebateRun();
  run.done({ type: "open_debate", plan: { ...AI_PLAN, hosts: ["ada", "tess"], spectators: [] } }, as("ada"));
  came(run, "ada", "student");
  came(run, "dot", "student");
  came(run, "otto", "co_teacher");
  assert.deepEqual(["ada", "dot", "otto"].map((id) => audience(run, id)), ["speaker:ada", null, "host"]);
  run.done({ type: "start" }, as("ada"));
  left(run, "ada");
  assert.deepEqual([audience(run, "ada"), run.debate.phase.kind], [null, "ended"]);
});

Deno.test("[S5] [V8] a debate stored before rosters were followed knows the people of its plan, and its journal replays", () => {
  const run = DebateRun.started();
  const { people, ...stored } = run.debate;
  assert.deepEqual(people, { ada: "student", ben: "student", cat: "student", tess: "host" });
  assert.deepEqual(debate.upcastState(1, stored), run.debate);
  const replayed = run.journal.reduce<DebateState>(
    (state, event, i) => evolve(state, debate.upcastEvent(1, event.type, event), { seq: i + 1, atMs: run.nowMs }),
    debate.initial("d1"),
  );
  assert.deepEqual(replayed, run.debate);
});

const STEPS = fc.array(
  fc.record({
    userId: fc.constantFrom("ada", "ben", "cat", "dot", "tess"),
    what: fc.constantFrom("student", "co_teacher", "leaves", "time", "pause", "resume"),
  }),
  { maxLength: 40 },
);

Deno.test("[V1] however people come and go, no turn is on that nobody is there for, and the debate comes to its end", () => {
  fc.assert(fc.property(STEPS, (steps) => {
    const run = DebateRun.started();
    for (const { userId, what } of steps) {
      if (what === "leaves") left(run, userId);
      else if (what === "student" || what === "co_teacher") came(run, userId, what);
      else if (what === "time") { if (run.dueMs !== null) run.timeIsUp(); }
      else run.send({ type: what, reason: WHY }, as("root"));
      if (!isRunning(run.debate)) continue;
      const speaker = turnOf(run.debate.plan, run.debate.phase.turn)?.speaker;
      assert.ok(speaker?.kind === "learner" && audience(run, speaker.userId) !== null);
    }
    run.send({ type: "resume", reason: WHY }, as("root"));
    while (run.dueMs !== null) run.timeIsUp();
    assert.equal(run.debate.phase.kind, "ended");
  }));
});
