/** Points and badges: in the turn of their cause, once each, balanced, and the same in whatever order facts arrive. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { type Account, imbalance } from "../../../src/domain/rewards/ledger.ts";
import { LEVEL_STARTS, levelOf } from "../../../src/domain/rewards/levels.ts";
import { runOf } from "../../../src/domain/rewards/streak.ts";
import { activityOf, factOf } from "../learner/learner_run.ts";
import { BADGES, learner, RewardedLearner, sessionOf, START_MS, type Told } from "./rewarded_learner.ts";

const DAY_MS = 86_400_000;

function answersOf(session: string, outcomes: readonly boolean[], firstDay: number): Told[] {
  const told = outcomes.map((right, i): Told => ({
    sender: `session/${session}`,
    seq: i + 1,
    command: {
      type: "record_answer",
      answer: {
        ...factOf("algebra", START_MS + (firstDay + (i % 3)) * DAY_MS, right ? "right" : "wrong"),
        sessionId: session,
        // A skill of its own each: what is mastered follows the ratings, which the order of answers moves.
        skills: [`${session}-${i}`],
        sighting: null,
      },
    },
  }));
  const right = outcomes.filter(Boolean).length;
  const end = sessionOf(session, { answered: outcomes.length, correct: right, scoreSum: right });
  return [...told, {
    sender: `session/${session}`,
    seq: told.length + 1,
    command: { type: "record_session", session: end },
  }];
}

const activity: fc.Arbitrary<Told> = fc.record({
  kind: fc.constantFrom("debate", "colearning", "explanation"),
  id: fc.constantFrom("a", "b", "c"),
}).map(({ kind, id }) => ({
  sender: `${kind === "debate" ? "debate" : "room"}/${kind}-${id}`,
  seq: 1,
  command: {
    type: "record_activity",
    activity: activityOf(kind, id, START_MS),
  },
}));

/** The messages of some sources, each source's in its order, some of them delivered again. */
const sources = fc.record({
  sessions: fc.array(fc.tuple(fc.array(fc.boolean(), { maxLength: 9 }), fc.nat(6)), { maxLength: 4 }),
  activities: fc.uniqueArray(activity, { maxLength: 5, selector: ({ sender }) => sender }),
  keys: fc.infiniteStream(fc.nat(1_000)),
  otherKeys: fc.infiniteStream(fc.nat(1_000)),
});

function interleaved(queues: readonly (readonly Told[])[], keys: Iterator<number>): Told[] {
  const left = queues.map((queue) => [...queue]);
  const out: Told[] = [];
  const key = () => Number(keys.next().value);
  while (left.some((queue) => queue.length > 0)) {
    const queue = left[key() % left.length];
    const next = queue?.shift();
    if (next === undefined) continue;
    out.push(next);
    const again = out[key() % out.length];
    if (key() % 3 === 0 && again !== undefined) out.push(again);
  }
  return out;
}

function checkBooks({ state, journal }: RewardedLearner): void {
  const { ledger } = state.rewards;
  assert.equal(imbalance(ledger), 0);
  const entries = journal.flatMap(({ event }) => event.type === "points_awarded" ? [event] : []);
  assert.equal(new Set(entries.map(({ entryId }) => entryId)).size, entries.length, "one entry a cause");
  const recomputed: Record<Account, number> = { learner: 0, sessions: 0, quests: 0, badges: 0, activities: 0 };
  for (const { account, amount, balance } of entries) {
    assert.ok(Number.isInteger(amount) && amount > 0);
    recomputed.learner += amount;
    recomputed[account] -= amount;
    assert.equal(balance, recomputed.learner);
  }
  assert.deepEqual(ledger.balances, recomputed);
  assert.equal(ledger.entries, entries.length);
  const badges = journal.flatMap(({ event }) => event.type === "badge_earned" ? [event.badgeId] : []);
  assert.deepEqual(state.rewards.badges.map(({ badgeId }) => badgeId), badges);
  assert.equal(new Set(badges).size, badges.length, "each badge once");
  const replayed = journal.reduce(
    (folded, { event, atMs }, i) => learner.evolve(folded, event, { seq: i + 1, atMs }),
    learner.initial("ada"),
  );
  assert.deepEqual(replayed, state, "[S4] the journal gives the same state");
  assert.deepEqual(JSON.parse(JSON.stringify(state.rewards)), state.rewards, "plain JSON");
}

Deno.test("[G1] [G2] any interleaving and repetition of what is told balances, pays once, and ends in the same rewards", () => {
  fc.assert(fc.property(sources, ({ sessions, activities, keys, otherKeys }) => {
    const queues = [
      ...sessions.map(([outcomes, day], i) => answersOf(`s${i}`, outcomes, day)),
      ...activities.map((one) => [one]),
    ];
    if (queues.length === 0) return;
    const [one, other] = [keys, otherKeys].map((order) => {
      const run = new RewardedLearner();
      for (const told of interleaved(queues, order)) {
        run.deliver(told);
        assert.equal(imbalance(run.state.rewards.ledger), 0);
      }
      checkBooks(run);
      return run;
    });
    assert.ok(one && other);
    const [ofOne, ofOther] = [one, other].map(({ state }) => {
      const { ledger: { recent, ...books }, badges: _, occasions, streak, ...rest } = state.rewards;
      return { books, rest, run: runOf(streak), recent: recent.toSorted(), occasions: occasions.toSorted() };
    });
    assert.deepEqual(ofOne, ofOther);
    assert.deepEqual(one.earned().toSorted(), other.earned().toSorted());
  }));
});

Deno.test("[G1] a session that is told of again under another number is not paid again", () => {
  const run = new RewardedLearner();
  const command = {
    type: "record_session",
    session: sessionOf("s1", { answered: 9, correct: 9, scoreSum: 8.6 }),
  } as const;
  run.deliver({ sender: "session/s1", seq: 1, command });
  const { balances } = run.state.rewards.ledger;
  assert.equal(balances.sessions, -9, "a point a point of score");
  run.deliver({ sender: "session/s1", seq: 2, command });
  assert.equal(run.state.rewards.ledger.balances.sessions, -9);
  run.deliver({
    sender: "session/s2",
    seq: 1,
    command: { type: "record_session", session: sessionOf("s2", { answered: 400, correct: 400, scoreSum: 400 }) },
  });
  assert.equal(run.state.rewards.ledger.balances.sessions, -59, "at most fifty a session");
  checkBooks(run);
});

Deno.test("[G2] what follows from a fact is in its turn, after it: the day, the points, then the badges and theirs", () => {
  const run = new RewardedLearner();
  const [told] = answersOf("s1", [true], 0);
  assert.ok(told);
  run.deliver(told);
  const types = run.journal.map(({ event }) => event.type);
  assert.deepEqual(types, ["answer_recorded", "streak_extended", "badge_earned", "points_awarded"]);
  assert.deepEqual(run.earned(), ["first-answer"]);
});

Deno.test("[G3] the points of one badge count for the next: level ten comes in the turn that reaches it", () => {
  const run = new RewardedLearner();
  for (let i = 0; !run.earned().includes("level-ten"); i++) {
    assert.ok(i < 500);
    const session = sessionOf(`s${i}`, { answered: 60, correct: 60, scoreSum: 60 });
    run.deliver({ sender: `session/s${i}`, seq: 1, command: { type: "record_session", session } });
    const { level } = levelOf(run.state.rewards.ledger.balances.learner);
    assert.equal(run.earned().includes("level-ten"), level >= 10);
  }
  checkBooks(run);
});

Deno.test("[G3] every badge for what was reached is earned at its figure, not before, and once", () => {
  const run = new RewardedLearner();
  const sessions = (count: number) => {
    for (let i = 0; i < count; i++) {
      const id = `m${run.journal.length}`;
      const tally = { answered: 8, correct: 5, scoreSum: 5 };
      run.deliver({
        sender: `session/${id}`,
        seq: 1,
        command: { type: "record_session", session: sessionOf(id, tally) },
      });
    }
  };
  sessions(4);
  assert.ok(!run.earned().includes("no-giving-up"));
  sessions(1);
  assert.ok(run.earned().includes("no-giving-up"));
  assert.ok(!run.earned().includes("clean-sheet"));
  assert.ok(!run.earned().includes("twenty-five-sessions"));
  sessions(20);
  assert.ok(run.earned().includes("twenty-five-sessions"));
  const quests = BADGES.filter(({ criterion }) => criterion.kind === "quest").map(({ id }) => id);
  assert.ok(run.earned().every((id) => !quests.includes(id)), "what only quests give is not earned otherwise");
  checkBooks(run);
});

Deno.test("[G3] a session that was hardly begun counts for nothing but its points", () => {
  const run = new RewardedLearner();
  const session = { ...sessionOf("s1", { answered: 2, correct: 2, scoreSum: 2 }), cause: "learner" } as const;
  run.deliver({ sender: "session/s1", seq: 1, command: { type: "record_session", session } });
  assert.equal(run.state.rewards.counts.sessions, 0);
  assert.equal(run.state.rewards.ledger.balances.learner, 2);
});

Deno.test("[G5] a day is the learner's own: the same two answers are one day in UTC and two in Kolkata", () => {
  const daysIn = (timeZone: string) => {
    const run = new RewardedLearner();
    run.setProfile({ timeZone });
    ["2026-05-04T18:00Z", "2026-05-04T19:00Z"].forEach((iso, i) =>
      run.deliver({
        sender: "session/s1",
        seq: i + 1,
        command: { type: "record_answer", answer: { ...factOf("algebra", Date.parse(iso)), sighting: null } },
      })
    );
    return runOf(run.state.rewards.streak).length;
  };
  assert.deepEqual([daysIn("UTC"), daysIn("Asia/Kolkata")], [1, 2]);
});

Deno.test("[G4] levels begin at zero and each is wider than the one before", () => {
  assert.equal(LEVEL_STARTS[0], 0);
  const widths = LEVEL_STARTS.slice(1).map((start, i) => start - (LEVEL_STARTS[i] ?? 0));
  assert.deepEqual(widths, widths.toSorted((a, b) => a - b));
  fc.assert(fc.property(fc.nat(20_000), (points) => {
    const { level, startsAt, nextAt } = levelOf(points);
    assert.ok(startsAt <= points && (nextAt === null ? level === LEVEL_STARTS.length : points < nextAt));
    assert.ok(levelOf(points + 1).level >= level);
  }));
});

Deno.test("[G8] a learner is in no board's row until they ask for it, and out of it once they ask for that", () => {
  const run = new RewardedLearner();
  assert.equal(learner.listing(run.state), null);
  run.setProfile({ onLeaderboards: true });
  const session = sessionOf("s1", { answered: 7, correct: 7, scoreSum: 7 });
  run.deliver({ sender: "session/s1", seq: 1, command: { type: "record_session", session } });
  const points = run.state.rewards.ledger.balances.learner;
  assert.ok(points > 7, "the session and its badges");
  const week = Math.floor((Math.floor(START_MS / DAY_MS) + 3) / 7);
  assert.deepEqual(learner.listing(run.state), {
    ownerId: "ada",
    status: "ranked",
    body: { points, week, week_points: points },
  });
  run.setProfile({ onLeaderboards: false });
  assert.deepEqual(learner.listing(run.state), { ownerId: "ada", status: "hidden", body: {} });
});

Deno.test("[G8] points of a week begin anew on Monday, 0:00 UTC", () => {
  const run = new RewardedLearner();
  const play = (id: string) =>
    run.deliver({
      sender: `session/${id}`,
      seq: 1,
      command: {
        type: "record_activity",
        activity: activityOf("debate", id, 0),
      },
    });
  const debate = (id: string) =>
    run.deliver({
      sender: `debate/${id}`,
      seq: 1,
      command: {
        type: "record_activity",
        activity: activityOf("debate", id, run.nowMs, 0),
      },
    });
  play("d0");
  assert.equal(run.state.rewards.week.points, 0, "a session tells of no debate");
  run.nowMs = Date.parse("2026-05-10T23:59:59.999Z");
  debate("d1");
  debate("d2");
  const before = run.state.rewards.week;
  run.nowMs += 1;
  debate("d3");
  assert.equal(run.state.rewards.week.week, before.week + 1);
  assert.equal(run.state.rewards.week.points, 15);
  assert.equal(run.state.rewards.ledger.balances.learner, before.points + 15);
});
