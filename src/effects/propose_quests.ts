/** Proposes quests to a learner: reads what they know and want, how learners take to the templates, ranks, personalises. */
import type { EffectRunner } from "../actors/ports.ts";
import { doubtedSkills, masteredSkills } from "../domain/adaptive/mastered_skills.ts";
import type { LearnerState } from "../domain/learner/knowledge.ts";
import type { LearnerCommand } from "../domain/learner/messages.ts";
import type { EngagementBoard } from "../domain/quests/engagement.ts";
import { levelBandOf } from "../domain/quests/level_band.ts";
import type { ProposeQuestsEffect } from "../domain/quests/messages.ts";
import { proposeQuests } from "../domain/quests/propose.ts";
import type { QuestCourse, QuestSituation } from "../domain/quests/situation.ts";
import type { QuestTemplate } from "../domain/quests/template.ts";
import { type ChoiceSources, readChoiceBasis } from "./choice_basis.ts";

/** Courses looked through for what a quest could be about. */
const COURSES_MAX = 3;

/** What proposals need beside what choices read. */
export interface QuestParts {
  readonly templates: readonly QuestTemplate[];
  /** Whether the learner is a student of some class. */
  readonly isTaught: (learnerId: string) => Promise<boolean>;
  /** Null when it cannot be read now: every template then has the same to expect. */
  readonly readBoard: () => Promise<{ readonly board: EngagementBoard; readonly seq: number } | null>;
  /** Ids of the courses changed last, newest first. */
  readonly newestCourses: (limit: number) => Promise<readonly string[]>;
}

export type QuestSources = ChoiceSources & QuestParts;

/** The learner is not to be read now; the proposal is tried again later. */
export class LearnerUnreadableError extends Error {
  override readonly name = "LearnerUnreadableError";
}

/** The courses worked on, the latest first; for who has worked on none, those that they have goals in, then the newest. */
async function courseIdsFor(
  sources: QuestSources,
  { memory, courses, profile }: LearnerState,
): Promise<readonly string[]> {
  const worked = Object.entries({ ...memory, ...courses }).sort(([, a], [, b]) => b.lastAnswerAtMs - a.lastAnswerAtMs);
  const known = [...new Set([...worked.map(([id]) => id), ...profile.goals.map(({ courseId }) => courseId)])];
  return known.length > 0 ? known.slice(0, COURSES_MAX) : await sources.newestCourses(COURSES_MAX);
}

async function courseFor(
  sources: QuestSources,
  learnerId: string,
  courseId: string,
  signal: AbortSignal,
): Promise<QuestCourse | null> {
  const basis = await readChoiceBasis(sources, { learnerId, courseId, history: [] }, signal);
  if (basis === null) return null;
  const { course, reading, preferences: { goals }, reviews } = basis;
  const mastered = masteredSkills(course, reading, doubtedSkills(course, reading));
  const goalsLeft = goals.filter((id) => !mastered.has(id));
  return { course, reading, due: reviews.map(({ skillId }) => skillId), goals: goalsLeft };
}

function situationOf(
  learner: LearnerState,
  courses: readonly QuestCourse[],
  isTaught: boolean,
  nowMs: number,
): QuestSituation {
  const { quests: { offers, active, ended }, profile: { pace, interests } } = learner;
  return {
    band: levelBandOf(learner.overall),
    pace,
    interests,
    courses,
    taken: new Set([...offers, ...active.map(({ quest }) => quest)].map(({ templateId }) => templateId)),
    endedAtMs: new Map(ended.map(({ templateId, atMs }) => [templateId, atMs])),
    isTaught,
    nowMs,
  };
}

/** What proposing quests to this learner goes by now. Rejects when `signal` aborts. */
export async function readQuestSituation(
  sources: QuestSources,
  learner: LearnerState,
  signal: AbortSignal,
): Promise<QuestSituation> {
  const ids = await courseIdsFor(sources, learner);
  const [isTaught, ...courses] = await Promise.all([
    sources.isTaught(learner.learnerId),
    ...ids.map((id) => courseFor(sources, learner.learnerId, id, signal)),
  ]);
  const known = courses.flatMap((course) => course === null ? [] : [course]);
  return situationOf(learner, known, isTaught, sources.nowMs());
}

async function propose(
  sources: QuestSources,
  { basisSeq, learnerId, seed, offersMax }: ProposeQuestsEffect,
  signal: AbortSignal,
): Promise<LearnerCommand> {
  const [read, board] = await Promise.all([sources.readLearner(learnerId), sources.readBoard()]);
  signal.throwIfAborted();
  if (read === null) throw new LearnerUnreadableError(`learner ${learnerId} cannot be read now`);
  const situation = await readQuestSituation(sources, read.learner, signal);
  const { drafts, considered } = proposeQuests(sources.templates, situation, board?.board ?? {}, {
    seed,
    limit: offersMax,
  });
  return {
    type: "offer_quests",
    basisSeq,
    drafts,
    receipt: {
      policy: "thompson_beta",
      seed,
      band: situation.band,
      boardSeq: board?.seq ?? null,
      learnerSeq: read.seq,
      considered,
      offered: drafts.map(({ templateId }) => templateId),
    },
  };
}

/** The runner of `propose_quests`. Its rejection becomes `proposal_failed`. */
export function createProposeQuests(sources: QuestSources): EffectRunner<ProposeQuestsEffect, LearnerCommand> {
  return (effect, _actor, signal) => propose(sources, effect, signal);
}
