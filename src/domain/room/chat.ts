/** Texts of a room: which may be written, and which of them the room still has at hand. */
import { isPlainLine } from "../plain_line.ts";
import type { ReportedMessage } from "./events.ts";
import { CHARACTERS_KEPT, CONTEXT_MESSAGES, MESSAGES_KEPT, REASON_LENGTH_MAX, STARS_COUNTED_MIN } from "./limits.ts";
import type { ChatMessage, OpenedRoom } from "./state.ts";

const MINUTE_MS = 60_000;

export function isReason(text: string): boolean {
  return text.length <= REASON_LENGTH_MAX && isPlainLine(text);
}

export function messageAt({ messages }: Pick<OpenedRoom, "messages">, number: number): ChatMessage | null {
  return messages.find((message) => message.number === number) ?? null;
}

/** Whether this rating is the first to think well of the explanation. */
export function isFirstGood(message: ChatMessage | null, stars: number): boolean {
  if (message === null || stars < STARS_COUNTED_MIN) return false;
  return message.ratings.every((rating) => rating.stars < STARS_COUNTED_MIN);
}

/** How many messages this person wrote within the last minute. */
export function writtenLately({ messages }: OpenedRoom, userId: string, nowMs: number): number {
  return messages.filter((message) => message.userId === userId && message.atMs > nowMs - MINUTE_MS).length;
}

/** The latest of them that a room keeps at hand. */
export function keptMessages(messages: readonly ChatMessage[]): readonly ChatMessage[] {
  let characters = 0;
  const kept: ChatMessage[] = [];
  for (const message of messages.slice(-MESSAGES_KEPT).reverse()) {
    characters += message.text.length;
    if (characters > CHARACTERS_KEPT && kept.length > 0) break;
    kept.unshift(message);
  }
  return kept;
}

/** The message with those around it, as the staff is shown it with a report. */
export function contextOf({ messages }: OpenedRoom, number: number): readonly ReportedMessage[] {
  const at = messages.findIndex((message) => message.number === number);
  return messages.slice(Math.max(0, at - CONTEXT_MESSAGES), at + CONTEXT_MESSAGES + 1)
    .map(({ number, userId, kind, text, task, atMs }) => ({ number, userId, kind, text, task, atMs }));
}
