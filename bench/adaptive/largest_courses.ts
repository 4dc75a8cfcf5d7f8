/** What one choice costs the event loop in the largest courses that may be stored, everything read and nothing waited for. */
import { addressOf } from "../../src/domain/address.ts";
import { CANDIDATES_MAX } from "../../src/domain/adaptive/eligible_items.ts";
import { statisticsAsAuthored } from "../../src/domain/adaptive/simulation/play_run.ts";
import type { PublishedStatistics } from "../../src/domain/adaptive/published_statistics.ts";
import type { Course } from "../../src/domain/curriculum/course.ts";
import { type LearnerState, newLearner } from "../../src/domain/learner/knowledge.ts";
import { HISTORY_MAX } from "../../src/domain/session/limits.ts";
import { createChooseItem } from "../../src/effects/choose_item.ts";
import { createKnowledgePredictor } from "../../src/effects/knowledge_predictor.ts";
import { deepestCourse, LAST_SKILL, widestCourse } from "../../tests/domain/adaptive/largest_courses.ts";
import { PLAN } from "../../tests/domain/session/session_run.ts";
import { percentilesMs } from "../percentiles.ts";

const CHOICES = 60;
const WARM_UP_CHOICES = 10;
const NO_METER = { count() {}, observe() {} };

/** Rated low on everything, as one who struggles everywhere. */
function struggling({ id, skills }: Course): LearnerState {
  const ratings = skills.map((skill) => [`${id}:${skill.id}`, { ability: -1, answers: 12 }] as const);
  return { ...newLearner("ada"), overall: { ability: -2, answers: 600 }, skills: Object.fromEntries(ratings) };
}

interface Case {
  readonly learner: LearnerState;
  readonly published: PublishedStatistics | null;
  readonly topic: string | null;
}

async function choicesMs(course: Course, { learner, published, topic }: Case): Promise<readonly number[]> {
  const chooses = createChooseItem({
    askedOf: () => Promise.resolve([]),
    courseById: () => Promise.resolve({ course, version: 1 }),
    statisticsOf: () => Promise.resolve(published),
    readLearner: () => Promise.resolve({ learner, seq: 1 }),
    predict: createKnowledgePredictor(null, NO_METER),
    nowMs: () => 0,
  });
  const met = { correct: false, score: 0, answeredAtMs: 1, policy: "adaptive" } as const;
  const history = course.items.slice(-HISTORY_MAX).map(({ id, skills }) => ({ itemId: id, skills, ...met }));
  const plan = { ...PLAN, courseId: course.id, topic, learningObjectives: [], targetItems: 500 };
  const spentMs: number[] = [];
  for (let seed = 0; seed < WARM_UP_CHOICES + CHOICES; seed += 1) {
    const beganMs = performance.now();
    const effect = { kind: "choose_item", basisSeq: 1, sessionId: "s", seed, plan, targetProbability: 0.75 } as const;
    await chooses({ ...effect, history, right: [] }, addressOf("session", "s"), new AbortController().signal);
    if (seed >= WARM_UP_CHOICES) spentMs.push(performance.now() - beganMs);
  }
  return spentMs;
}

/** A line each for courses deep and wide: by statistics in the whole course, and by ratings on the topic that rests on most. */
export async function measureLargestCourses(): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const [name, made] of [["deep", deepestCourse()], ["wide", widestCourse()]] as const) {
    // As the store gives it: equal ids are one string.
    const course: Course = JSON.parse(JSON.stringify(made));
    const cases: readonly (readonly [string, Case])[] = [
      ["by statistics", { learner: newLearner("ada"), published: statisticsAsAuthored(course), topic: null }],
      ["on a topic", { learner: struggling(course), published: null, topic: LAST_SKILL }],
    ];
    for (const [what, one] of cases) {
      const label = `choice, ${name} course, ${what}`.padEnd(38);
      lines.push(`${label} ${percentilesMs(await choicesMs(course, one), [50, 99])}`);
    }
  }
  return [
    ...lines,
    `  (500 skills on 200 each; 5000 items of 1 skill, or 1200 of 200; ${CANDIDATES_MAX} candidates at most)`,
  ];
}
