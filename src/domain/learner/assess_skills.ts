/** A learner's strengths and weaknesses: what their answers say, how surely, and what they say themself. */
import type { KnowledgeReading } from "../adaptive/knowledge_reading.ts";
import { knowledgeFromSnapshot } from "../adaptive/knowledge_snapshot.ts";
import type { Mastery } from "../adaptive/mastery.ts";
import type { PublishedStatistics } from "../adaptive/published_statistics.ts";
import { readRatings } from "../adaptive/ratings_reading.ts";
import { readStatistics } from "../adaptive/statistics_reading.ts";
import { entryOf } from "../entry_of.ts";
import { abilitiesIn, type LearnerState } from "./knowledge.ts";
import { type CourseSkill, type DatedOwnWord, isSameSkill, type SelfAssessment } from "./profile.ts";

export type Finding = SelfAssessment | "not_enough_data";

export interface AssessedSkill extends CourseSkill {
  readonly finding: Finding;
  readonly mastery: Mastery;
  /** What the learner says of it; it counts for more than the finding. */
  readonly ownWord: DatedOwnWord | null;
}

/** A right answer in six of ten parts strengths from weaknesses: below it new skills are hard to build on this one. */
const LEVEL = 0.6;
/** An interval as wide as this on both sides of the level says nothing yet. */
const WIDTH_MAX = 0.4;
const ANSWERS_MIN = 3;

/** A strength or weakness when the whole 90% interval is on one side of the level. */
export function findingOf({ low, high, answers }: Mastery): Finding {
  if (answers < ANSWERS_MIN) return "not_enough_data";
  if (low >= LEVEL) return "strength";
  if (high <= LEVEL) return "weakness";
  return high - low > WIDTH_MAX ? "not_enough_data" : "neither";
}

/** What counts: the learner's word where there is one, the finding elsewhere. */
export function verdictOf({ ownWord, finding }: AssessedSkill): Finding {
  return ownWord?.says ?? finding;
}

/** The courses whose skills are assessed: those that something is kept of, and those that the learner speaks of. */
export function assessedCourses({ courses, memory, profile }: LearnerState): readonly string[] {
  const spokenOf = profile.ownWords.map(({ courseId }) => courseId);
  return [...new Set([...Object.keys(courses), ...Object.keys(memory), ...spokenOf])];
}

/** Skills of the course that the learner has practised or has a word about. */
function skillsIn(learner: LearnerState, courseId: string): readonly string[] {
  const prefix = `${courseId}:`;
  const practised = Object.keys(learner.skills).filter((key) => key.startsWith(prefix));
  const spokenOf = learner.profile.ownWords.filter((word) => word.courseId === courseId);
  return [...new Set([...practised.map((key) => key.slice(prefix.length)), ...spokenOf.map((word) => word.skillId)])];
}

function readingOf(
  learner: LearnerState,
  courseId: string,
  published: PublishedStatistics | null,
): KnowledgeReading {
  const known = entryOf(learner.courses, courseId);
  return known === null || published === null
    ? readRatings(abilitiesIn(courseId, learner), [])
    : readStatistics(knowledgeFromSnapshot(known.knowledge), published);
}

/** The learner's skills in one course, by its statistics; by the learner's ratings where those cannot be had. */
export function assessSkills(
  learner: LearnerState,
  courseId: string,
  published: PublishedStatistics | null,
): readonly AssessedSkill[] {
  const reading = readingOf(learner, courseId, published);
  return skillsIn(learner, courseId).map((skillId) => {
    const mastery = reading.masteryOf(skillId);
    const skill = { courseId, skillId };
    const ownWord = learner.profile.ownWords.find((word) => isSameSkill(word, skill)) ?? null;
    return { ...skill, finding: findingOf(mastery), mastery, ownWord };
  });
}
