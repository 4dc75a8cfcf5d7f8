/** A room without what one of its members wrote: that something stood there stays, the words are gone. */
import type { OpenedRoom } from "./state.ts";

/** What stands in place of the reason for which a message is hidden. */
export const ERASED = "Erased on its writer's wish.";

/** Messages, explanations, texts held back, and what reports quote. Answers to tasks, and drawings, are not words. */
export function withoutWords(room: OpenedRoom, userId: string): OpenedRoom {
  const hidden = { by: userId, reason: ERASED };
  return {
    ...room,
    messages: room.messages.map((one) => one.userId === userId ? { ...one, text: "", hidden } : one),
    held: room.held.filter((one) => one.userId !== userId),
    reports: room.reports.map((report) => ({
      ...report,
      context: report.context.map((one) => one.userId === userId ? { ...one, text: "" } : one),
    })),
  };
}
