/** What is counted for a quest: the same in whatever order it is told, in its time only, paid once. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { addressOf } from "../../../src/domain/address.ts";
import type { AnswerFact, LearnerCommand } from "../../../src/domain/learner/messages.ts";
import { EMPTY_TALLY } from "../../../src/domain/session/tally.ts";
import { activityOf, factOf, learner } from "../learner/learner_run.ts";
import { ADA, counted, DAY_MS, draftOf, QuestRun, START_MS } from "./quest_run.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const MEASURES = [
  counted("right", { kind: "right_answers", within: "subject", unaided: false, difficultyMin: 1 }, 4),
  counted("unaided", { kind: "right_answers", within: "course", unaided: true, difficultyMin: 3 }, 3),
  counted("run", { kind: "right_run", within: "anywhere", unaided: false }, 3),
  counted("each", { kind: "each_skill" }, 2),
  counted("days", { kind: "days", answersMin: 2 }, 2),
  counted("row", { kind: "day_run", answersMin: 1 }, 3),
  counted("sessions", { kind: "sessions", within: "course", answersMin: 2, shareRightMin: 0.5 }, 2),
  counted("minutes", { kind: "minutes" }, 10),
  counted("rooms", { kind: "activities", activity: "colearning" }, 2),
];

interface Told {
  readonly command: LearnerCommand;
  readonly sender: ReturnType<typeof addressOf>;
}

function answerFrom(session: string, answer: AnswerFact): Told {
  return {
    command: { type: "record_answer", answer: { ...answer, sessionId: session } },
    sender: addressOf("session", session),
  };
}

const answer = fc.record({
  right: fc.boolean(),
  skill: fc.constantFrom("x", "y", "z"),
  course: fc.constantFrom("algebra", "geometry"),
  difficulty: fc.constantFrom(1 as const, 3 as const, 5 as const),
  hintsUsed: fc.nat(1),
  day: fc.nat(5),
});

/** What one session tells: its answers in order, then its end. */
function sessionOf(name: string) {
  return fc.array(answer, { maxLength: 6 }).map((answers): readonly Told[] => {
    const facts = answers.map(({ right, skill, course, difficulty, hintsUsed, day }, i) => ({
      ...factOf(course, START_MS + day * DAY_MS + i * 100_000, right ? "right" : "wrong"),
      skills: [skill],
      difficulty,
      hintsUsed,
      responseMs: 150_000,
      sighting: null,
    }));
    const session = {
      sessionId: name,
      courseId: "algebra",
      classId: null,
      topic: null,
      cause: "learner",
      startedAtMs: START_MS,
      completedAtMs: START_MS + DAY_MS,
      tally: {
        ...EMPTY_TALLY,
        answered: facts.length,
        correct: facts.filter(({ correct }) => correct).length,
      },
    } as const;
    const end = { command: { type: "record_session", session }, sender: addressOf("session", name) } as const;
    return [...facts.map((fact) => answerFrom(name, fact)), end];
  });
}

const room = fc.array(fc.constantFrom("r1", "r2"), { maxLength: 3 }).map((ids) =>
  ids.map((id): Told => ({
    command: {
      type: "record_activity",
      activity: activityOf("colearning", id, START_MS),
    },
    sender: addressOf("room", "r"),
  }))
);

const sources = fc.tuple(sessionOf("s1"), sessionOf("s2"), sessionOf("s3"), room);

/** Each source in its own order, taken from in the order that `turns` says. */
function interleaved(streams: readonly (readonly Told[])[], turns: readonly number[]): readonly Told[] {
  const left = streams.map((stream) => [...stream]);
  const told: Told[] = [];
  for (let i = 0; left.some((stream) => stream.length > 0); i++) {
    const open = left.filter((stream) => stream.length > 0);
    const next = open[(turns[i % turns.length] ?? 0) % open.length]?.shift();
    if (next !== undefined) told.push(next);
  }
  return told;
}

/** Nine criteria in three quests of their own, so that none completes before the others are counted. */
function played(told: readonly Told[]): QuestRun {
  const run = new QuestRun();
  const drafts = [0, 3, 6].map((from) => draftOf(MEASURES.slice(from, from + 3), { templateId: `t${from}` }));
  for (const questId of run.offered(...drafts)) run.did({ type: "accept_quest", questId });
  told.forEach(({ command, sender }, seq) => run.send(command, { kind: "actor", sender, seq }));
  return run;
}

/** Without the order in which things came first, and the number of the event that asked for a proposal. */
function comparable({ state: { quests } }: QuestRun): unknown {
  const active = quests.active.map((one) => ({
    ...one,
    tallies: Object.fromEntries(
      Object.entries(one.tallies).map(([id, tally]) => [
        id,
        tally.kind === "runs"
          ? { ...tally, open: tally.open.toSorted((a, b) => a.sessionId < b.sessionId ? -1 : 1) }
          : tally.kind === "seen"
          ? { ...tally, ids: tally.ids.toSorted() }
          : tally,
      ]),
    ),
  }));
  const { active: _active, seeking: _seeking, ...rest } = quests;
  return {
    ...rest,
    active: active.toSorted((a, b) => a.quest.id < b.quest.id ? -1 : 1),
    ended: quests.ended.toSorted((a, b) => a.templateId < b.templateId ? -1 : 1),
  };
}

Deno.test("[Q1] any interleaving of the sources leaves the same quests, completed or not, and the same pay", () => {
  fc.assert(
    fc.property(
      sources,
      fc.array(fc.nat(9), { minLength: 1 }),
      fc.array(fc.nat(9), { minLength: 1 }),
      (all, one, other) => {
        const [a, b] = [one, other].map((turns) => played(interleaved(all, turns)));
        assert.ok(a && b);
        assert.deepEqual(comparable(a), comparable(b));
        const paid = (run: QuestRun) =>
          run.told("points_awarded").filter(({ account }) => account === "quests").map(({ entryId }) => entryId)
            .toSorted();
        assert.deepEqual(paid(a), paid(b));
        assert.deepEqual(paid(a).length, a.told("quest_completed").length, "each completion pays once");
        const replayed = a.journal.reduce(
          (state, event, i) => learner.evolve(state, event, { seq: i + 1, atMs: START_MS }),
          learner.initial("ada"),
        );
        assert.deepEqual(replayed.quests, a.state.quests, "the journal gives the same quests");
      },
    ),
    { numRuns: 60 },
  );
});

Deno.test("[Q1] progress and completion are stored in the turn of the answer that brings them, then the points", () => {
  const run = new QuestRun();
  const questId = run.begun(
    draftOf([counted("right", { kind: "right_answers", within: "subject", unaided: false, difficultyMin: 1 }, 2)]),
  );
  run.answer(factOf("algebra", START_MS + 1));
  assert.deepEqual(run.told("quest_progressed").map(({ progress, amounts }) => [progress, amounts]), [[0.5, {
    right: 1,
  }]]);
  const decision = run.answer(factOf("algebra", START_MS + 2));
  const types = decision.kind === "accepted" ? decision.events.map(({ type }) => type) : [];
  assert.deepEqual(types, ["answer_recorded", "quest_progressed", "quest_completed", "points_awarded"]);
  assert.deepEqual(run.points, [40]);
  assert.deepEqual(run.state.quests.active, []);
  run.answer(factOf("algebra", START_MS + 3));
  assert.equal(run.refused({ type: "accept_quest", questId }), "unknown_quest");
  assert.deepEqual(run.points, [40]);
});

Deno.test("[Q1] what was done before acceptance or after the deadline does not count, however late it is told", () => {
  const run = new QuestRun();
  run.begun(
    draftOf([counted("right", { kind: "right_answers", within: "anywhere", unaided: false, difficultyMin: 1 }, 2)]),
  );
  run.answer(factOf("algebra", START_MS - 1));
  run.answer(factOf("algebra", START_MS + 7 * DAY_MS + 1));
  assert.deepEqual(run.told("quest_progressed"), []);
  run.nowMs = START_MS + 7 * DAY_MS + 30_000;
  run.answer(factOf("algebra", START_MS + 7 * DAY_MS));
  assert.equal(run.told("quest_progressed").length, 1);
});

/** A session of algebra with right answers at these times, a minute of work each. */
function sat(run: QuestRun, name: string, startedAtMs: number, answersAtMs: readonly number[], completedAtMs: number) {
  for (const atMs of answersAtMs) {
    run.answer({ ...factOf("algebra", atMs), sessionId: name, responseMs: MINUTE_MS }, name);
  }
  const answered = answersAtMs.length;
  const tally = { ...EMPTY_TALLY, answered, correct: answered, timeOnTaskMs: completedAtMs - startedAtMs };
  const about = { sessionId: name, courseId: "algebra", classId: null, topic: null, cause: "learner" } as const;
  run.send({ type: "record_session", session: { ...about, startedAtMs, completedAtMs, tally } }, {
    kind: "actor",
    sender: addressOf("session", name),
    seq: 9,
  });
}

Deno.test("[Q1] a session or a debate that was begun before acceptance is not counted; one begun after is", () => {
  const run = new QuestRun();
  const debates = counted("debates", { kind: "activities", activity: "debate" }, 2);
  run.begun(draftOf([
    counted("sessions", { kind: "sessions", within: "anywhere", answersMin: 1, shareRightMin: 0 }, 2),
    debates,
  ]));
  const debated = (id: string, sinceMs: number, atMs: number) =>
    run.send({
      type: "record_activity",
      activity: activityOf("debate", id, atMs, sinceMs),
    }, { kind: "actor", sender: addressOf("debate", id), seq: 1 });
  sat(run, "earlier", START_MS - HOUR_MS, [START_MS - MINUTE_MS], START_MS + MINUTE_MS);
  debated("d1", START_MS - 1, START_MS + MINUTE_MS);
  assert.deepEqual(run.told("quest_progressed"), []);
  sat(run, "later", START_MS, [START_MS + MINUTE_MS], START_MS + 2 * MINUTE_MS);
  debated("d2", START_MS, START_MS + MINUTE_MS);
  assert.deepEqual(run.told("quest_progressed").map(({ amounts }) => amounts), [{ sessions: 1 }, { debates: 1 }]);
});

Deno.test("[Q1] minutes are those worked on items that were answered since acceptance, at most five an answer", () => {
  const run = new QuestRun();
  run.begun(draftOf([counted("minutes", { kind: "minutes" }, 60)]));
  const minutes = () => Math.max(0, ...run.told("quest_progressed").map(({ amounts }) => amounts.minutes ?? 0));
  sat(run, "idle", START_MS - HOUR_MS, [], START_MS + HOUR_MS);
  assert.equal(minutes(), 0, "an open session without an answer is no work");
  run.answer({ ...factOf("algebra", START_MS + MINUTE_MS), responseMs: 4 * MINUTE_MS });
  assert.equal(minutes(), 1, "of an item that was open before, what lies after acceptance");
  run.answer({ ...factOf("algebra", START_MS + HOUR_MS), responseMs: 14 * MINUTE_MS });
  assert.equal(minutes(), 6, "a long silence before an answer is not all work");
  sat(run, "work", START_MS + HOUR_MS, [62, 63].map((minute) => START_MS + minute * MINUTE_MS), START_MS + 2 * HOUR_MS);
  assert.equal(minutes(), 8);
  run.answer({ ...factOf("geometry", START_MS + 2 * HOUR_MS), responseMs: MINUTE_MS });
  run.answer({ ...factOf("algebra", START_MS + 2 * HOUR_MS), responseMs: null });
  assert.equal(minutes(), 8, "nor another course, nor a question that the class had to answer in time");
});

function zoned(run: QuestRun, timeZone: string): void {
  const { version, changedAtMs: _changed, ...profile } = run.state.profile;
  const command = { type: "set_profile", expectedVersion: version, draft: { ...profile, timeZone } } as const;
  assert.equal(run.send(command, ADA).kind, "accepted");
}

Deno.test("[Q11] days are those of the zone in which the quest was taken up: moving the clock makes no more of them", () => {
  const run = new QuestRun();
  const morningMs = Date.parse("2026-05-05T10:30Z");
  run.nowMs = morningMs;
  zoned(run, "Pacific/Niue");
  run.begun(draftOf([counted("row", { kind: "day_run", answersMin: 1 }, 3)]));
  run.answer(factOf("algebra", morningMs));
  zoned(run, "UTC");
  run.answer(factOf("algebra", morningMs + 1));
  zoned(run, "Pacific/Kiritimati");
  run.answer(factOf("algebra", morningMs + 2));
  const days = () => run.told("quest_progressed").at(-1)?.amounts.row;
  assert.equal(days(), 1, "three dates at one moment");
  run.answer(factOf("algebra", morningMs + HOUR_MS));
  assert.equal(days(), 2, "past midnight where it was taken up");
  run.answer(factOf("algebra", morningMs + 25 * HOUR_MS));
  assert.deepEqual([days(), run.told("quest_completed").length], [3, 1]);
});

Deno.test("[S5] a quest taken up under an older program goes by the learner's zone as it is, an activity by its end", () => {
  const run = new QuestRun();
  run.nowMs = Date.parse("2026-05-05T10:30Z");
  run.begun(draftOf([counted("days", { kind: "days", answersMin: 1 }, 3)]));
  const older = (value: unknown, without: string) =>
    JSON.parse(JSON.stringify(value, (name, held) => name === without ? undefined : held));
  const state = learner.upcastState(10, older(run.state, "timeZone"));
  assert.deepEqual(state.quests.active.map(({ timeZone }) => timeZone), [null]);
  const accepted = learner.upcastEvent(10, "quest_accepted", older(run.told("quest_accepted")[0], "timeZone"));
  assert.ok(accepted.type === "quest_accepted" && accepted.accepted.timeZone === null);
  run.state = state;
  zoned(run, "Pacific/Kiritimati");
  run.answer(factOf("algebra", run.nowMs));
  const [tally] = run.state.quests.active.map(({ tallies }) => tallies.days);
  const day = Date.parse("2026-05-06") / DAY_MS;
  assert.deepEqual(tally, { kind: "days", days: [{ day, answers: 1 }] });
  const activity = { kind: "debate", id: "d", courseId: null, skills: [], sinceMs: 3, atMs: 5 };
  const told = learner.upcastEvent(10, "activity_recorded", older({ type: "activity_recorded", activity }, "sinceMs"));
  assert.ok(told.type === "activity_recorded" && told.activity.sinceMs === 5);
});
