/** A quest from offer to end: accepted, handed in, judged, tried again, run out, given up. */
import assert from "node:assert/strict";
import { addressOf } from "../../../src/domain/address.ts";
import type { Origin } from "../../../src/domain/decision.ts";
import { questEventData, questsView } from "../../../src/domain/quests/quest_view.ts";
import { ACTIVE_MAX } from "../../../src/domain/quests/state.ts";
import { factOf, learner } from "../learner/learner_run.ts";
import { ADA, counted, DAY_MS, draftOf, keyed, QuestRun, rubric, START_MS } from "./quest_run.ts";

const RIGHT = { kind: "right_answers", within: "anywhere", unaided: false, difficultyMin: 1 } as const;

function answerOf(value: number) {
  return { question: { kind: "number", value, unit: null } } as const;
}

function submissionActor(questId: string, attempt = 1): Origin {
  return { kind: "actor", sender: addressOf("submission", `ada.${questId}.${attempt}`), seq: attempt };
}

function fired(run: QuestRun): readonly string[] {
  const dueMs = run.timers.get("quests");
  assert.ok(dueMs !== undefined, "no timer is set");
  run.nowMs = dueMs;
  return run.did({ type: "quests_deadline" }, { kind: "timer", name: "quests", dueMs }).flatMap((event) =>
    event.type === "quest_closed" ? [event.outcome] : []
  );
}

Deno.test("[Q3] a wrong answer is told with each criterion's result and a try less, a right one completes with its share of points", () => {
  const run = new QuestRun();
  const criteria = [counted("right", RIGHT, 4, 1), keyed("question", 3)];
  const questId = run.begun(draftOf(criteria, { threshold: 0.75, retries: 1 }));
  const submit = (value: number) =>
    run.did({ type: "submit_quest", questId, answers: answerOf(value), text: "", digest: "d" });
  assert.deepEqual(submit(8).map(({ type }) => type), ["quest_submitted", "quest_fell_short"]);
  const [short] = run.told("quest_fell_short");
  assert.equal(short?.triesLeft, 1);
  assert.deepEqual(short?.results.map(({ score, feedback }) => [score, feedback]), [[0, "0 of 4"], [
    0,
    "not right yet",
  ]]);
  run.answer(factOf("algebra", START_MS + 1));
  submit(7);
  const [done] = run.told("quest_completed");
  assert.deepEqual([done?.score, done?.points], [0.8125, 33]);
  assert.deepEqual(run.points, [33]);
});

Deno.test("[J19] [Q10] a quest whose question a lesson asks now is handed in later, at no try's cost", () => {
  const run = new QuestRun();
  const questId = run.begun(draftOf([keyed("question")]));
  const asked = [{ courseId: "algebra", itemId: "seven", prompt: "Three and four?" }];
  const asking: Origin = { kind: "client", principal: { userId: "ada", role: "student" }, asked };
  const submit = { type: "submit_quest", questId, answers: answerOf(7), text: "", digest: "d" } as const;
  assert.equal(run.refused(submit, asking), "item_asked");
  run.did(submit);
  assert.deepEqual(run.points, [40]);
});

Deno.test("[Q3] the last try that falls short ends the quest unpaid", () => {
  const run = new QuestRun();
  const questId = run.begun(draftOf([keyed("question")]));
  run.did({ type: "submit_quest", questId, answers: answerOf(1), text: "", digest: "d" });
  assert.deepEqual(run.told("quest_closed").map(({ outcome }) => outcome), ["failed"]);
  assert.deepEqual([run.points, run.state.quests.active], [[], []]);
});

Deno.test("[Q2] what is only counted cannot be handed in early: it costs no try and says how far it is", () => {
  const run = new QuestRun();
  const questId = run.begun(draftOf([counted("right", RIGHT, 4)], { threshold: 0.5 }));
  const submit = { type: "submit_quest", questId, answers: {}, text: "", digest: "d" } as const;
  assert.equal(run.refused(submit), "not_there_yet");
  run.answer(factOf("algebra", START_MS + 1));
  run.answer(factOf("algebra", START_MS + 2));
  run.did(submit);
  assert.deepEqual(run.told("quest_completed").map(({ score, points }) => [score, points]), [[0.5, 20]]);
});

Deno.test("[Q8] a text waits for a teacher; points that fall short leave two days, good ones complete, each attempt once", () => {
  const run = new QuestRun();
  const questId = run.begun(draftOf([rubric("clear", 2), counted("right", RIGHT, 2)], { threshold: 0.6, retries: 1 }));
  assert.equal(run.refused({ type: "submit_quest", questId, answers: {}, text: "  ", digest: "d" }), "text_needed");
  run.did({ type: "submit_quest", questId, answers: {}, text: "Because.", digest: "d" });
  const message = Object(run.messages.at(-1));
  assert.equal(message.to, `submission/ada.${questId}.1`);
  assert.equal(message.command.submission.text, "Because.");
  assert.equal(run.refused({ type: "submit_quest", questId, answers: {}, text: "More.", digest: "d" }), "under_review");
  run.nowMs = START_MS + 20 * DAY_MS;
  const judge = (points: number, attempt: number) =>
    run.did(
      { type: "record_evaluation", questId, attempt, points: { clear: points }, comment: "So." },
      submissionActor(questId),
    );
  judge(1, 1);
  assert.deepEqual(judge(1, 1), [], "told twice it counts once");
  const [short] = run.told("quest_fell_short");
  assert.deepEqual([short?.score, short?.deadlineMs], [0.3333, run.nowMs + 2 * DAY_MS]);
  run.did({ type: "submit_quest", questId, answers: {}, text: "Because it is so.", digest: "d" });
  judge(2, 2);
  assert.deepEqual(run.told("quest_completed").map(({ score, comment }) => [score, comment]), [[0.6667, "So."]]);
  assert.deepEqual(judge(2, 2), []);
  assert.deepEqual(run.points, [27]);
});

Deno.test("[Q6] one timer ends offers and quests at their time; one under review waits", () => {
  const run = new QuestRun();
  const [first, second] = run.offered(
    draftOf([counted("right", RIGHT, 9)], { lastsMs: DAY_MS }),
    draftOf([rubric("clear")], { templateId: "t2", lastsMs: DAY_MS }),
    draftOf([counted("right", RIGHT, 9)], { templateId: "t3" }),
  );
  assert.ok(first !== undefined && second !== undefined);
  for (const questId of [first, second]) run.did({ type: "accept_quest", questId });
  run.did({ type: "submit_quest", questId: second, answers: {}, text: "Here.", digest: "d" });
  assert.deepEqual(fired(run), ["expired"]);
  assert.ok(run.nowMs >= START_MS + DAY_MS);
  assert.deepEqual(fired(run), ["offer_expired"]);
  assert.equal(run.nowMs, START_MS + 7 * DAY_MS);
  assert.deepEqual([run.timers.has("quests"), run.state.quests.active.length], [false, 1]);
});

Deno.test("[B3] quests under way are bounded; giving one up makes room, and what is done once is not asked for again", () => {
  const run = new QuestRun();
  const draft = (i: number) => draftOf([counted("right", RIGHT, 9)], { templateId: `t${i}` });
  const ids = Array.from({ length: ACTIVE_MAX }, (_, i) => run.begun(draft(i)));
  const [last] = run.offered(draft(ACTIVE_MAX));
  assert.ok(last !== undefined);
  assert.equal(run.refused({ type: "accept_quest", questId: last }), "too_many_quests");
  run.did({ type: "abandon_quest", questId: ids[0] ?? "" });
  run.did({ type: "accept_quest", questId: last });
  const engagement = run.messages.map((message) => Object(message))
    .filter(({ to }) => to === "quests/all").flatMap(({ command }) => command.engagements)
    .map(({ outcome }) => outcome);
  assert.deepEqual(engagement, ["accepted", "accepted", "accepted", "accepted", "dropped", "accepted"]);
});

Deno.test("[Q10] a quest accepted again, by whoever heard no answer, stays as it was and is told as before", () => {
  const run = new QuestRun();
  const [questId] = run.offered(draftOf([counted("right", RIGHT, 9)], { team: { sizeMin: 2, sizeMax: 3 } }));
  assert.ok(questId !== undefined);
  const replies = [0, 1].map((hours) => {
    run.nowMs += hours * 3_600_000;
    const decision = run.send({ type: "accept_quest", questId }, ADA);
    return decision.kind === "accepted" ? decision.reply : decision;
  });
  assert.deepEqual(replies[1], replies[0]);
  assert.deepEqual([run.told("quest_accepted").length, run.state.quests.active.length], [1, 1]);
  const founded = run.messages.filter((message) => JSON.stringify(message).includes("found_team"));
  assert.equal(founded.length, 1);
});

Deno.test("[S6] [S7] a proposal is awaited across recovery; one that is not awaited changes nothing, nor does a person's", () => {
  const run = new QuestRun();
  run.did({ type: "seek_quests" });
  const [effect] = run.proposals;
  assert.ok(effect);
  assert.deepEqual(learner.pendingEffects(JSON.parse(JSON.stringify(run.state))), [effect]);
  run.did({ type: "seek_quests" });
  assert.equal(run.proposals.length, 1, "one proposal at a time");
  const failed = learner.effectFailed(effect, "gone");
  assert.ok(failed.type === "proposal_failed");
  assert.equal(run.refused(failed), "forbidden");
  run.send(failed, { kind: "effect", basisSeq: effect.basisSeq });
  assert.deepEqual(learner.pendingEffects(run.state), []);
  assert.equal(run.refused(failed, { kind: "effect", basisSeq: effect.basisSeq }), "late_result");
});

Deno.test("[Q10] nobody but the learner acts on their quests, and no key is in what they are shown", () => {
  const run = new QuestRun();
  const questId = run.begun(draftOf([keyed("question")]));
  const others: Origin[] = [
    { kind: "client", principal: { userId: "eve", role: "student" } },
    { kind: "client", principal: { userId: "tess", role: "teacher" } },
    { kind: "actor", sender: addressOf("learner", "eve"), seq: 1 },
  ];
  for (const origin of others) {
    assert.equal(run.refused({ type: "abandon_quest", questId }, origin), "forbidden");
    const told = { type: "record_evaluation", questId, attempt: 1, points: {}, comment: "" } as const;
    assert.equal(run.refused(told, origin), "forbidden");
    assert.equal(run.refused({ type: "quests_deadline" }, origin), "forbidden");
  }
  const shown = [
    questsView(run.state.quests),
    ...run.told("quests_offered").map(questEventData),
    ...run.told("quest_accepted").map(questEventData),
  ];
  assert.match(JSON.stringify(shown), /Three and four/);
  assert.doesNotMatch(JSON.stringify(shown), /"key"|"value"/);
});

Deno.test("[S5] a learner of version 6 begins with no quests", () => {
  const { quests: _quests, ...before } = learner.initial("ada");
  assert.deepEqual(learner.upcastState(6, before).quests, learner.initial("ada").quests);
});
