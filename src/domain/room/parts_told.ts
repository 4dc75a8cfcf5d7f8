/** What a room tells its learners' own records beside answers: parts taken, explanations that helped. */
import { type Message, tell } from "../decision.ts";
import { learnerAddress } from "../learner/messages.ts";
import type { ActivityKind } from "../quests/template.ts";
import { messageAt } from "./chat.ts";
import { CONTRIBUTIONS_MIN, STARS_COUNTED_MIN } from "./limits.ts";
import type { OpenedRoom } from "./state.ts";

function activity(
  { plan }: OpenedRoom,
  userId: string,
  kind: ActivityKind,
  id: string,
  skills: readonly string[],
  atMs: number,
): Message {
  const { courseId } = plan;
  return tell(learnerAddress(userId), { type: "record_activity", activity: { kind, id, courseId, skills, atMs } });
}

/** Of a room that is over: who did their share, where others did theirs. */
export function partsTold(room: OpenedRoom, atMs: number): readonly Message[] {
  const active = room.members.filter(({ contributed }) => contributed >= CONTRIBUTIONS_MIN);
  if (active.length < 2) return [];
  return active.map(({ userId }) => activity(room, userId, "colearning", room.roomId, room.plan.skills, atMs));
}

/** The writer's record is told once, when the first of the others thinks well of the explanation. */
export function explanationTold(room: OpenedRoom, number: number, stars: number, atMs: number): readonly Message[] {
  const message = messageAt(room, number);
  const isFirst = !message?.ratings.some((rating) => rating.stars >= STARS_COUNTED_MIN);
  if (message === null || stars < STARS_COUNTED_MIN || !isFirst) return [];
  const explained = [...room.pastTasks, ...room.task === null ? [] : [room.task]]
    .find((task) => task.number === message.task);
  const skills = explained?.item.skills ?? room.plan.skills;
  return [activity(room, message.userId, "explanation", `${room.roomId}.${number}`, skills, atMs)];
}
