/** What a room tells its learners' own records beside answers: parts taken, explanations that helped. */
import { type Message, tell } from "../decision.ts";
import { type ActivityFact, learnerAddress } from "../learner/messages.ts";
import type { ActivityKind } from "../quests/template.ts";
import { isFirstGood, messageAt } from "./chat.ts";
import type { RoomEvent } from "./events.ts";
import { CONTRIBUTIONS_MIN, EXPLANATIONS_COUNTED_MAX } from "./limits.ts";
import { memberOf, type OpenedRoom } from "./state.ts";

function activity(
  { plan }: OpenedRoom,
  userId: string,
  kind: ActivityKind,
  done: Pick<ActivityFact, "id" | "skills" | "partners" | "sinceMs" | "atMs">,
): Message {
  const { courseId } = plan;
  const subject = [courseId ?? "", ...done.skills.toSorted()].join(" ");
  return tell(learnerAddress(userId), { type: "record_activity", activity: { kind, courseId, subject, ...done } });
}

/** Of a room that is over: who did their share, where others did theirs. */
export function partsTold(room: OpenedRoom, atMs: number): readonly Message[] {
  const active = room.members.filter(({ contributed }) => contributed >= CONTRIBUTIONS_MIN);
  if (active.length < 2) return [];
  const { roomId: id, plan: { skills } } = room;
  return active.map(({ userId, joinedAtMs: sinceMs }) => {
    const partners = active.map((member) => member.userId).filter((other) => other !== userId);
    return activity(room, userId, "colearning", { id, skills, partners, sinceMs, atMs });
  });
}

/** The writer's record is told once, when the first of the others thinks well of the explanation. */
export function explanationTold(
  room: OpenedRoom,
  { message: number, by, stars }: Extract<RoomEvent, { type: "explanation_rated" }>,
  atMs: number,
): readonly Message[] {
  const message = messageAt(room, number);
  if (message === null || !isFirstGood(message, stars)) return [];
  const writer = memberOf(room, message.userId);
  if (writer === null || writer.explained >= EXPLANATIONS_COUNTED_MAX) return [];
  const explained = [...room.pastTasks, ...room.task === null ? [] : [room.task]]
    .find((task) => task.number === message.task);
  const skills = explained?.item.skills ?? room.plan.skills;
  const id = `${room.roomId}.${number}`;
  return [activity(room, message.userId, "explanation", { id, skills, partners: [by], sinceMs: message.atMs, atMs })];
}
