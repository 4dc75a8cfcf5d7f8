/** Points taken back: once, with a reason, by who teaches; the books balance and badges stand on what is left. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { addressOf } from "../../../src/domain/address.ts";
import type { Origin } from "../../../src/domain/decision.ts";
import { createLearner } from "../../../src/domain/learner/aggregate.ts";
import type { LearnerState } from "../../../src/domain/learner/knowledge.ts";
import type { BadgeRule } from "../../../src/domain/rewards/badge.ts";
import { ENTRIES_REMEMBERED_MAX, imbalance } from "../../../src/domain/rewards/ledger.ts";
import { figureOf } from "../../../src/domain/rewards/rewards.ts";
import { factOf, learner } from "../learner/learner_run.ts";
import { ADA, counted, draftOf, QuestRun } from "../quests/quest_run.ts";
import { sessionOf } from "./rewarded_learner.ts";

const TEACHER: Origin = { kind: "client", principal: { userId: "grace", role: "teacher" } };
const reach = (id: string, figure: "quests" | "level" | "sessions", atLeast: number, points: number): BadgeRule => ({
  id,
  title: id,
  description: id,
  points,
  criterion: { kind: "reach", figure, atLeast },
});
const RULES: readonly BadgeRule[] = [
  reach("first-quest", "quests", 1, 10),
  reach("three-quests", "quests", 3, 15),
  reach("level-two", "level", 2, 5),
  reach("level-three", "level", 3, 0),
  reach("first-session", "sessions", 1, 5),
  { id: "crown", title: "Crown", description: "By a quest.", points: 20, criterion: { kind: "quest" } },
];
const ONE_RIGHT = counted("right", { kind: "right_answers", within: "anywhere", unaided: false, difficultyMin: 1 }, 1);

class TakenBackRun extends QuestRun {
  #answers = 0;

  constructor() {
    super(createLearner(RULES));
  }

  /** Takes a quest up and completes it by one answer; gives its id. */
  completed(points: number, badges: readonly string[] = []): string {
    const questId = this.begun(draftOf([ONE_RIGHT], { templateId: `t${this.#answers}`, points, badges }));
    this.answer({ ...factOf("algebra", this.nowMs + this.#answers++), sighting: null });
    assert.equal(this.told("quest_completed").at(-1)?.questId, questId);
    return questId;
  }

  session(id: string, score: number): void {
    const session = sessionOf(id, { answered: score, correct: score, scoreSum: score });
    this.send({ type: "record_session", session }, { kind: "actor", sender: addressOf("session", id), seq: 1 });
  }

  takeBack(entryId: string, origin: Origin = TEACHER, reason = "copied") {
    const decision = this.send({ type: "take_back_points", entryId, reason }, origin);
    return decision.kind === "rejected" ? decision.code : decision.kind;
  }

  get badges(): readonly string[] {
    return this.state.rewards.badges.map(({ badgeId }) => badgeId).sort();
  }
}

Deno.test("[G11] an entry is taken back once, by staff, with a reason, and never by its own learner", () => {
  const run = new TakenBackRun();
  const questId = run.completed(40);
  const entry = `quests.${questId}`;
  assert.equal(run.takeBack(entry, ADA), "forbidden");
  const own: Origin = { kind: "client", principal: { userId: "ada", role: "teacher" } };
  assert.equal(run.takeBack(entry, own), "forbidden");
  assert.equal(run.takeBack(entry, { kind: "actor", sender: addressOf("session", "s1"), seq: 9 }), "forbidden");
  for (const reason of ["", "  ", "x".repeat(501)]) {
    assert.equal(run.takeBack(entry, TEACHER, reason), "malformed_reason");
  }
  for (const unknown of ["quests.other", "", "learner.x", `reversal.${entry}`]) {
    assert.equal(run.takeBack(unknown), "unknown_entry", unknown);
  }
  assert.equal(run.takeBack("badges.first-quest"), "badge_entry");
  assert.equal(run.state.quests.completed, 1);
  assert.equal(run.takeBack(entry), "accepted");
  assert.equal(run.takeBack(entry), "reversed_before");
  assert.deepEqual([run.state.quests.completed, run.state.rewards.counts.quests], [0, 0]);
  const { ledger, week } = run.state.rewards;
  assert.deepEqual([ledger.balances.learner, imbalance(ledger), week.points], [0, 0, 0]);
  const [reversal] = run.told("points_reversed");
  assert.deepEqual([reversal?.reverses, reversal?.reason, reversal?.byUserId], [entry, "copied", "grace"]);
});

Deno.test("[G11] badges go with what they stood on, one after the other, and with the quest that gave them", () => {
  const run = new TakenBackRun();
  const crowned = run.completed(40, ["crown"]);
  assert.deepEqual(run.badges, ["crown", "first-quest", "level-two"]);
  run.session("s1", 30);
  assert.deepEqual(run.badges, ["crown", "first-quest", "first-session", "level-three", "level-two"]);
  run.takeBack(`quests.${crowned}`);
  // 110 points less the quest's 40, the crown's 20 and first-quest's 10 are 40: level 1.
  assert.deepEqual(run.badges, ["first-session"]);
  assert.equal(run.state.rewards.ledger.balances.learner, 35);
  assert.deepEqual(run.told("badge_revoked").map(({ reason }) => reason), Array(4).fill("copied"));
  const types = new Set(run.journal.slice(-run.told("points_reversed").length - 4).map(({ type }) => type));
  assert.deepEqual([...types].sort(), ["badge_revoked", "points_reversed"]);
});

Deno.test("[G3] [G11] a badge that is earned again after it was lost pays what it says, each time by an entry of its own", () => {
  const run = new TakenBackRun();
  for (const award of ["badges.first-quest", "badges.first-quest.2", "badges.first-quest.3"]) {
    const questId = run.completed(5);
    const [badge, payment] = [run.told("badge_earned").at(-1), run.told("points_awarded").at(-1)];
    assert.deepEqual([badge?.badgeId, payment?.entryId, payment?.amount], ["first-quest", award, badge?.points]);
    assert.equal(run.state.rewards.ledger.balances.learner, 15);
    run.takeBack(`quests.${questId}`);
    assert.equal(run.told("points_reversed").at(-1)?.reverses, award);
    assert.deepEqual([run.badges, run.state.rewards.ledger.balances.learner], [[], 0]);
  }
});

Deno.test("[S5] what an older program remembers of badges taken back lets them be earned and paid anew", () => {
  const run = new TakenBackRun();
  run.takeBack(`quests.${run.completed(5)}`);
  const { timesLost: _later, ...rewards } = run.state.rewards;
  const stored = { ...run.state, rewards: { ...rewards, classes: ["7b"] } };
  const upcast = learner.upcastState(10, JSON.parse(JSON.stringify(stored)));
  assert.deepEqual(upcast.rewards, run.state.rewards);
});

Deno.test("[G11] a quest's badge stays while its own quest is not the one taken back; a raised rule takes nothing", () => {
  const run = new TakenBackRun();
  const [crowned, other] = [run.completed(5, ["crown"]), run.completed(5)];
  run.takeBack(`quests.${other}`);
  assert.deepEqual(run.badges, ["crown", "first-quest"]);
  const stricter = createLearner([reach("first-quest", "quests", 5, 10), ...RULES.slice(1)]);
  const decided = stricter.decide(run.state, { type: "take_back_points", entryId: `quests.${crowned}`, reason: "r" }, {
    actor: addressOf("learner", "ada"),
    seq: run.seq,
    nowMs: run.nowMs,
    seed: 1,
    commandId: "c",
    origin: TEACHER,
  });
  assert.ok(decided.kind === "accepted");
  const revoked = decided.events.flatMap((event) => event.type === "badge_revoked" ? [event.badgeId] : []);
  assert.deepEqual(revoked, ["crown"]);
});

Deno.test("[G11] a badge that two completed quests give goes with the last of them, in whatever order they are taken back", () => {
  for (const order of [[0, 1, 2], [0, 2, 1], [2, 1, 0], [1, 0, 2]]) {
    const run = new TakenBackRun();
    const quests = [run.completed(5, ["crown"]), run.completed(5, ["crown"]), run.completed(5, ["crown"])];
    const held = order.map((which) => {
      run.takeBack(`quests.${quests[which]}`);
      return run.badges.includes("crown");
    });
    assert.deepEqual(held, [true, true, false]);
    assert.equal(run.told("badge_revoked").filter(({ badgeId }) => badgeId === "crown").length, 1);
  }
});

Deno.test("[S5] of a badge earned under an older program the first quest is known, and each later one is taken in", () => {
  const run = new TakenBackRun();
  const first = run.completed(5, ["crown"]);
  const { givenBy: _later, ...rewards } = run.state.rewards;
  run.state = learner.upcastState(12, JSON.parse(JSON.stringify({ ...run.state, rewards })));
  assert.deepEqual(run.state.rewards.givenBy, { crown: [first] });
  const second = run.completed(5, ["crown"]);
  for (const [questId, stands] of [[first, true], [second, false]] as const) {
    run.takeBack(`quests.${questId}`);
    assert.equal(run.badges.includes("crown"), stands);
  }
});

Deno.test("[G11] points of an earlier week are not taken from this week's board", () => {
  const run = new TakenBackRun();
  const early = run.completed(40);
  run.nowMs += 8 * 86_400_000;
  run.session("s1", 20);
  assert.equal(run.state.rewards.week.points, 25);
  run.takeBack(`quests.${early}`);
  assert.deepEqual(run.badges, ["first-session"]);
  assert.deepEqual([run.state.rewards.week.points, run.state.rewards.ledger.balances.learner], [25, 25]);
});

Deno.test("[G11] [S4] whatever is done and taken back, books balance, badges hold, the journal gives the same state", () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant("quest" as const), points: fc.integer({ min: 1, max: 90 }), crown: fc.boolean() }),
    fc.record({ kind: fc.constant("session" as const), score: fc.integer({ min: 1, max: 60 }) }),
    fc.record({ kind: fc.constant("take_back" as const), which: fc.nat(), again: fc.boolean() }),
    fc.record({ kind: fc.constant("wait" as const), days: fc.integer({ min: 1, max: 5 }) }),
  );
  fc.assert(fc.property(fc.array(step, { maxLength: 24 }), (steps) => {
    const run = new TakenBackRun();
    let sessions = 0;
    for (const one of steps) {
      if (one.kind === "quest") run.completed(one.points, one.crown ? ["crown"] : []);
      else if (one.kind === "session") run.session(`s${++sessions}`, one.score);
      else if (one.kind === "wait") run.nowMs += one.days * 86_400_000;
      else {
        const given = run.told("points_awarded").filter(({ account }) => account !== "badges");
        const entry = given[one.which % Math.max(1, given.length)];
        if (entry === undefined) continue;
        run.takeBack(entry.entryId);
        if (one.again) assert.equal(run.takeBack(entry.entryId), "reversed_before");
      }
      checkHeld(run);
    }
    const replayed = run.journal.reduce<LearnerState>(
      (state, event, i) => learner.evolve(state, event, { seq: i + 1, atMs: run.times[i] ?? 0 }),
      learner.initial("ada"),
    );
    assert.deepEqual(replayed.rewards, run.state.rewards);
  }));
});

function checkHeld(run: TakenBackRun): void {
  const { rewards } = run.state;
  const { balances } = rewards.ledger;
  assert.equal(imbalance(rewards.ledger), 0);
  assert.ok(balances.learner >= 0 && rewards.week.points >= 0 && rewards.counts.quests >= 0);
  const given = run.told("points_awarded").reduce((sum, { amount }) => sum + amount, 0);
  const taken = run.told("points_reversed").reduce((sum, { amount }) => sum + amount, 0);
  assert.equal(balances.learner, given - taken);
  const reversed = run.told("points_reversed").map(({ reverses }) => reverses);
  assert.equal(new Set(reversed).size, reversed.length, "each once");
  assert.equal(
    rewards.counts.quests,
    run.told("quest_completed").length - reversed.filter((id) => /^quests/.test(id)).length,
  );
  const crowning = run.told("quest_completed").filter(({ questId, badges }) =>
    badges.includes("crown") && !reversed.includes(`quests.${questId}`)
  );
  assert.equal(rewards.badges.some(({ badgeId }) => badgeId === "crown"), crowning.length > 0);
  for (const { id, criterion } of RULES) {
    if (criterion.kind !== "reach") continue;
    const reaches = figureOf(rewards, criterion.figure) >= criterion.atLeast;
    assert.equal(rewards.badges.some(({ badgeId }) => badgeId === id), reaches, id);
  }
}

Deno.test("[G11] an entry that is remembered no more, or whose amount an older program did not keep, is told as unknown", () => {
  const run = new TakenBackRun();
  run.session("s0", 9);
  for (let i = 1; i <= ENTRIES_REMEMBERED_MAX; i += 1) run.session(`s${i}`, 1);
  assert.equal(run.takeBack("sessions.s0"), "unknown_entry");
  const { rewards } = run.state;
  const ids = rewards.ledger.recent.map(([id]) => id);
  const stored = { ...run.state, rewards: { ...rewards, ledger: { ...rewards.ledger, recent: ids } } };
  const older = new TakenBackRun();
  older.state = learner.upcastState(8, JSON.parse(JSON.stringify(stored)));
  assert.equal(older.takeBack("sessions.s9"), "unknown_entry");
  const before = older.state.rewards.ledger;
  older.session("s9", 1);
  assert.deepEqual(older.state.rewards.ledger, before, "nor is it paid again");
});
