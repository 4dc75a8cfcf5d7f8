/** A room's shared task: turns behind a clock, answers unseen until they are shown, agreement, and what is recorded. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { WORDS_GRACE_MS } from "../../../src/domain/room/limits.ts";
import type { TaskCommand } from "../../../src/domain/room/messages.ts";
import { as, ENGINE_ORIGIN, fromLesson, person, RIGHT, RoomRun, WRONG } from "./room_run.ts";

/** The `task_closed` data that everybody was told. */
function outcome(run: RoomRun) {
  return Object(run.told("ada").findLast(({ type }) => type === "task_closed")?.data ?? null);
}

Deno.test("[I5] by turn: who has the turn answers for the room, passing and silence hand it on, all in their order", () => {
  const run = RoomRun.open();
  run.starts("cat", "by_turn");
  const { number: task } = run.task;
  const turnOf = () => run.step.kind === "turns" ? run.step.userId : null;
  assert.equal(turnOf(), "ada");
  assert.equal(run.refused({ type: "answer", task, response: RIGHT }, as("ben")), "not_your_turn");
  run.done({ type: "pass", task }, as("ada"));
  assert.equal(turnOf(), "ben");
  run.pass(59_999);
  assert.equal(turnOf(), "ben");
  run.pass(1);
  assert.equal(turnOf(), "cat");
  run.done({ type: "answer", task, response: WRONG }, as("cat"));
  assert.deepEqual([outcome(run).by, outcome(run).correct], [["cat"], false]);
  assert.equal(outcome(run).correct_answer, String(Object(RIGHT).value));
  run.starts("ada", "by_turn");
  assert.equal(turnOf(), "ben", "the next one begins");
  assert.deepEqual(run.view("ada").roles, [
    { user_id: "ada", role: "scribe" },
    { user_id: "ben", role: "explainer" },
    { user_id: "cat", role: "checker" },
  ]);
});

Deno.test("[I5] who has nobody beside them but one that never came has no grade; one who came or wrote is beside them", () => {
  const comes = (userId: string) => (run: RoomRun) =>
    run.done({ type: "attendance", userId, devices: [{ id: userId, isHeard: true }] }, ENGINE_ORIGIN);
  const gradeWhere = (befores: readonly ((run: RoomRun) => unknown)[]) => {
    const run = RoomRun.open(["ada", "ben"]);
    for (const before of befores) before(run);
    run.starts("ada", "by_turn");
    run.done({ type: "answer", task: run.task.number, response: RIGHT }, as("ada"));
    return outcome(run).correct;
  };
  const writes = (run: RoomRun) => run.says("ben", "Half of it?");
  const cases = [[comes("ada")], [comes("ada"), comes("ben")], [comes("ada"), writes], []];
  assert.deepEqual(cases.map(gradeWhere), [null, true, true, true]);
});

Deno.test("[I5] agreed: each answers alone and unseen; then all is shown, one proposes, and all the others agree", () => {
  const run = RoomRun.open();
  run.starts("ada", "agreed");
  const { number: task } = run.task;
  run.done({ type: "answer", task, response: WRONG }, as("ada"));
  assert.equal(run.refused({ type: "answer", task, response: RIGHT }, as("ada")), "already_answered");
  assert.equal(run.refused({ type: "propose", task, response: RIGHT }, as("ada")), "not_yet");
  const unseen = JSON.stringify([run.told("ben"), run.view("ben")]);
  assert.ok(unseen.includes('"answered"') && !unseen.includes('"value":12'), "that Ada answered, not what");
  assert.deepEqual(run.view("ada").task.your_answer, WRONG);
  run.done({ type: "answer", task, response: RIGHT }, as("ben"));
  run.done({ type: "answer", task, response: WRONG }, as("cat"));
  assert.equal(run.view("cat").task.answers.length, 3);
  assert.ok(!JSON.stringify([run.told("ben"), run.view("ben")]).includes('correct_answer":"6'), "no key yet");
  run.done({ type: "propose", task, response: WRONG }, as("ada"));
  run.done({ type: "agree", task, agrees: true }, as("cat"));
  run.done({ type: "agree", task, agrees: false }, as("ben"));
  assert.deepEqual(run.view("ada").task.turn_of, "ben");
  run.done({ type: "propose", task, response: RIGHT }, as("ben"));
  for (const who of ["ada", "cat"]) run.done({ type: "agree", task, agrees: true }, as(who));
  assert.deepEqual([outcome(run).by, outcome(run).correct], [["ben", "ada", "cat"], true]);
  assert.deepEqual(run.effects.map(({ kind }) => kind), ["sight_answers"]);
  run.done({ type: "answers_sighted", task, sightings: {} }, { kind: "effect", basisSeq: run.seq });
  assert.deepEqual(
    run.messages.map(({ to, command }) => [to, Object(command).type, Object(command).answer.correct]),
    ["ben", "ada", "cat"].map((who) => [`learner/${who}`, "record_answer", true]),
  );
  assert.equal(
    run.refused({ type: "answers_sighted", task, sightings: {} }, { kind: "effect", basisSeq: run.seq }),
    "late_result",
  );
});

Deno.test("[I5] silence agrees to nothing: what some agreed to and nobody was against stands, else the turn goes on to an end", () => {
  const run = RoomRun.open();
  run.starts("ada", "agreed");
  run.pass(60_000);
  const { number: task } = run.task;
  run.done({ type: "propose", task, response: RIGHT }, as("ada"));
  run.done({ type: "agree", task, agrees: true }, as("ben"));
  run.pass(60_000);
  assert.deepEqual(outcome(run).by, ["ada", "ben"], "Cat said nothing, so it is not Cat's");
  run.starts("ada", "agreed");
  run.pass(60_000);
  run.pass(6 * 60_000);
  assert.deepEqual([outcome(run).by, outcome(run).response, outcome(run).correct], [[], null, null]);
});

Deno.test("[I5] [I2] who leaves in the middle is waited for no more; who comes joins in", () => {
  const run = RoomRun.open();
  run.starts("ada", "agreed");
  const { number: task } = run.task;
  for (const who of ["ada", "ben"]) run.done({ type: "answer", task, response: WRONG }, as(who));
  run.done({ type: "leave" }, as("cat"));
  assert.equal(run.step.kind, "turns", "everybody who is left has answered");
  run.done({ type: "leave" }, as("ada"));
  assert.deepEqual(run.view("ben").task.turn_of, "ben");
  run.done({ type: "admit_member", member: person("ada"), by: "themself" }, ENGINE_ORIGIN);
  run.done({ type: "propose", task, response: RIGHT }, as("ben"));
  assert.equal(run.step.kind, "turns", "Ada is asked");
  run.done({ type: "leave" }, as("ada"));
  assert.deepEqual(outcome(run), {}, "Ada has left and reads nothing");
  assert.deepEqual(run.step.kind, "over");
});

Deno.test("[I5] [E8] a lesson's question is talked over without its key, its answer neither graded nor recorded", () => {
  const whole = RoomRun.open();
  whole.starts("ada", "by_turn");
  const { item } = whole.task;
  const run = new RoomRun();
  const plan = { ...whole.room.plan, lessonId: "l1", purpose: "discussion", admission: "invited" } as const;
  const form = {
    type: "form_room",
    plan,
    members: ["ada", "ben"].map(person),
    discussed: item,
    endsAtMs: null,
  } as const;
  assert.equal(run.refused(form, as("tess")), "forbidden");
  run.done(form, fromLesson("l1"));
  assert.equal(run.refused({ type: "leave" }, as("ada")), "not_yours");
  const { number: task } = run.task;
  run.done({ type: "propose", task, response: RIGHT }, as("ada"));
  run.done({ type: "agree", task, agrees: true }, as("ben"));
  const told = outcome(run);
  assert.deepEqual([told.by, told.correct, told.correct_answer, told.explanation], [["ada", "ben"], null, null, null]);
  assert.deepEqual(run.effects, []);
  assert.deepEqual(run.messages.map(({ to, command }) => [to, Object(command).report.agreed]), [
    ["classroom/l1", null],
    ["classroom/l1", told.answer],
  ]);
  run.done({ type: "recall_room", endsAtMs: run.nowMs + 30_000 }, fromLesson("l1"));
  run.says("ada", "See you");
  run.pass(30_000 + WORDS_GRACE_MS);
  assert.deepEqual(run.view("ada").ended_by, "recalled");
  assert.equal(run.view("ada").messages.length, 1, "no word is lost");
});

Deno.test("[I5] what a breakout talks over is no task of it: not by its id, and no drawn one, before the second vote", () => {
  const whole = RoomRun.open();
  whole.starts("ada", "by_turn");
  const { item } = whole.task;
  const run = new RoomRun();
  const plan = { ...whole.room.plan, lessonId: "l1", purpose: "discussion", admission: "invited" } as const;
  const members = ["ada", "ben"].map(person);
  run.done({ type: "form_room", plan, members, discussed: item, endsAtMs: null }, fromLesson("l1"));
  const { number: task } = run.task;
  run.done({ type: "propose", task, response: RIGHT }, as("ada"));
  run.done({ type: "agree", task, agrees: true }, as("ben"));
  assert.equal(run.refused({ type: "start_task", itemId: item.itemId, mode: "by_turn" }, as("ada")), "item_open");
  run.done({ type: "start_task", itemId: null, mode: "by_turn" }, as("ada"));
  const [drawn] = run.effects;
  assert.ok(drawn?.kind === "render_task" && drawn.asked.includes(item.itemId));
});

Deno.test("[I5] [S4] whatever is sent in whatever order: the task ends, its journal gives its state, and no key leaves an open one", () => {
  const who = fc.constantFrom("ada", "ben", "cat");
  const steps = fc.array(
    fc.record({
      by: who,
      does: fc.constantFrom("answer", "propose", "agree", "object", "pass", "leave", "come", "wait", "end"),
    }),
    { maxLength: 40 },
  );
  fc.assert(
    fc.property(steps, fc.constantFrom("agreed", "by_turn" as const), (done, mode) => {
      const run = RoomRun.open();
      run.starts("ada", mode as "agreed");
      const { number: task } = run.task;
      let ended = false;
      for (const { by, does } of done) {
        const sent: { readonly [does: string]: TaskCommand } = {
          answer: { type: "answer", task, response: WRONG },
          propose: { type: "propose", task, response: WRONG },
          agree: { type: "agree", task, agrees: true },
          object: { type: "agree", task, agrees: false },
          pass: { type: "pass", task },
        };
        const command = sent[does];
        if (does === "end") {
          run.done({ type: "end_room", reason: "The bell" }, as("tess"));
          ended = true;
        } else if (command !== undefined) run.send(command, as(by));
        else if (does === "leave") run.send({ type: "leave" }, as(by));
        else if (does === "come") run.send({ type: "admit_member", member: person(by), by: "themself" }, ENGINE_ORIGIN);
        else run.pass(20_000);
        if (run.step.kind === "over" || ended) break;
        for (const reader of ["ada", "ben", "cat"]) {
          assert.ok(!JSON.stringify([run.view(reader), run.told(reader)]).includes("correct_answer"));
        }
      }
      run.pass(20 * 60_000);
      assert.equal(run.step.kind, "over");
      assert.deepEqual(run.replayed(), run.room);
    }),
    { verbose: true },
  );
});

Deno.test("[I5] nobody begins a task alone, and who is left alone at one is told the answer but has none on record", () => {
  const run = RoomRun.open(["ada", "ben"]);
  run.starts("ada", "by_turn");
  run.done({ type: "leave" }, as("ben"));
  run.done({ type: "answer", task: run.task.number, response: RIGHT }, as("ada"));
  assert.deepEqual([outcome(run).by, outcome(run).correct], [["ada"], null]);
  assert.equal(outcome(run).correct_answer, String(Object(RIGHT).value));
  assert.deepEqual(run.room.untold, []);
  const start = { type: "start_task", itemId: "n1", mode: "agreed" } as const;
  for (const who of ["ada", "tess"]) assert.equal(run.refused(start, as(who)), "too_few");
  run.done({ type: "admit_member", member: person("ben"), by: "themself" }, ENGINE_ORIGIN);
  run.done(start, as("ada"));
  run.done({ type: "leave" }, as("ben"));
  run.brings();
  assert.equal(run.told("ada").at(-1)?.type, "task_failed", "it came when the other had gone");
});
