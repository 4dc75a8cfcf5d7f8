/** Spells of behaviour with the camera off: each begins, is told to staff, and ends. */
import assert from "node:assert/strict";
import { session } from "../../../src/domain/session/aggregate.ts";
import { IDLE_NOTICE_MS } from "../../../src/domain/session/limits.ts";
import { CLICKED_THROUGH, HINTS_RUSHED, type Moment, PlayedLesson, STUCK } from "./recorded_lessons.ts";

interface SpellJson {
  readonly kind: string;
  readonly since: string;
  readonly says: string;
}

function spellsOf({ run }: PlayedLesson): readonly SpellJson[] {
  return Object(session.view(run.state, "staff", run.nowMs)).behaviour;
}

function kindsAfter(moments: readonly Moment[]): readonly string[] {
  return spellsOf(new PlayedLesson().play(moments)).map(({ kind }) => kind);
}

function thoughtful(does: "right" | "wrong", items: number): readonly Moment[] {
  return Array.from({ length: items }, () => [{ seconds: 12, face: null }, { does }] as const).flat();
}

Deno.test("[M22] rapid guessing: hasty wrong answers begin it, thought ends it; quick right ones are no guesses", () => {
  assert.deepEqual(kindsAfter(CLICKED_THROUGH), ["rapid_guessing"]);
  const lesson = new PlayedLesson().play(CLICKED_THROUGH);
  assert.match(spellsOf(lesson)[0]?.says ?? "", /^3 of the last answers were wrong and quicker/);
  assert.deepEqual(kindsAfter([...CLICKED_THROUGH, ...thoughtful("right", 2)]), ["rapid_guessing"], "not at once");
  assert.deepEqual(kindsAfter([...CLICKED_THROUGH, ...thoughtful("right", 4)]), []);
  const quick = CLICKED_THROUGH.map((moment): Moment => "does" in moment ? { does: "right" } : moment);
  assert.deepEqual(kindsAfter(quick), []);
});

Deno.test("[M22] rapid guessing is judged by the learner's own pace too", () => {
  const slow = Array.from({ length: 5 }, () => [{ seconds: 90, face: null }, { does: "right" }] as const).flat();
  const sudden = Array.from({ length: 3 }, () => [{ seconds: 4, face: null }, { does: "wrong" }] as const).flat();
  assert.deepEqual(kindsAfter([...slow, ...sudden]), ["rapid_guessing"]);
  assert.deepEqual(kindsAfter(sudden), []);
});

Deno.test("[M22] hint abuse: all rungs in quick succession, twice; the same hints read are none", () => {
  assert.deepEqual(kindsAfter(HINTS_RUSHED), ["hint_abuse"]);
  const read = HINTS_RUSHED.map((moment): Moment => "seconds" in moment ? { seconds: 15, face: null } : moment);
  assert.deepEqual(kindsAfter(read), []);
  assert.deepEqual(kindsAfter([...HINTS_RUSHED, ...thoughtful("right", 4)]), []);
});

Deno.test("[M22] unproductive struggle: wrong after wrong on one skill with effort; right answers end it", () => {
  assert.deepEqual(kindsAfter(STUCK), ["unproductive_struggle"]);
  assert.deepEqual(kindsAfter([...STUCK, ...thoughtful("right", 1)]), ["unproductive_struggle"], "not at once");
  assert.deepEqual(kindsAfter([...STUCK, ...thoughtful("right", 2)]), []);
  assert.deepEqual(kindsAfter(STUCK.slice(0, 4)), [], "two are no struggle");
});

Deno.test("[M22] unproductive struggle: ten questions without three right in a row are wheel-spinning", () => {
  const pattern = [...thoughtful("right", 2), ...thoughtful("wrong", 1)];
  const spinning = [...pattern, ...pattern, ...pattern];
  assert.deepEqual(kindsAfter(spinning), []);
  const lesson = new PlayedLesson().play([...spinning, ...thoughtful("wrong", 1)]);
  assert.match(spellsOf(lesson)[0]?.says ?? "", /^10 questions on first without three right in a row/);
  assert.deepEqual(spellsOf(lesson.play(thoughtful("right", 3))), []);
});

function skips(seconds: number, items: number): readonly Moment[] {
  return Array.from({ length: items }, () => [{ seconds, face: null }, { does: "skip" }] as const).flat();
}

Deno.test("[M22] what is passed over unread is no struggle; what is passed over after effort is, and is not called an answer", () => {
  assert.deepEqual(kindsAfter(skips(0.5, 12)), []);
  assert.deepEqual(kindsAfter([...skips(0.5, 12), ...thoughtful("right", 2), ...skips(0.5, 12)]), []);
  const tried = new PlayedLesson().play(skips(20, 3));
  assert.equal(spellsOf(tried)[0]?.says, "3 questions in a row on first were passed over, with time spent on them");
  const mixed = new PlayedLesson().play([...thoughtful("wrong", 1), ...skips(20, 2)]);
  const says = "3 questions in a row on first were not right or passed over, with time spent on them";
  assert.equal(spellsOf(mixed)[0]?.says, says);
});

Deno.test("[M22] [T1] idle: a silence is noticed by a durable timer, told to staff, and ends with the next command", () => {
  const lesson = new PlayedLesson();
  const { run } = lesson;
  const fromMs = run.nowMs;
  run.fireNextTimer();
  assert.equal(run.nowMs, fromMs + IDLE_NOTICE_MS);
  const noticed = run.journal.find(({ event }) => event.type === "idle_noticed");
  assert.ok(noticed);
  assert.equal(session.project(noticed.event, "staff")?.type, "idle");
  assert.equal(session.project(noticed.event, "learner"), null);
  assert.deepEqual(spellsOf(lesson).map(({ kind, since }) => [kind, since]), [[
    "idle",
    new Date(fromMs).toISOString(),
  ]]);
  lesson.play([{ does: "hint" }]);
  assert.deepEqual(spellsOf(lesson), []);
});

Deno.test("[M22] off task: a minute of five with the tab hidden; glances, repeats and wild clocks are none", () => {
  const away: readonly Moment[] = [{ tab: "hidden" }, { seconds: 70, face: null }, { tab: "shown" }];
  assert.deepEqual(kindsAfter(away), ["off_task"]);
  const back = { seconds: 320, face: null } as const;
  assert.deepEqual(kindsAfter([...away, back, { tab: "shown" }, { does: "right" }]), []);
  const glance: readonly Moment[] = [{ tab: "hidden" }, { seconds: 1.5, face: null }, { tab: "shown" }];
  assert.deepEqual(kindsAfter(Array.from({ length: 100 }, () => glance).flat()), []);
  const lesson = new PlayedLesson();
  const { run } = lesson;
  for (const at of [0, -1e15, 1e15, run.nowMs + 3_600_000, run.nowMs - 3_600_000]) {
    run.done({ type: "attention", hidden: true, at });
    run.nowMs += 3_000;
    run.done({ type: "attention", hidden: false, at });
  }
  assert.deepEqual(spellsOf(lesson), []);
  const attention = run.state.status === "active" ? run.state.attention : null;
  assert.ok(attention && attention.absences.every(({ fromMs, untilMs }) => fromMs <= untilMs && untilMs <= run.nowMs));
});

Deno.test("[M22] learner and staff alike hear when a spell begins and when it ends", () => {
  const { run } = new PlayedLesson().play([...STUCK, ...thoughtful("right", 2)]);
  const told = run.ephemerals.filter(({ type }) => type === "behaviour");
  assert.deepEqual(told.map(({ data }) => Object(data).behaviour.length), [1, 0]);
  assert.ok(told.every(({ audiences }) => audiences.join() === "learner,staff"));
});

function heardOf({ run }: PlayedLesson): readonly (readonly SpellJson[])[] {
  return run.ephemerals.filter(({ type }) => type === "behaviour").map(({ data }) => Object(data).behaviour);
}

Deno.test("[M22] [T1] off task is told when the minute is full and when it is over, and dates from the absence", () => {
  const lesson = new PlayedLesson();
  const { run } = lesson;
  const beganMs = run.nowMs;
  lesson.play([{ tab: "hidden" }]);
  run.nowMs = beganMs + 59_999;
  assert.deepEqual(spellsOf(lesson), []);
  run.fireNextTimer();
  assert.equal(run.nowMs, beganMs + 60_000);
  const since = new Date(beganMs).toISOString();
  const offTask = (seconds: number) => ({
    kind: "off_task",
    since,
    says: `the lesson's tab was hidden for ${seconds} s of the last five minutes`,
  });
  assert.deepEqual(heardOf(lesson), [[offTask(60)]]);
  run.nowMs += 10_000;
  assert.deepEqual(spellsOf(lesson), [offTask(70)], "as of the reader's now, however long nothing was said");
  lesson.play([{ tab: "shown" }]);
  assert.deepEqual(spellsOf(lesson), [offTask(70)]);
  assert.equal(
    run.timers.get("attention")?.dueMs,
    beganMs + 300_000 + 50_000,
    "20 s of the five minutes are left then",
  );
  for (let fired = true; fired && run.timers.has("attention");) fired = run.fireNextTimer();
  assert.equal(run.nowMs, beganMs + 350_000);
  const heard = heardOf(lesson).map((spells) => spells.map(({ kind }) => kind));
  assert.deepEqual(heard, [["off_task"], ["idle", "off_task"], ["idle"]]);
  assert.equal(run.journal.filter(({ event }) => event.type === "intervention").length, 1, "of the silence alone");
});

Deno.test("[M22] [T2] a tab shown in time, a pause and a process that forgot leave no deadline behind", () => {
  const lesson = new PlayedLesson().play([{ tab: "hidden" }, { seconds: 30, face: null }, { tab: "shown" }]);
  const { run } = lesson;
  assert.equal(run.timers.get("attention"), undefined);
  lesson.play([{ tab: "hidden" }]);
  assert.equal(run.timers.get("attention")?.dueMs, run.nowMs + 30_000, "30 s were full before");
  lesson.play([{ does: "pause" }]);
  assert.equal(run.timers.get("attention"), undefined);
  const due = { kind: "timer", name: "attention", dueMs: run.nowMs } as const;
  assert.equal(run.refused({ type: "attention_deadline" }, due), "session_paused");
  lesson.play([{ does: "resume" }]);
  assert.equal(run.refused({ type: "attention_deadline" }, due), "attention_unchanged");
  assert.equal(run.refused({ type: "attention_deadline" }), "forbidden");
});

Deno.test("[M22] [S4] spells come out of the journal alone, and a pause ends what only memory holds", () => {
  const { run } = new PlayedLesson().play([...CLICKED_THROUGH, ...STUCK, { tab: "hidden" }, {
    seconds: 90,
    face: null,
  }]);
  const replayed = run.journal.reduce((s, { event, place }) => session.evolve(s, event, place), session.initial("s1"));
  assert.ok(run.state.status === "active" && replayed.status === "active");
  assert.deepEqual(replayed.work, run.state.work);
  run.done({ type: "pause" });
  run.done({ type: "resume" });
  const { state } = run;
  assert.deepEqual(state.status === "active" && state.attention.hiddenSinceMs, null);
});
