/** Decides what members write to one another, rate, report, and ask for. */
import { isCivil } from "../civility/civility.ts";
import { reject, type TurnContext } from "../decision.ts";
import { isPlainText } from "../plain_line.ts";
import { contextOf, isReason, messageAt, writtenLately } from "./chat.ts";
import type { RoomEvent, Written } from "./events.ts";
import {
  EXPLANATION_LENGTH_MAX,
  EXPLANATION_LENGTH_MIN,
  HELD_BEFORE_MUTED,
  MESSAGE_LENGTH_MAX,
  MESSAGES_A_MINUTE_MAX,
  MESSAGES_MAX,
  REASON_LENGTH_MAX,
  REPORTS_OPEN_MAX,
  STARS_MAX,
} from "./limits.ts";
import type { MemberRoomCommand } from "./messages.ts";
import { explanationTold } from "./parts_told.ts";
import { type RoomDecision, settle } from "./settle.ts";
import type { Member, OpenedRoom } from "./state.ts";

type Sent<Type extends MemberRoomCommand["type"]> = Extract<MemberRoomCommand, { type: Type }>;

const MUTED_BY_RULE = "Too much that may hurt, one after the other.";

/** Why this member writes nothing now; null when they may. */
function refusedWriter(room: OpenedRoom, { userId, muted }: Member, { nowMs }: TurnContext): RoomDecision | null {
  if (muted !== null) return reject("muted", `You may read, not write: ${muted.reason}`);
  if (room.messageCount >= MESSAGES_MAX) return reject("room_full_of_words", "This room holds no more words.");
  if (writtenLately(room, userId, nowMs) < MESSAGES_A_MINUTE_MAX) return null;
  return reject("too_fast", `At most ${MESSAGES_A_MINUTE_MAX} messages a minute; wait a little.`);
}

/** Held back from the others; who goes on like that writes no more until the staff lets them. */
function hold(room: OpenedRoom, { userId, heldInARow }: Member, text: string, context: TurnContext): RoomDecision {
  const held: RoomEvent = { type: "text_held", userId, text };
  const muted: RoomEvent = { type: "member_muted", userId, muted: true, by: null, reason: MUTED_BY_RULE };
  const isTooMuch = heldInARow + 1 >= HELD_BEFORE_MUTED;
  const message = "This may hurt somebody, so the others do not see it. Say it in other words.";
  return settle(room, isTooMuch ? [held, muted] : [held], context, { reply: { held: true, message } });
}

function write(
  room: OpenedRoom,
  member: Member,
  written: Pick<Written, "kind" | "text" | "task">,
  context: TurnContext,
): RoomDecision {
  const text = written.text.trim();
  if (!isCivil(text)) return hold(room, member, text, context);
  const number = context.seq + 1;
  const message: Written = { ...written, number, userId: member.userId, text };
  return settle(room, [{ type: "said", message }], context, { reply: { message: number } });
}

function say(room: OpenedRoom, member: Member, { text }: Sent<"say">, context: TurnContext): RoomDecision {
  if (!isPlainText(text, MESSAGE_LENGTH_MAX)) {
    return reject("malformed_message", `A message is plain text of at most ${MESSAGE_LENGTH_MAX} characters.`);
  }
  return write(room, member, { kind: "word", text, task: null }, context);
}

function explain(room: OpenedRoom, member: Member, command: Sent<"explain">, context: TurnContext): RoomDecision {
  const { text, task } = command;
  if (!isPlainText(text, EXPLANATION_LENGTH_MAX) || text.trim().length < EXPLANATION_LENGTH_MIN) {
    const expected = `${EXPLANATION_LENGTH_MIN} to ${EXPLANATION_LENGTH_MAX} characters`;
    return reject("malformed_message", `An explanation is plain text of ${expected}.`);
  }
  return write(room, member, { kind: "explanation", text, task }, context);
}

/** Each rates another's explanation once. */
function rate(room: OpenedRoom, by: Member, { message, stars }: Sent<"rate">, context: TurnContext): RoomDecision {
  const rated = messageAt(room, message);
  if (rated === null || rated.kind !== "explanation" || rated.hidden !== null) {
    return reject("no_explanation", "There is no such explanation here.");
  }
  if (rated.userId === by.userId) return reject("own_explanation", "Others say what your explanation is worth.");
  if (rated.ratings.some((rating) => rating.by === by.userId)) return reject("already_rated", "You have rated it.");
  if (!Number.isInteger(stars) || stars < 1 || stars > STARS_MAX) {
    return reject("malformed_rating", `A rating is 1 to ${STARS_MAX} stars.`);
  }
  const { userId } = rated;
  const event = { type: "explanation_rated", message, userId, by: by.userId, stars } as const;
  return settle(room, [event], context, {
    reply: { message, stars },
    messages: explanationTold(room, event, context.nowMs),
  });
}

/** To the staff, with what was said around it. */
function report(room: OpenedRoom, by: Member, command: Sent<"report">, context: TurnContext): RoomDecision {
  const { message, reason } = command;
  const { userId } = by;
  if (!isReason(reason)) {
    return reject("malformed_reason", `A reason is one line of at most ${REASON_LENGTH_MAX} characters.`);
  }
  const reported = messageAt(room, message);
  if (reported === null) return reject("unknown_message", "There is no such message here.");
  if (reported.userId === userId) return reject("own_message", "This is a message of your own.");
  if (room.reports.some((one) => one.message === message && one.by === userId)) {
    return reject("already_reported", "You have reported it; those who teach will see to it.");
  }
  if (room.reports.filter(({ settled }) => settled === null).length >= REPORTS_OPEN_MAX) {
    return reject("too_many_reports", "Those who teach have many reports of this room already.");
  }
  const number = context.seq + 1;
  const around = contextOf(room, message);
  const event: RoomEvent = { type: "message_reported", report: number, message, by: userId, reason, context: around };
  return settle(room, [event], context, { reply: { report: number } });
}

function askHelp(
  room: OpenedRoom,
  { userId, helpSinceMs }: Member,
  asked: boolean,
  context: TurnContext,
): RoomDecision {
  const isNews = (helpSinceMs !== null) !== asked;
  return settle(room, isNews ? [{ type: "help_asked", userId, asked }] : [], context, { reply: { asked } });
}

export function decideChat(
  room: OpenedRoom,
  member: Member,
  command: Sent<"say" | "explain" | "rate" | "report" | "ask_help">,
  context: TurnContext,
): RoomDecision {
  switch (command.type) {
    case "say":
      return refusedWriter(room, member, context) ?? say(room, member, command, context);
    case "explain":
      return refusedWriter(room, member, context) ?? explain(room, member, command, context);
    case "rate":
      return rate(room, member, command, context);
    case "report":
      return report(room, member, command, context);
    case "ask_help":
      return askHelp(room, member, command.asked, context);
  }
}
