/** The parts of a simulated class: what it is asked for, what its checks see, what its bots can do. */
import assert from "node:assert/strict";
import { checkCourse } from "../../src/domain/curriculum/check_course.ts";
import { grade } from "../../src/domain/curriculum/grade.ts";
import { publicItem } from "../../src/domain/curriculum/public_item.ts";
import { renderItem } from "../../src/domain/curriculum/render_item.ts";
import { arithmeticCourse, questionItems, voteItems } from "../../tools/class/arithmetic_course.ts";
import { castOf, chanceOfRight } from "../../tools/class/cast.ts";
import { scoresFrom } from "../../tools/class/checks.ts";
import { ClassUsageError, readClassOptions } from "../../tools/class/class_options.ts";
import { mostInASecond } from "../../tools/class/figures.ts";
import { StudentFrames } from "../../tools/class/frame_leaks.ts";
import type { ToldFrame } from "../../tools/class/told_frames.ts";
import { itemSchema, OWN_WRONG_FIRST, rightAnswer, wrongAnswer } from "../../tools/class/item_seen.ts";
import { timersIn } from "../../tools/class/timers_kept.ts";
import { Metrics } from "../../src/http/metrics.ts";
import { METER } from "../../src/actors/meter_names.ts";

const ADA = "0199aaaa-0000-7000-8000-00000000000a";
const BEN = "0199aaaa-0000-7000-8000-00000000000b";

Deno.test("[P5] a command line that cannot be followed is answered in words, and the rest as it was meant", () => {
  const refused = [
    ["--students", "9"],
    ["--students", "ten"],
    ["--students", "10.5"],
    ["--minutes", "0"],
    ["--seed", "-1"],
    ["--nonsense"],
    ["--url", "not a url", "--teacher", "tess"],
    ["--url", "http://school.example"],
    ["--url", "http://school.example", "--teacher", "tess", "--chaos"],
    ["--teacher", "tess"],
  ];
  for (const args of refused) assert.throws(() => readClassOptions(args, "secret"), ClassUsageError, args.join(" "));
  assert.throws(() => readClassOptions(["--url", "http://school.example", "--teacher", "tess"], undefined), /PASSWORD/);
  assert.deepEqual(readClassOptions([], undefined), {
    students: 30,
    minutes: 5,
    seed: 2026,
    place: { kind: "own", chaos: "none" },
    output: "table",
  });
  assert.deepEqual(readClassOptions(["--chaos"], undefined).place, { kind: "own", chaos: "kills" });
  assert.deepEqual(readClassOptions(["--url", "https://school.example/x", "--teacher", "tess"], "secret").place, {
    kind: "running",
    url: "https://school.example",
    teacher: "tess",
    password: "secret",
  });
});

Deno.test("[P5][C1][C3] the course of a simulated class can be taught, and its bots reckon what its keys say", () => {
  const course = arithmeticCourse("reckoning");
  assert.deepEqual(checkCourse(course), []);
  const ids = course.items.map(({ id }) => id);
  assert.ok([...questionItems(), ...voteItems()].every((id) => ids.includes(id)));
  for (const [seed, item] of course.items.entries()) {
    const rendered = renderItem(item, seed);
    const seen = itemSchema.parse(publicItem(rendered));
    for (const answer of [rightAnswer(seen), wrongAnswer(seen, 3, 0.5)]) {
      const graded = grade(rendered.key, rendered.form, answer.response);
      assert.equal(graded.kind === "graded" && graded.correct, answer.right, item.id);
    }
  }
});

Deno.test("[P5] a seed seats the same class; the able are right more often, and harder items less often", () => {
  const facts = (seed: number) => castOf(30, seed).map(({ behaviour, ability }) => [behaviour, ability]);
  assert.deepEqual(facts(1), facts(1));
  assert.notDeepEqual(facts(1), facts(2));
  assert.equal(new Set(facts(1).slice(0, 10).map(([behaviour]) => behaviour)).size, 10);
  const [one] = castOf(10, 1);
  assert.ok(one);
  const chance = (ability: number, difficulty: number, help: number) =>
    chanceOfRight({ ...one, ability }, difficulty, help);
  assert.equal(chance(0, 3, 0), 0.5);
  assert.ok(chance(1, 3, 0) > chance(0, 3, 0) && chance(0, 5, 0) < chance(0, 3, 0) && chance(0, 3, 1) > 0.5);
});

const channel = "classroom/l1";
const item = { item_id: "i", difficulty: 1, prompt: "Adding: what is $40000 + 11000$?", form: { kind: "number" } };
const question = { type: "event", channel, event: "question", data: { question: 4, round: 1, item } };

Deno.test("[P5][J3] the look through a student's frames finds a key, an explanation, another's id and another's answer", () => {
  const frames = () => {
    const student = new StudentFrames({ userId: ADA, index: 0 }, new Set([ADA, BEN]));
    assert.deepEqual(student.leaksIn(question), []);
    return student;
  };
  const own = { question: 4, round: 1, response: { kind: "number", value: 51_000, unit: null } };
  assert.deepEqual(frames().leaksIn({ type: "event", channel, event: "answer_counted", data: own }), []);
  const leaks = [
    { type: "ephemeral", channel, event: "hint_of_sorts", data: { text: "it is 51000" } },
    { type: "ephemeral", channel, event: "hint_of_sorts", data: { text: "Worked out: see above" } },
    { type: "event", channel, event: "question_reopened", data: { correct_answer: "see above" } },
    { type: "presence", channel, present: [{ user_id: BEN, devices: 1 }] },
    { type: "event", channel, event: "answer_counted", data: { response: { value: OWN_WRONG_FIRST + 1 } } },
    { type: "reset", channel, state: { question: { item, step: "open", answers: [] } } },
  ];
  for (const frame of leaks) {
    assert.equal(frames().leaksIn(frame).length, 1, JSON.stringify(frame));
  }
  const revealed = { question: 4, correct_answer: "51000", explanation: "Worked out: so", your_result: null };
  const student = frames();
  assert.deepEqual(student.leaksIn({ type: "event", channel, event: "question_revealed", data: revealed }), []);
  assert.deepEqual(student.leaksIn({ type: "reset", channel, state: { question: { item, step: "revealed" } } }), []);
});

const session = "session/s1";
const ASKED_AT_MS = 10_000;
const asked = { ...question, data: { ...question.data, opened_at_ms: ASKED_AT_MS } };
const judged = { item_ref: 9, correct: false, correct_answer: "51000", explanation: "Worked out: it is 51000" };

function asking(...before: readonly ToldFrame[]): StudentFrames {
  const student = new StudentFrames({ userId: ADA, index: 0 }, new Set([ADA, BEN]));
  for (const frame of [...before, asked]) assert.deepEqual(student.leaksIn(frame), [], JSON.stringify(frame));
  return student;
}

Deno.test("[P5][J19] the key of what the class is asked is found on every channel and on none, wherever a key can stand", () => {
  const at_ms = ASKED_AT_MS + 5_000;
  const leaks: readonly ToldFrame[] = [
    { type: "event", channel: session, event: "answered", at_ms, data: judged },
    { type: "event", channel: "room/r1", event: "task_failed", at_ms, data: { says: "It is 51000." } },
    { type: "event", channel: "debate/d1", event: "statement_made", at_ms, data: { grounds: ["51000"] } },
    { type: "event", channel: "learner/a", event: "answer_recorded", at_ms, data: { key: { value: 51_000 } } },
    { type: "joined", channel: "matching/c1", state: { worked: "so 51000" } },
    { type: "ack", channel: "room/r1", body: { solution: "51000" } },
    { type: "refuse", message: "not 51000" },
  ];
  for (const frame of leaks) {
    assert.ok(asking().leaksIn(frame).some((leak) => leak.includes("what the class is asked")), JSON.stringify(frame));
  }
  const second = asking();
  const again = { ...asked, data: { ...asked.data, round: 2, opened_at_ms: at_ms + 1 } };
  assert.deepEqual(second.leaksIn(again), []);
  assert.notDeepEqual(second.leaksIn({ type: "event", channel: session, event: "answered", at_ms, data: judged }), []);
  const harmless: readonly ToldFrame[] = [
    { type: "event", channel: "room/r1", event: "message", at_ms, data: { text: "I took 51000; and you?" } },
    { type: "event", channel: "room/r1", event: "task", at_ms, data: { item: { options: [{ text: "51000" }] } } },
    { type: "event", channel: "learner/a", event: "points_awarded", at_ms, data: { balance: 51_000, due_ms: 51_000 } },
    { type: "pong", sent_ms: 51_000, seq: 51_000 },
  ];
  for (const frame of harmless) assert.deepEqual(asking().leaksIn(frame), [], JSON.stringify(frame));
  const revealed = asking();
  revealed.leaksIn({ type: "event", channel, event: "question_revealed", data: { question: 4 } });
  for (const frame of leaks.slice(3)) assert.deepEqual(revealed.leaksIn(frame), [], JSON.stringify(frame));
});

Deno.test("[P5][J19] what was told or sent before the question was opened is no leak; an answer of which nobody knows when is one", () => {
  const early = { type: "event", channel: session, event: "answered", at_ms: ASKED_AT_MS - 1, data: judged };
  const ack = { type: "ack", channel: session, body: judged };
  const told = asking(early);
  for (const frame of [ack, { ...early, at_ms: ASKED_AT_MS + 60_000, event: "intervention" }]) {
    assert.deepEqual(told.leaksIn(frame), [], JSON.stringify(frame));
  }
  assert.deepEqual(told.leaksLeft, []);
  const replayed = asking();
  assert.deepEqual(replayed.leaksIn(ack), [], "its event may still come");
  assert.deepEqual(replayed.leaksIn(early), []);
  assert.deepEqual(replayed.leaksLeft, []);
  const unheard = asking();
  assert.deepEqual(unheard.leaksIn(ack), []);
  assert.equal(unheard.leaksLeft.length, 1);
  const served = { item_ref: 9, item };
  const helped = asking({ type: "event", channel: session, event: "lesson_update", at_ms: 1, data: served });
  const hint = { type: "event", channel: session, event: "hint", at_ms: ASKED_AT_MS + 5_000, data: { text: "Rung 1" } };
  assert.equal(helped.leaksIn(hint).length, 1, "a hint for what the class is asked");
});

Deno.test("[P5][J11][J12] scores come from first votes alone, and updates are counted in any one second", () => {
  const sent = { body: null, sentAtMs: 0, ackedAtMs: 1 };
  const acked = [
    { question: 4, round: 1, right: true, sent },
    { question: 9, round: 1, right: false, sent },
    { question: 9, round: 2, right: true, sent },
    { question: 12, round: 2, right: true, sent },
  ];
  assert.deepEqual(scoresFrom(acked), { answered: 2, correct: 1, points: 1 });
  assert.equal(mostInASecond([0, 250, 500, 750, 1_000, 1_250]), 4);
  assert.equal(mostInASecond([0, 999, 1_000, 1_001]), 3);
  assert.equal(mostInASecond([]), 0);
});

Deno.test("[P5][T3] a class reads from its server's metrics how many timers fired, and how many of them in time", async () => {
  const metrics = new Metrics();
  assert.deepEqual(timersIn(await metrics.text()), { fired: 0, inTime: 0 });
  for (const lateMs of [0, 3, 100, 101, 40_000]) metrics.observe(METER.timerLateMs, lateMs);
  assert.deepEqual(timersIn(await metrics.text()), { fired: 5, inTime: 3 });
});
