/** The whole of what a learner keeps, told by several sessions at once: what may not depend on who is heard first does not. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { readBadgeRules } from "../../../src/boot/badge_rules.ts";
import { addressOf } from "../../../src/domain/address.ts";
import { createLearner } from "../../../src/domain/learner/aggregate.ts";
import type { LearnerCommand } from "../../../src/domain/learner/messages.ts";
import { runOf } from "../../../src/domain/rewards/streak.ts";
import { EMPTY_TALLY } from "../../../src/domain/session/tally.ts";
import { counted, DAY_MS, draftOf, QuestRun, START_MS } from "../quests/quest_run.ts";
import { factOf } from "./learner_run.ts";

/** What was known and remembered when an answer was told: G2 says that these follow it. */
const BY_ORDER = ["skills_mastered", "reviews_recalled"];
const SHIPPED = createLearner(
  (await readBadgeRules()).filter(({ criterion }) =>
    criterion.kind !== "reach" || !BY_ORDER.includes(criterion.figure)
  ),
);
const MINUTE_MS = 60_000;

interface Told {
  readonly session: string;
  readonly command: LearnerCommand;
}

const answerArbitrary = fc.record({
  right: fc.boolean(),
  skill: fc.constantFrom("x", "y", "toString"),
  courseId: fc.constantFrom("algebra", "constructor"),
  difficulty: fc.constantFrom(1 as const, 3 as const, 5 as const),
  hintsUsed: fc.nat(3),
  /** Days go on within a session that was left open; the minutes of two sessions lie between each other. */
  gapMinutes: fc.oneof(fc.integer({ min: 1, max: 30 }), fc.constant(26 * 60)),
});

function sessionArbitrary(session: string) {
  const beginsMs = fc.integer({ min: 0, max: 90 }).map((minutes) => START_MS + minutes * MINUTE_MS);
  return fc.tuple(beginsMs, fc.array(answerArbitrary, { maxLength: 8 })).map(
    ([startedAtMs, answers]): readonly Told[] => {
      let atMs = startedAtMs;
      const facts = answers.map(({ right, skill, gapMinutes, ...answer }) => {
        atMs += gapMinutes * MINUTE_MS;
        return {
          ...factOf(answer.courseId, atMs, right ? "right" : "wrong"),
          ...answer,
          skills: [skill],
          sessionId: session,
        };
      });
      const correct = facts.filter((fact) => fact.correct).length;
      const tally = { ...EMPTY_TALLY, answered: facts.length, correct, scoreSum: correct };
      const ending = {
        sessionId: session,
        courseId: "algebra",
        classId: "7b",
        topic: null,
        cause: "target_reached" as const,
        tally,
      };
      return [
        ...facts.map((answer): Told => ({
          session,
          command: { type: "record_answer", answer: { ...answer, sighting: null } },
        })),
        {
          session,
          command: { type: "record_session", session: { ...ending, startedAtMs, completedAtMs: atMs } },
        } as const,
      ];
    },
  );
}

/** The learner after all of it, in the order that `turns` gives; some of it told again under the same number. */
function playedBy(sources: readonly (readonly Told[])[], turns: readonly number[]): QuestRun {
  const run = new QuestRun(SHIPPED);
  const right = { kind: "right_answers", within: "anywhere", unaided: false, difficultyMin: 1 } as const;
  const drafts = [
    draftOf([counted("right", right, 4)], { templateId: "t1", points: 30, badges: ["quest-explorer"] }),
    draftOf([counted("days", { kind: "days", answersMin: 2 }, 9)], { templateId: "t2", lastsMs: 60 * DAY_MS }),
  ];
  for (const questId of run.offered(...drafts)) run.did({ type: "accept_quest", questId });
  const left = sources.map((source) => [...source.entries()]);
  const heard = new Set<string>();
  for (let i = 0; left.some((source) => source.length > 0); i += 1) {
    const turn = turns[i % turns.length] ?? 0;
    const open = left.filter((source) => source.length > 0);
    const next = open[turn % open.length];
    // X2: the runtime knows what it has taken in by sender and number; here the test stands in for it.
    const [told] = turn % 5 === 0 ? next?.slice(0, 1) ?? [] : next?.splice(0, 1) ?? [];
    if (told === undefined) continue;
    const [seq, { session, command }] = told;
    if (heard.has(`${session} ${seq}`)) continue;
    heard.add(`${session} ${seq}`);
    run.send(command, { kind: "actor", sender: addressOf("session", session), seq });
  }
  return run;
}

/** Without what follows the ratings, which answers move one after the other, and without the order of lists. */
function comparable({ state, journal }: QuestRun) {
  const { rewards, quests, memory, dna, profile, answered, correct, lastAnswerAtMs } = state;
  const { ledger, badges, streak, week, counts, courses } = rewards;
  const { reviews_recalled: _byOrder, ...inOrder } = counts;
  return {
    counted: { answered, correct, lastAnswerAtMs, profile },
    books: { ...ledger, recent: ledger.recent.map(([id, amount]) => `${id} ${amount}`).sort() },
    earned: { badges: badges.map(({ badgeId, questId }) => `${badgeId} ${questId}`).sort(), week, counts: inOrder },
    taken: { courses: [...courses].sort(), run: runOf(streak) },
    quests: quests.active.map(({ quest, tallies }) => [quest.id, tallies]).concat([[`${quests.completed}`, {}]]),
    completed: journal.flatMap((event) => event.type === "quest_completed" ? [event.questId] : []).sort(),
    remembered: Object.entries(memory).map(([course, { skills, lastAnswerAtMs: atMs }]) =>
      `${course} ${skills.map(({ id }) => id).sort().join()} ${atMs}`
    ).sort(),
    weeks: dna.weeks.map(({ week: number, days, answers, right, hinted, errors, persisted, sessions, showing }) => (
      { number, days, answers, right, hinted, errors, persisted, sessions, showing }
    )),
  };
}

Deno.test("[X2] [Q1] [G2] [Y1] what sessions at once tell, however interleaved and repeated, leaves the same learner", () => {
  const sources = fc.tuple(sessionArbitrary("s1"), sessionArbitrary("s2"), sessionArbitrary("s3"));
  const turns = fc.array(fc.nat(1_000), { minLength: 1, maxLength: 40 }).filter((all) =>
    all.some((turn) => turn % 5 !== 0)
  );
  fc.assert(fc.property(sources, turns, turns, (told, one, other) => {
    assert.deepEqual(comparable(playedBy(told, one)), comparable(playedBy(told, other)));
  }));
});
