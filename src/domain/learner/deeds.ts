/** What each recorded fact adds to the counts that a learner's badges go by. */
import { isMasteredSkill } from "../adaptive/mastered_skills.ts";
import { readRatings } from "../adaptive/ratings_reading.ts";
import { dueReviews } from "../memory/review_schedule.ts";
import type { ActivityKind } from "../quests/template.ts";
import { type Counted, SESSION_ANSWERS_MIN, SETBACKS_MIN } from "../rewards/figures.ts";
import { type Deed, NO_DEED } from "../rewards/rewards.ts";
import { abilitiesIn, type LearnerState } from "./knowledge.ts";
import type { AnswerFact, LearnerEvent, SessionFact } from "./messages.ts";

const ACTIVITY_COUNTED: { readonly [kind in ActivityKind]: Counted } = {
  debate: "debates",
  colearning: "co_learning",
  explanation: "explanations",
};
const HARDEST = 5;

function masteredBy(after: LearnerState, { courseId, skills }: AnswerFact): readonly string[] {
  const reading = readRatings(abilitiesIn(courseId, after), []);
  return skills.filter((id) => isMasteredSkill(reading.masteryOf(id))).map((id) => `${courseId}:${id}`);
}

function wasDue({ memory }: LearnerState, { courseId, skills, atMs }: AnswerFact): boolean {
  return dueReviews(memory, courseId, atMs).some(({ skillId }) => skills.includes(skillId));
}

/** What an answer adds to the counts, from the learner before and after it. */
export function answerDeed(before: LearnerState, after: LearnerState, answer: AnswerFact): Deed {
  if (!answer.correct) return { ...NO_DEED, counted: ["answers"] };
  const counted: Counted[] = ["answers", "right_answers"];
  if (answer.hintsUsed === 0) counted.push("unaided_answers");
  if (answer.difficulty === HARDEST) counted.push("hard_answers");
  if (wasDue(before, answer)) counted.push("reviews_recalled");
  return { ...NO_DEED, counted, mastered: masteredBy(after, answer) };
}

/** What a session adds to the counts; one that was hardly begun adds nothing. */
export function sessionDeed({ courseId, cause, tally }: SessionFact): Deed {
  const { answered, correct, hintsUsed, skipped } = tally;
  const isWhole = cause === "target_reached";
  if (!isWhole && answered < SESSION_ANSWERS_MIN) return NO_DEED;
  const counted: Counted[] = ["sessions"];
  const isFlawless = correct === answered && hintsUsed === 0 && skipped === 0;
  if (isFlawless && answered >= SESSION_ANSWERS_MIN) counted.push("flawless_sessions");
  if (isWhole && answered - correct >= SETBACKS_MIN) counted.push("persistent_sessions");
  return { ...NO_DEED, counted, courseId };
}

export function activityDeed(
  { activity: { kind }, occasion, counts }: Extract<LearnerEvent, { type: "activity_recorded" }>,
): Deed {
  return counts ? { ...NO_DEED, counted: [ACTIVITY_COUNTED[kind]], occasion } : NO_DEED;
}

/** What a completed quest adds to the counts. */
export const QUEST_DEED: Deed = { ...NO_DEED, counted: ["quests"] };
