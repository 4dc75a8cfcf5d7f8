/** Random lives of a session: whatever comes in whatever order, its promises hold after every turn. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { session } from "../../../src/domain/session/aggregate.ts";
import type { SessionEvent } from "../../../src/domain/session/messages.ts";
import { HISTORY_MAX } from "../../../src/domain/session/limits.ts";
import type { SessionState } from "../../../src/domain/session/state.ts";
import { performanceMetrics } from "../../../src/domain/session/tally.ts";
import { EMOTIONS } from "../../../src/domain/affect/observation.ts";
import { rightAnswer } from "../../../tools/month/keyed_answer.ts";
import { begun, LEARNER, PLAN, type Recorded, type SessionRun, STRANGER, TEACHER } from "./session_run.ts";
import { SECRET_NUMBER, SECRET_TEXT, wrongResponse } from "./small_course.ts";

/** One thing that may happen; `pick` chooses among what is possible at that moment. */
const stepArbitrary = fc.record({
  happening: fc.constantFrom(
    ...["serve", "serve", "serve", "right", "right", "wrong", "malformed", "closed", "hint", "skip"] as const,
    ...["pause", "resume", "resume", "staff", "stranger", "late", "fail", "none", "timer", "face", "forget"] as const,
    ...["override", "override", "unknown", "tab", "reply", "easier"] as const,
  ),
  pick: fc.nat(3),
  waitMs: fc.oneof(fc.nat(20_000), fc.nat(20 * 60_000)),
});
type Step = typeof stepArbitrary extends fc.Arbitrary<infer T> ? T : never;

function answer(run: SessionRun, step: Step): void {
  const { open } = run;
  const number = (open?.number ?? 1) - (step.happening === "closed" ? 1 : 0);
  if (open === null || step.happening === "malformed" || step.happening === "closed") {
    run.send({ type: "answer", item: number, response: { kind: "choice", option: "nowhere" } }, LEARNER);
    return;
  }
  const response = step.happening === "right" ? rightAnswer(open.item) : wrongResponse(open.item);
  run.send({ type: "answer", item: number, response }, LEARNER);
}

function choose(run: SessionRun, step: Step): void {
  const effect = session.pendingEffects(run.state).find((one) => one.kind !== "ask_tutor");
  const basisSeq = (effect?.basisSeq ?? run.seq) - (step.happening === "late" ? 1 : 0);
  const origin = { kind: "effect", basisSeq } as const;
  if (step.happening === "serve") {
    if (effect !== undefined) run.serve(step.pick);
    return;
  }
  if (step.happening === "none" && step.pick > 0) return;
  switch (step.happening) {
    case "fail":
      return void run.send({ type: "choice_failed", reason: "test" }, origin);
    case "unknown":
      return void run.send({ type: "override_unknown" }, origin);
    default:
      return void run.send({ type: "no_item_left" }, origin);
  }
}

function observe(run: SessionRun, step: Step): void {
  const probabilities = EMOTIONS.map((_, i) => i === step.pick ? 0.88 : 0.02);
  const reading = {
    kind: "face",
    probabilities,
    confident: true,
    faces: 1,
    box: { x: 0, y: 0, width: 9, height: 9 },
  } as const;
  run.send(
    { type: "observe_emotion", observation: { capturedAtMs: run.nowMs, model: "m", source: "server", reading } },
    LEARNER,
  );
}

function reply(run: SessionRun, step: Step): void {
  const id = run.state.status === "active" ? run.state.suggestion?.id ?? 1 : 1;
  const said = (["helped", "not_now", "stop"] as const)[step.pick];
  if (said !== undefined) run.send({ type: "intervention_reply", id, reply: said }, LEARNER);
}

function happen(run: SessionRun, step: Step): void {
  run.nowMs += step.waitMs;
  const item = run.open?.number ?? 0;
  switch (step.happening) {
    case "serve":
    case "late":
    case "fail":
    case "unknown":
    case "none":
      return choose(run, step);
    case "right":
    case "wrong":
    case "malformed":
    case "closed":
      return answer(run, step);
    case "hint":
    case "skip":
      return void run.send({ type: step.happening, item }, LEARNER);
    case "pause":
    case "resume":
      return void run.send({ type: step.happening }, LEARNER);
    case "staff":
      return void run.send({ type: step.pick === 0 ? "complete" : "pause" }, TEACHER);
    case "override":
      return void run.send({ type: "override_item", itemId: "n2", reason: "You can do this." }, TEACHER);
    case "stranger":
      return void run.send({ type: "complete" }, STRANGER);
    case "timer":
      return void run.fireNextTimer();
    case "face":
      return observe(run, step);
    case "tab":
      return void run.send({ type: "attention", hidden: step.pick < 2, at: run.nowMs - step.waitMs }, LEARNER);
    case "reply":
      return reply(run, step);
    case "easier":
      return void run.send({ type: "easier_items" }, LEARNER);
    case "forget":
      return void run.send({ type: "forget_emotion" }, LEARNER);
  }
}

/** The metrics worked out from the journal alone, in another way than the state does. */
function recomputed(journal: readonly Recorded[]): unknown {
  const answers = journal.flatMap(({ event }) => event.type === "answered" ? [event] : []);
  const skillsOf = (number: number) =>
    journal.flatMap(({ event }) => event.type === "item_served" && event.number === number ? event.item.skills : []);
  const runs = answers.map((a) => a.correct ? "1" : "0").join("").split("0").map((part) => part.length);
  const skills: Record<string, { answered: number; correct: number }> = {};
  for (const a of answers) {
    for (const skill of skillsOf(a.item)) {
      const met = skills[skill] ??= { answered: 0, correct: 0 };
      met.answered += 1;
      met.correct += a.correct ? 1 : 0;
    }
  }
  let timeOnTaskMs = 0;
  let working = true;
  const untimed = ["emotion_forgotten", "idle_noticed", "intervention"];
  const timed = journal.filter(({ event }) => !untimed.includes(event.type));
  for (const [i, { event, place }] of timed.entries()) {
    const sinceMs = place.atMs - (timed[i - 1]?.place.atMs ?? place.atMs);
    const isIdlePause = event.type === "paused" && event.cause === "idle";
    if (working && !isIdlePause) timeOnTaskMs += sinceMs;
    if (event.type === "paused" || event.type === "completed") working = false;
    if (event.type === "resumed") working = true;
  }
  const sum = (numbers: readonly number[]) => numbers.reduce((total, n) => total + n, 0);
  const share = (total: number) => answers.length === 0 ? null : Math.round(total / answers.length * 1e4) / 1e4;
  return {
    answered: answers.length,
    correct: answers.filter((a) => a.correct).length,
    accuracy: share(answers.filter((a) => a.correct).length),
    score_mean: share(sum(answers.map((a) => a.score))),
    hints_used: journal.filter(({ event }) => event.type === "hint_given").length,
    skipped: journal.filter(({ event }) => event.type === "skipped" && event.cause === "learner").length,
    mean_response_ms: answers.length === 0 ? null : Math.round(sum(answers.map((a) => a.responseMs)) / answers.length),
    time_on_task_ms: timeOnTaskMs,
    streak: { current: runs.at(-1), best: Math.max(...runs) },
    skills,
  };
}

/** Everything but the readings, which are noted and not in the journal. */
function withoutReadings(state: SessionState): unknown {
  return state.status === "not_created" ? state : { ...state, emotion: null, faceHelp: null, attention: null };
}

/** What the learner has been shown while the present item has been open. */
function shownOfOpenItem(run: SessionRun, openNumber: number): string {
  const projected = run.journal
    .filter(({ place }) => place.seq >= openNumber)
    .map(({ event }) => session.project(event, "learner"));
  return JSON.stringify([projected, session.view(run.state, "learner", run.nowMs)]);
}

function isStop(event: SessionEvent): boolean {
  if (event.type === "suggestions_stopped") return event.by === "learner";
  return event.type === "intervention_answered" && event.reply === "stop";
}

function checkPromises(run: SessionRun, progressBefore: number): number {
  const { state } = run;
  assert.notEqual(state.status, "not_created");
  if (state.status === "not_created") return 0;
  const view: { progress: number; performance_metrics: unknown } = JSON.parse(
    JSON.stringify(session.view(state, "learner", run.nowMs)),
  );
  assert.ok(view.progress >= progressBefore && view.progress <= 1, "[E4] progress");
  assert.deepEqual(view.performance_metrics, recomputed(run.journal), "[E4] metrics");
  const completed = run.journal.find(({ event }) => event.type === "completed")?.event;
  if (completed?.type === "completed") {
    assert.deepEqual(JSON.parse(JSON.stringify(performanceMetrics(completed.tally))), recomputed(run.journal));
    assert.equal(run.journal.at(-1)?.event.type, "completed", "[E7] nothing follows completion");
  }
  const answered = run.journal.flatMap(({ event }) => event.type === "answered" ? [event.item] : []);
  assert.equal(new Set(answered).size, answered.length, "[E1] an item is answered once");
  const ends = completed === undefined ? 0 : 1;
  const stopsTold = run.messages.filter(({ command }) => Object(command).type === "stop_suggestions").length;
  assert.equal(run.messages.length - stopsTold, answered.length + ends, "[X2] each answer is told once, and the end");
  assert.equal(
    stopsTold > 0,
    run.journal.some(({ event }) => isStop(event)),
    "[M24] and a stop, however often it is said",
  );
  assert.deepEqual(JSON.parse(JSON.stringify(state)), state, "the state is plain JSON");
  const replayed = run.journal.reduce((s, { event, place }) => session.evolve(s, event, place), session.initial("s1"));
  assert.deepEqual(withoutReadings(replayed), withoutReadings(state), "[S4] the journal gives the same state");
  assert.ok(state.history.length <= HISTORY_MAX, "[B3]");
  const awaits = state.status === "active" && (state.step.kind === "choosing" || state.override !== null);
  assert.equal(session.pendingEffects(state).length, awaits ? 1 : 0, "[S7]");
  if (state.status !== "active") assert.equal(run.timers.size, 0, "[T2] nothing ticks");
  if (run.open !== null) {
    const shown = shownOfOpenItem(run, run.open.number);
    assert.ok(!shown.includes(SECRET_TEXT) && !shown.includes(String(SECRET_NUMBER)), "[E8] key");
    assert.doesNotMatch(shown, /"key"|"correct":(true|false)|"seed"/, "[E8]");
    assert.ok(!shown.includes(`EXPLAINED-${run.open.item.itemId}`), "[E8] explanation");
    const rungs = run.open.hintsGiven;
    for (let rung = rungs + 1; rung <= 3; rung++) assert.ok(!shown.includes(`RUNG${rung}`), "[E8] hints to come");
  }
  return view.progress;
}

Deno.test("[E1] [E4] [E5] [E7] [E8] [S4] [S7] [T2] promises hold after every turn of random sessions", () => {
  fc.assert(
    fc.property(
      fc.array(stepArbitrary, { maxLength: 60, size: "max" }),
      fc.integer({ min: 1, max: 12 }),
      (steps, targetItems) => {
        const run = begun({ ...PLAN, targetItems });
        let progress = checkPromises(run, 0);
        for (const step of steps) {
          happen(run, step);
          progress = checkPromises(run, progress);
        }
      },
    ),
    { numRuns: 300 },
  );
});

Deno.test("[E1] [E8] random sessions do reach answers, hints, skips, pauses, failures and the end", () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(fc.array(stepArbitrary, { minLength: 60, maxLength: 60 }), (steps) => {
      const run = begun({ ...PLAN, targetItems: 6 });
      for (const step of steps) happen(run, step);
      for (const { event } of run.journal) seen.add(event.type);
    }),
    { numRuns: 200 },
  );
  assert.deepEqual([...seen].sort(), [
    "answered",
    "choice_failed",
    "completed",
    "created",
    "easier_asked",
    "emotion_forgotten",
    "hint_given",
    "idle_noticed",
    "intervention",
    "intervention_answered",
    "item_served",
    "override_asked",
    "override_refused",
    "paused",
    "resumed",
    "skipped",
    "suggestions_stopped",
  ]);
});
