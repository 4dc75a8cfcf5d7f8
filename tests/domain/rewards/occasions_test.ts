/** Things done with others: what is the same again counts once a day. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { addressOf } from "../../../src/domain/address.ts";
import type { ActivityFact } from "../../../src/domain/learner/messages.ts";
import type { LearnerState } from "../../../src/domain/learner/knowledge.ts";
import { activityOf } from "../learner/learner_run.ts";
import { counted, draftOf, QuestRun } from "../quests/quest_run.ts";
import { runOf } from "../../../src/domain/rewards/streak.ts";
import { learner, RewardedLearner, START_MS } from "./rewarded_learner.ts";

const DAY_MS = 86_400_000;

const HOUR_MS = 3_600_000;

/** One thing done with others: on one of three days, with one of a few sets of people, about one of a few things. */
const shared = fc.record({
  kind: fc.constantFrom("debate" as const, "colearning" as const, "explanation" as const),
  partners: fc.subarray(["ben", "cat"]),
  subject: fc.constantFrom("fractions", "equations", "graphs"),
  day: fc.nat(2),
  hour: fc.nat(9),
});

function done(run: RewardedLearner, facts: readonly Omit<ActivityFact, "courseId" | "skills" | "sinceMs">[]): void {
  for (const fact of facts) {
    const activity = { ...fact, courseId: null, skills: [], sinceMs: fact.atMs };
    const sender = `${fact.kind === "debate" ? "debate" : "room"}/${fact.id}`;
    run.deliver({ sender, seq: 1, command: { type: "record_activity", activity } });
  }
}

Deno.test("[G12] the same with the same people counts once a day and five of a kind at most, in whatever order it is told", () => {
  fc.assert(fc.property(fc.array(shared, { maxLength: 40 }), fc.infiniteStream(fc.nat(1_000)), (drawn, keys) => {
    const facts = drawn.map(({ kind, partners, subject, day, hour }, i) => ({
      kind,
      id: `a${i}`,
      partners,
      subject,
      atMs: START_MS + day * DAY_MS + hour * HOUR_MS,
    }));
    const shuffled = facts.map((fact) => ({ fact, key: Number(keys.next().value) }))
      .sort((a, b) => a.key - b.key).map(({ fact }) => fact);
    const [run, other] = [new RewardedLearner(), new RewardedLearner()];
    done(run, facts);
    done(other, shuffled);
    const distinct = new Set(
      drawn.map(({ kind, partners, subject, day }) => JSON.stringify([day, kind, partners, subject])),
    );
    const ofEach = Map.groupBy([...distinct], (name) => JSON.stringify(JSON.parse(name).slice(0, 2)));
    const expected = { debate: 0, colearning: 0, explanation: 0 };
    for (const [name, occasions] of ofEach) {
      const kind = JSON.parse(name)[1] as keyof typeof expected;
      expected[kind] += Math.min(5, occasions.length);
    }
    for (const { state: { rewards } } of [run, other]) {
      const { debates, co_learning, explanations } = rewards.counts;
      assert.deepEqual({ debate: debates, colearning: co_learning, explanation: explanations }, expected);
      const paid = 15 * debates + 10 * co_learning + 15 * explanations;
      assert.equal(rewards.ledger.balances.activities, paid === 0 ? 0 : -paid);
    }
    const replayed = run.journal.reduce<LearnerState>(
      (state, { event, atMs }, i) => learner.evolve(state, event, { seq: i + 1, atMs }),
      learner.initial("ada"),
    );
    assert.deepEqual(replayed, run.state);
  }));
});

Deno.test("[G12] what is the same again is told as such and makes the day count; the next day it counts anew", () => {
  const run = new RewardedLearner();
  const again = (id: string, atMs: number) =>
    done(run, [{ kind: "explanation", id, partners: ["ben"], subject: "fractions", atMs }]);
  again("m1", START_MS);
  again("m2", START_MS + HOUR_MS);
  again("m3", START_MS + DAY_MS);
  const recorded = run.journal.flatMap(({ event }) => event.type === "activity_recorded" ? [event] : []);
  assert.deepEqual(recorded.map(({ activity: { id }, counts }) => [id, counts]), [["m1", true], ["m2", false], [
    "m3",
    true,
  ]]);
  const [, second] = recorded;
  assert.deepEqual(second && learner.project(second, "learner"), {
    type: "activity_recorded",
    data: { kind: "explanation", id: "m2", counts: false },
  });
  assert.equal(run.state.rewards.counts.explanations, 2);
});

Deno.test("[G12] a change of time zone brings no other day, for points, badges or quests, before midnight has come", () => {
  const run = new RewardedLearner();
  const together = (id: string, atMs: number, timeZone: string) => {
    run.nowMs = atMs;
    run.setProfile({ timeZone });
    done(run, [{ kind: "colearning", id, partners: ["ben"], subject: "fractions", atMs }]);
    return run.state.rewards.counts.co_learning;
  };
  // From 10:00 to 12:00 UTC the world has three dates.
  const tenMs = Date.parse("2026-05-04T10:00Z");
  const zones = [
    "Pacific/Niue",
    "UTC",
    "Pacific/Honolulu",
    "Pacific/Tongatapu",
    "Pacific/Chatham",
    "Pacific/Kiritimati",
  ];
  zones.forEach((zone, i) => assert.equal(together(`a${i}`, tenMs + i * 60_000, zone), 1, zone));
  assert.equal(together("b", tenMs + HOUR_MS + 60_000, "Pacific/Kiritimati"), 2, "midnight has come in Niue");
  zones.forEach((zone, i) => assert.equal(together(`c${i}`, tenMs + 2 * HOUR_MS + i * 60_000, zone), 2, zone));
});

Deno.test("[G12] in four hours nothing done again counts more than twice, through whichever time zones one goes", () => {
  const zone = fc.constantFrom(...Intl.supportedValuesOf("timeZone"));
  const times = fc.array(fc.tuple(fc.nat(4 * HOUR_MS - 1), zone), { maxLength: 6 });
  fc.assert(fc.property(fc.nat(24 * 365), times, (hour, drawn) => {
    const run = new RewardedLearner();
    for (const [i, [laterMs, timeZone]] of drawn.toSorted(([a], [b]) => a - b).entries()) {
      run.nowMs = START_MS + hour * HOUR_MS + laterMs;
      run.setProfile({ timeZone });
      done(run, [{ kind: "explanation", id: `e${i}`, partners: ["ben"], subject: "fractions", atMs: run.nowMs }]);
    }
    const { counts, streak } = run.state.rewards;
    assert.ok(counts.explanations <= 2 && runOf(streak).days <= 2);
  }));
});

Deno.test("[S5] [G12] activities stored before that was asked have counted, and keep nothing from counting", () => {
  const activity = { kind: "debate", id: "d1", courseId: null, skills: [], sinceMs: 1, atMs: 2 } as const;
  const event = learner.upcastEvent(11, "activity_recorded", { type: "activity_recorded", activity });
  assert.deepEqual(event.type === "activity_recorded" && [event.counts, event.activity.subject], [true, "d1"]);
  const { occasions, ...rewards } = learner.initial("ada").rewards;
  const timesLost = { sprinter: 2 };
  const stored = { ...learner.initial("ada"), rewards: { ...rewards, timesLost } };
  assert.deepEqual(learner.upcastState(11, stored).rewards, { ...rewards, occasions, timesLost });
});

Deno.test("[Q1] [G12] what is done again on one day with the same people about the same thing is one for a quest", () => {
  const run = new QuestRun();
  const begun = START_MS + HOUR_MS;
  const debated = (id: string, atMs: number) => {
    const activity = { ...activityOf("debate", id, atMs), partners: ["ben"], subject: "phones-away" };
    run.send({ type: "record_activity", activity }, { kind: "actor", sender: addressOf("debate", id), seq: 1 });
  };
  debated("before", START_MS);
  run.nowMs = begun;
  run.begun(draftOf([counted("debates", { kind: "activities", activity: "debate" }, 3)]));
  for (const [i, atMs] of [begun, begun + 1, begun + DAY_MS].entries()) debated(`d${i}`, atMs);
  const amounts = run.told("quest_progressed").map(({ amounts: { debates } }) => debates);
  assert.deepEqual(amounts, [1, 2], "the quest's own first of that day, though it had counted for points");
});
