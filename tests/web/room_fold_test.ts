/** What the pages fold out of a room's frames equals the view that a reader is given anew. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { room } from "../../src/domain/room/aggregate.ts";
import type { RoomCommand } from "../../src/domain/room/messages.ts";
import { foldRoom } from "../../web/live/room_fold.js";
import { as, ENGINE_ORIGIN, person, RIGHT, RoomRun, WRONG } from "../domain/room/room_run.ts";

const RUNS = 200;
const MEMBERS = ["ada", "ben", "cat"];
const READERS = [...MEMBERS, "tess"];

type View = ReturnType<typeof JSON.parse>;

function plain(value: unknown): View {
  return JSON.parse(JSON.stringify(value));
}

/** Of a view, what is drawn and events change: who is on the channel is told by presence, tasks of before are not drawn. */
function drawn({ status, members, roles, messages, task, task_asked, held, reports, recalled, ends_at_ms }: View) {
  return plain({
    ...{ status, roles, task_asked, recalled, ends_at_ms, reports: reports.map(({ at: _at, ...one }: View) => one) },
    members: members.map(({ here: _here, muted, ...one }: View) => ({ ...one, muted: muted ?? false })),
    messages: messages.map(({ by: _by, ...one }: View) => one),
    held: held.map(({ text }: View) => text),
    task: task === null ? null : task.step === "over" ? { task: task.task, outcome: task.outcome } : {
      ...task,
      answers: task.answers ?? [],
      turn_of: task.turn_of ?? null,
      answered: task.step === "alone" ? task.answered : [],
    },
  });
}

type Step = (run: RoomRun, who: string) => readonly [RoomCommand, ReturnType<typeof as>];

const at = (run: RoomRun) => run.room.task?.number ?? 1;
const latest = (run: RoomRun) => run.room.messages.at(-1)?.number ?? 1;
const TEXT = "Twice a number is that number and itself.";

/** Stands for whoever has the turn. */
const IN_TURN = "in turn";

function whoNow({ room: { task } }: RoomRun, who: string): string {
  if (who !== IN_TURN) return who;
  return task?.step.kind === "turns" ? task.step.userId : "ada";
}

/** What may happen in a room, by whoever it is. */
const STEPS: { readonly [name: string]: Step } = {
  agreed: (_run, who) => [{ type: "start_task", itemId: "n1", mode: "agreed" }, as(who)],
  by_turn: (_run, who) => [{ type: "start_task", itemId: "n1", mode: "by_turn" }, as(who)],
  fail: (run) => [{ type: "task_failed", code: "failed", says: "No." }, { kind: "effect", basisSeq: run.seq }],
  right: (run, who) => [{ type: "answer", task: at(run), response: RIGHT }, as(who)],
  wrong: (run, who) => [{ type: "answer", task: at(run), response: WRONG }, as(who)],
  propose: (run, who) => [{ type: "propose", task: at(run), response: RIGHT }, as(who)],
  agree: (run, who) => [{ type: "agree", task: at(run), agrees: true }, as(who)],
  object: (run, who) => [{ type: "agree", task: at(run), agrees: false }, as(who)],
  pass: (run, who) => [{ type: "pass", task: at(run) }, as(who)],
  say: (_run, who) => [{ type: "say", text: TEXT }, as(who)],
  hurt: (_run, who) => [{ type: "say", text: "You are an idiot" }, as(who)],
  explain: (_run, who) => [{ type: "explain", text: TEXT, task: null }, as(who)],
  rate: (run, who) => [{ type: "rate", message: latest(run), stars: 4 }, as(who)],
  report: (run, who) => [{ type: "report", message: latest(run), reason: "Not nice" }, as(who)],
  settle: (run) => [{ type: "settle_report", report: run.room.reports.at(-1)?.report ?? 1, note: "Seen" }, as("tess")],
  hide: (run) => [{ type: "hide_message", message: latest(run), reason: "Away" }, as("tess")],
  mute: (_run, who) => [{ type: "mute_member", userId: who, muted: true, reason: "Rest" }, as("tess")],
  tell: () => [{ type: "tell_room", text: "Five more minutes" }, as("tess")],
  ask: (_run, who) => [{ type: "ask_help", asked: true }, as(who)],
  rotate: (_run, who) => [{ type: "rotate_roles" }, as(who)],
  erase: (_run, who) => [{ type: "erase_words", userId: who }, ENGINE_ORIGIN],
  leave: (_run, who) => [{ type: "leave" }, as(who)],
  come: (_run, who) => [{ type: "admit_member", member: person(who), by: "themself" }, ENGINE_ORIGIN],
  end: () => [{ type: "end_room", reason: "The bell" }, as("tess")],
};

/** More often than the others: the way of a task to its end is long. */
const OFTEN = ["agreed", "all_answer", "all_answer", "propose", "propose", "agree", "agree", "time"];

/** One step, allowed or refused. */
const step = fc.record({
  name: fc.constantFrom(...Object.keys(STEPS), ...OFTEN),
  who: fc.constantFrom(...MEMBERS, "dan", IN_TURN),
});

/** A task from its start to the answer that all agree to, which few courses by chance come to. */
const AGREED = [
  ["agreed", "ada"],
  ["all_answer", "ada"],
  ["propose", IN_TURN],
  ["object", "ben"],
  ["propose", IN_TURN],
  ["agree", "ada"],
  ["agree", "cat"],
].map(([name = "", who = ""]) => ({ name, who }));

function doStep(run: RoomRun, { name, who }: { readonly name: string; readonly who: string }): void {
  if (name === "time") return run.pass(run.room.plan.turnMs);
  if (name === "all_answer") return MEMBERS.forEach((one) => doStep(run, { name: "wrong", who: one }));
  const [command, origin] = STEPS[name]?.(run, whoNow(run, who)) ?? assert.fail(name);
  const decision = run.send(command, origin);
  // Some wait for it as the run goes on.
  if (command.type === "start_task" && decision.kind === "accepted" && who !== "cat") run.brings();
}

Deno.test("[J17] [I5] what a page folds out of a room's events equals the view, for any course of events", () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 5, maxLength: 100 }), (steps) => {
      const run = RoomRun.open(MEMBERS);
      const views = new Map(READERS.map((id): [string, View] => [id, plain(run.view(id))]));
      let told = run.journal.length;
      for (const one of steps) {
        doStep(run, one);
        for (const id of READERS) {
          const now = run.view(id);
          // Who is out is told nothing, and is given the view anew once they are back.
          if (now === null || views.get(id) === null) {
            views.set(id, plain(now));
            continue;
          }
          const audience = id === "tess" ? "staff" : `member:${id}`;
          for (const { event, place } of run.journal.slice(told)) {
            const frame = room.project(event, audience);
            if (frame !== null) views.set(id, foldRoom(views.get(id), frame.type, plain(frame.data), place.atMs, id));
          }
          assert.deepEqual(drawn(views.get(id)), drawn(plain(now)), `${id} after ${JSON.stringify(one)}`);
        }
        told = run.journal.length;
      }
    }),
    { numRuns: RUNS, examples: [[AGREED]] },
  );
});
