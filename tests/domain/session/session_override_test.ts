/** A teacher puts one item in the place of the engine's choice. */
import assert from "node:assert/strict";
import { session } from "../../../src/domain/session/aggregate.ts";
import { rightAnswer } from "../../../tools/month/keyed_answer.ts";
import { begun, LEARNER, PLAN, type SessionRun, STRANGER, TEACHER } from "./session_run.ts";

const WISH = { type: "override_item", itemId: "n2", reason: "You are ready for this one." } as const;
const N2 = 3;
/** Nothing to see, other lines, another direction, half a character. */
const UNREADABLE = ["\u200b\u2060", "one\u2028two", "one\u2029two", "\u202Eback", "\u2066in", "half \uD83D"];

function served(): SessionRun {
  const run = begun();
  run.serve();
  run.effects = [];
  return run;
}

function viewFor(run: SessionRun, audience: string) {
  return Object(session.view(run.state, audience, run.nowMs));
}

/** The effect that the session has just asked for. */
function wished(run: SessionRun) {
  const effect = run.effects.at(-1);
  assert.ok(effect?.kind === "serve_override");
  return effect;
}

Deno.test("[E9] a teacher's item takes the place of the open one, which closes at no cost to the learner", () => {
  const run = served();
  const first = run.opened().number;
  const before = run.state;
  assert.deepEqual(run.done(WISH, TEACHER), { item_id: "n2", reason: WISH.reason, comes: "next" });
  assert.equal(run.opened().number, first, "the open item stays until the teacher's is there");
  assert.deepEqual(wished(run).override, { itemId: "n2", by: "tess", reason: WISH.reason });
  run.serve(N2);
  const [closing, serving] = run.journal.slice(-2);
  assert.deepEqual(closing?.event, { type: "skipped", item: first, cause: "overridden" });
  assert.ok(serving?.event.type === "item_served");
  assert.equal(serving.event.number, serving.place.seq);
  assert.deepEqual([run.opened().item.itemId, run.opened().number], ["n2", serving.place.seq]);
  assert.ok(run.state.status === "active" && before.status === "active");
  assert.deepEqual([run.state.tally, run.state.history], [before.tally, before.history]);
  assert.equal(run.state.heardAtMs, before.heardAtMs, "the learner has not been heard of");
  assert.equal(run.refused({ type: "hint", item: first }), "item_closed");
  run.done({ type: "answer", item: run.opened().number, response: rightAnswer(run.opened().item) });
  assert.equal(viewFor(run, "learner").performance_metrics.correct, 1);
});

Deno.test("[E9] [S6] an answer given while the teacher's item is fetched counts, and that item comes next", () => {
  const run = served();
  run.done(WISH, TEACHER);
  const early = wished(run);
  run.done({ type: "answer", item: run.opened().number, response: rightAnswer(run.opened().item) });
  assert.equal(run.refused({ type: "override_unknown" }, { kind: "effect", basisSeq: early.basisSeq }), "late_result");
  assert.ok(wished(run).basisSeq > early.basisSeq);
  run.serve(N2);
  assert.equal(run.opened().item.itemId, "n2");
  assert.equal(viewFor(run, "learner").performance_metrics.answered, 1);
});

Deno.test("[E9] [S6] a choice under way gives way to the teacher's item, a wish to the next wish", () => {
  const run = begun();
  const [choice] = run.effects;
  assert.ok(choice);
  run.done(WISH, TEACHER);
  const late = { kind: "effect", basisSeq: choice.basisSeq } as const;
  assert.equal(run.refused({ type: "choice_failed", reason: "timeout" }, late), "late_result");
  run.done({ ...WISH, itemId: "t1" }, TEACHER);
  assert.equal(wished(run).override.itemId, "t1");
  assert.equal(session.pendingEffects(run.state).length, 1);
  run.serve(1);
  assert.equal(run.opened().item.itemId, "t1");
});

Deno.test("[E9] [S7] a wish outlives a failed choice's wait, a crash and a pause", () => {
  const run = begun();
  run.done({ type: "choice_failed", reason: "no store" }, { kind: "effect", basisSeq: run.seq });
  run.effects = [];
  run.done(WISH, TEACHER);
  assert.ok(!run.timers.has("retry_choice"), "nothing is left to wait for");
  assert.deepEqual(session.pendingEffects(run.state), [wished(run)]);
  run.done({ type: "pause" });
  assert.deepEqual(session.pendingEffects(run.state), []);
  run.effects = [];
  run.done({ type: "resume" });
  run.serve(N2);
  assert.equal(run.opened().item.itemId, "n2");
});

Deno.test("[E9] [E5] a paused session keeps the wish and serves it when it goes on", () => {
  const run = served();
  const first = run.opened().number;
  run.done({ type: "pause" });
  assert.deepEqual(run.done(WISH, TEACHER), { item_id: "n2", reason: WISH.reason, comes: "on_resume" });
  assert.deepEqual([run.effects, run.opened().number, run.timers.size], [[], first, 0]);
  run.done({ type: "resume" });
  wished(run);
  run.serve(N2);
  assert.equal(run.opened().item.itemId, "n2");
  assert.ok(run.state.status === "active" && run.state.override === null);
});

Deno.test("[E9] a wish that cannot be met is told to staff alone, and the lesson goes on as it was", () => {
  for (
    const [command, code] of [
      [{ type: "override_held_back" }, "item_asked"],
      [{ type: "override_unknown" }, "item_unknown"],
      [{ type: "choice_failed", reason: "no store" }, "choice_failed"],
    ] as const
  ) {
    const open = served();
    const first = open.opened().number;
    open.done({ ...WISH, itemId: "nowhere" }, TEACHER);
    open.done(command, { kind: "effect", basisSeq: wished(open).basisSeq });
    assert.equal(open.opened().number, first);
    const told = open.journal.at(-1)?.event;
    assert.ok(told?.type === "override_refused" && told.code === code);
    assert.equal(session.project(told, "learner"), null);
    assert.equal(Object(session.project(told, "staff")?.data).item_id, "nowhere");

    const waiting = begun();
    waiting.done({ ...WISH, itemId: "nowhere" }, TEACHER);
    waiting.done(command, { kind: "effect", basisSeq: wished(waiting).basisSeq });
    assert.equal(waiting.effects.at(-1)?.kind, "choose_item");
    waiting.serve();
    assert.equal(waiting.opened().item.itemId, "n1");
  }
});

Deno.test("[E9] [A4] only staff override, only with a reason on one line, only in a session that goes on", () => {
  const run = served();
  for (const origin of [LEARNER, STRANGER]) assert.equal(run.refused(WISH, origin), "forbidden");
  for (const reason of ["", "  ", "x".repeat(301), "two\nlines", "nul\0", ...UNREADABLE]) {
    assert.equal(run.refused({ ...WISH, reason }, TEACHER), "malformed_reason");
  }
  for (const reason of ["x".repeat(300), "Bravo 👏🏽", "Ça ira !", "עוד אחד", "?"]) {
    run.done({ ...WISH, reason }, TEACHER);
  }
  run.done({ type: "complete" });
  assert.equal(run.refused(WISH, TEACHER), "session_completed");
  const own = begun({ ...PLAN, learnerId: "tess" }, TEACHER);
  assert.equal(own.refused(WISH, TEACHER), "forbidden", "one's own lesson is not overridden");
});

Deno.test("[E9] staff see the wish that waits, with who and why; the learner does not", () => {
  const run = served();
  run.done(WISH, TEACHER);
  assert.deepEqual(viewFor(run, "staff").override, { item_id: "n2", by: "tess", reason: WISH.reason });
  assert.equal(viewFor(run, "learner").override, undefined);
  const asked = run.journal.at(-1)?.event;
  assert.ok(asked);
  assert.equal(session.project(asked, "learner"), null);
  assert.deepEqual(session.project(asked, "staff"), {
    type: "override_asked",
    data: { item_id: "n2", by: "tess", reason: WISH.reason },
  });
  run.serve(N2);
  assert.equal(viewFor(run, "staff").override, null);
});
