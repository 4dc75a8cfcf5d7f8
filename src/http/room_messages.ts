/** What was written in a room, read from its journal: also what the room has no more at hand (I4). */
import type { z } from "@hono/zod-openapi";
import type { Principal } from "../domain/principal.ts";
import { room } from "../domain/room/aggregate.ts";
import { ERASED } from "../domain/room/erase_words.ts";
import { roomAddress } from "../domain/room/messages.ts";
import { isoTime } from "./documents/json_content.ts";
import type { roomMessageSchema } from "./documents/room_schemas.ts";
import type { History, Page } from "./ports.ts";
import type { Rooms } from "./rooms.ts";

type MessageJson = z.infer<typeof roomMessageSchema>;

/** Before every event there is. */
const LATEST = Number.MAX_SAFE_INTEGER;
const HIDDEN_READ_MAX = 5_000;

export class RoomMessages {
  constructor(private readonly rooms: Pick<Rooms, "read">, private readonly history: History) {}

  /** Messages before number `before`, newest first; a member reads no text that was hidden. */
  async page(principal: Principal, roomId: string, before: number | null, limit: number): Promise<Page<MessageJson>> {
    const address = roomAddress(roomId);
    const { members } = await this.rooms.read(principal, roomId);
    const isMember = members.some(({ user_id }) => user_id === principal.userId);
    const stored = await this.history.newest(address, ["said"], before ?? LATEST, limit);
    const hidden = await this.#hidden(address);
    const rows = stored.flatMap(({ version, type, body, atMs }): MessageJson[] => {
      const event = room.upcastEvent(version, type, body);
      if (event.type !== "said") return [];
      const { number, userId, kind, text, task } = event.message;
      // No message is empty when it is written.
      const isErased = text === "";
      const reason = isErased ? ERASED : hidden.get(number) ?? null;
      const shown = isErased || (reason !== null && isMember) ? null : text;
      return [{ message: number, user_id: userId, kind, text: shown, task, at: isoTime(atMs), hidden: reason }];
    });
    const last = stored.at(-1);
    return { rows, next: last !== undefined && stored.length === limit ? String(last.seq) : null };
  }

  /** Why each hidden message was. */
  async #hidden(address: string): Promise<ReadonlyMap<number, string>> {
    const stored = await this.history.page(address, ["message_hidden"], 0, HIDDEN_READ_MAX);
    return new Map(stored.flatMap(({ version, type, body }): [number, string][] => {
      const event = room.upcastEvent(version, type, body);
      return event.type === "message_hidden" ? [[event.message, event.reason]] : [];
    }));
  }
}
