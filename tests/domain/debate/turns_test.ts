/** Turns, their clock, and what may be said in them. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { evolve } from "../../../src/domain/debate/evolve.ts";
import { TURN_MS_MAX } from "../../../src/domain/debate/limits.ts";
import { ARGUMENT_KINDS } from "../../../src/domain/debate/motion.ts";
import { turnsOf } from "../../../src/domain/debate/plan.ts";
import type { DebateState } from "../../../src/domain/debate/state.ts";
import { AI_PLAN, as, DebateRun, PLAN } from "./debate_run.ts";

const WHY = "We talk about it first";

Deno.test("[V1] sides take turns through opening, rebuttals and closing; those who are for begin and have the last word", () => {
  const plan = { ...PLAN, speakers: { for: ["ada", "dot"], against: ["ben"] }, rebuttalRounds: 2 };
  assert.deepEqual(
    turnsOf(plan).map(({ round, roundNumber, side, speaker }) =>
      `${round}${roundNumber} ${side} ${speaker.kind === "ai" ? "AI" : speaker.userId}`
    ),
    [
      "opening1 for ada",
      "opening1 against ben",
      "rebuttal1 for dot",
      "rebuttal1 against ben",
      "rebuttal2 for ada",
      "rebuttal2 against ben",
      "closing1 against ben",
      "closing1 for dot",
    ],
  );
});

Deno.test("[V1] only whose turn it is speaks; time passes the turn on, though nobody is there, to the end", () => {
  const run = DebateRun.started();
  assert.equal(run.refused({ type: "end_turn" }, as("ben")), "not_your_turn");
  assert.equal(run.refused({ type: "end_turn" }, as("cat")), "forbidden");
  run.says("ada", "claim", null, "A later start lets us sleep longer.");
  for (let left = turnsOf(PLAN).length; left > 0; left -= 1) {
    assert.equal(run.debate.phase.kind, "running");
    run.timeIsUp();
  }
  assert.equal(run.debate.phase.kind, "ended");
  assert.equal(run.dueMs, null);
  assert.equal(run.refused({ type: "end_turn" }, as("ada")), "not_running");
});

Deno.test("[V1] what comes after the time of its turn does not count, also while the deadline still waits", () => {
  const run = DebateRun.started();
  run.nowMs = (run.dueMs ?? 0) + 1;
  const late = { type: "state", kind: "claim", target: null, text: "Too late for this.", source: null } as const;
  assert.equal(run.refused(late, as("ada")), "turn_over");
});

Deno.test("[V2] each kind aims where it may, and a closing brings no new claim", () => {
  const run = DebateRun.started();
  const say = (userId: string, kind: typeof ARGUMENT_KINDS[number], target: number | null) =>
    run.send({ type: "state", kind, target, text: "Because sleep helps memory.", source: null }, as(userId)).kind;
  assert.equal(say("ada", "support", null), "rejected");
  assert.equal(say("ada", "claim", 1), "rejected");
  assert.equal(say("ada", "claim", null), "accepted");
  assert.equal(say("ada", "rebuttal", 1), "rejected", "one's own side");
  assert.equal(say("ada", "evidence", 1), "accepted");
  assert.equal(say("ada", "support", 9), "rejected", "nothing there");
  run.done({ type: "end_turn" }, as("ada"));
  assert.equal(say("ben", "support", 1), "rejected", "the other side's");
  assert.equal(say("ben", "rebuttal", 1), "accepted");
  for (let i = 0; i < 3; i += 1) run.timeIsUp();
  assert.equal(say("ben", "claim", null), "rejected", "closing");
  assert.equal(say("ben", "support", 3), "accepted");
});

Deno.test("[V7] a pause costs nobody time, more time moves the deadline, and each says why; others may not", () => {
  const run = DebateRun.started();
  run.nowMs += 20_000;
  assert.equal(run.refused({ type: "pause", reason: WHY }, as("ada")), "forbidden");
  assert.equal(run.refused({ type: "pause", reason: WHY }, as("otto")), "forbidden");
  assert.equal(run.refused({ type: "pause", reason: " " }, as("tess")), "malformed_reason");
  run.done({ type: "pause", reason: WHY }, as("tess"));
  assert.equal(run.dueMs, null);
  assert.equal(run.refused({ type: "end_turn" }, as("ada")), "not_running");
  run.nowMs += 500_000;
  run.done({ type: "resume", reason: WHY }, as("tess"));
  assert.equal((run.dueMs ?? 0) - run.nowMs, 40_000);
  run.done({ type: "extend_turn", byMs: 15_000, reason: WHY }, as("tess"));
  assert.equal((run.dueMs ?? 0) - run.nowMs, 55_000);
  run.done({ type: "end_debate", reason: WHY }, as("root"));
  assert.deepEqual([run.dueMs, run.debate.phase.kind], [null, "ended"]);
});

Deno.test("[V8] whoever spoke has the debate on record, once, when it is over; who was silent has not", () => {
  const run = DebateRun.started();
  run.says("ada", "claim", null, "A later start lets us sleep longer.");
  while (run.debate.phase.kind === "running") run.timeIsUp();
  assert.deepEqual(run.messages.map(({ to }) => to), ["learner/ada"]);
  assert.deepEqual(Object.keys(run.debate.judgements), ["ada"]);
});

Deno.test("[V6] a text that may hurt is seen by its writer and those who lead alone; a turn of such texts is over", () => {
  const run = DebateRun.started();
  const say = () =>
    run.send({ type: "state", kind: "claim", target: null, text: "You are so stupid", source: null }, as("ada"));
  const first = say();
  assert.ok(first.kind === "accepted" && JSON.stringify(first.reply).includes("held"));
  assert.deepEqual([run.debate.statements.length, run.debate.held.length], [0, 1]);
  for (let i = 0; i < 4; i += 1) say();
  assert.equal(run.debate.phase.kind === "running" && run.debate.phase.turn, 2);
});

const plans = fc.constantFrom(PLAN, AI_PLAN);
const steps = fc.array(
  fc.record({
    who: fc.constantFrom("ada", "ben", "tess", "cat"),
    what: fc.constantFrom("say", "say", "say", "end", "pause", "resume", "extend", "time", "ai", "stop"),
    kind: fc.constantFrom(...ARGUMENT_KINDS),
    target: fc.option(fc.integer({ min: 1, max: 8 })),
    passMs: fc.nat(25_000),
  }),
  { maxLength: 60 },
);

Deno.test("[V1] [S4] whatever is told, a running debate has its clock, statements are numbered, and the journal gives the state again", () => {
  fc.assert(fc.property(plans, steps, (plan, told) => {
    const run = DebateRun.started(plan);
    for (const { who, what, kind, target, passMs } of told) {
      run.nowMs += passMs;
      if (run.dueMs !== null && run.nowMs > run.dueMs) run.timeIsUp();
      const reason = WHY;
      if (what === "say") {
        run.send({ type: "state", kind, target, text: "Because sleep helps.", source: null }, as(who));
      }
      if (what === "end") run.send({ type: "end_turn" }, as(who));
      if (what === "pause" || what === "resume") run.send({ type: what, reason }, as(who));
      if (what === "extend") run.send({ type: "extend_turn", byMs: 5_000, reason }, as(who));
      if (what === "stop" && passMs < 1_000) run.send({ type: "end_debate", reason }, as(who));
      if (what === "time" && run.dueMs !== null) run.timeIsUp();
      if (what === "ai" && run.effects[0]?.kind === "word_statements" && run.debate.phase.kind === "running") {
        run.send({ type: "statements_worded", turn: run.effects[0].turn, texts: [] }, { kind: "effect", basisSeq: 0 });
      }
      const { phase, statements } = run.debate;
      assert.equal(phase.kind === "running" ? phase.dueMs : null, run.dueMs);
      if (phase.kind === "running") assert.ok(phase.dueMs <= run.nowMs + TURN_MS_MAX);
      assert.deepEqual(statements.map(({ number }) => number), statements.map((_, i) => i + 1));
    }
    const again = run.journal.reduce<DebateState>(
      (state, event, i) => evolve(state, event, { seq: i + 1, atMs: 0 }),
      { status: "not_opened", debateId: "d1" },
    );
    const timeless = (state: DebateState) => JSON.stringify(state, (name, value) => name === "atMs" ? 0 : value);
    assert.equal(
      timeless({ ...run.debate, openedAtMs: 0 }),
      timeless(again.status === "opened" ? { ...again, openedAtMs: 0 } : again),
    );
  }));
});
