/** Decides who talks a vote over with whom, between the first vote and the second. */
import { reject, type TurnContext } from "../decision.ts";
import { questionAt } from "./decide_question.ts";
import { GROUP_SIZE_MAX, GROUP_SIZE_MIN } from "./limits.ts";
import type { TeacherCommand } from "./messages.ts";
import { type ClassroomDecision, settle } from "./settle.ts";
import type { OpenedLesson } from "./state.ts";
import { groupsApart } from "./vote.ts";

/** Forms the groups; each has a room of its own, named after the lesson, the question and its place. */
export function decideDiscussion(
  lesson: OpenedLesson,
  { size, reason }: Extract<TeacherCommand, { type: "discuss" }>,
  by: string,
  context: TurnContext,
): ClassroomDecision {
  const question = questionAt(lesson, ["down"]);
  if ("kind" in question) return question;
  const { number, purpose, round, answers } = question;
  if (purpose !== "vote" || round > 1) return reject("no_vote", "A discussion comes between two votes.");
  if (!Number.isInteger(size) || size < GROUP_SIZE_MIN || size > GROUP_SIZE_MAX) {
    return reject("bad_size", `A group has ${GROUP_SIZE_MIN} to ${GROUP_SIZE_MAX} members.`);
  }
  if (Object.keys(answers).length < GROUP_SIZE_MIN) return reject("too_few", "Too few have voted to talk it over.");
  const groups = groupsApart(answers, size).map((members, i) => ({
    roomId: `${lesson.lessonId}.${number}.${i + 1}`,
    members,
  }));
  return settle(lesson, [{ type: "discussion_started", question: number, groups, by, reason }], context, {
    reply: { question: number, groups: groups.length },
  });
}
