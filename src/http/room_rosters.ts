/** Who leaves a class leaves its rooms (I1). */
import { keyOf, parseActorId } from "../domain/address.ts";
import { ENGINE } from "../domain/engine.ts";
import { roomAddress } from "../domain/room/messages.ts";
import { requireDone } from "./actor_answers.ts";
import type { ActorDoor } from "./actor_door.ts";
import { type RandomBytes, uuidV7 } from "./identifiers.ts";
import type { ListedActor, Listings, Page } from "./ports.ts";

const PAGE_ROWS = 100;

export interface RoomRosterParts {
  readonly actors: Pick<ActorDoor, "tell">;
  readonly listings: Pick<Listings, "rooms">;
  readonly clock: { nowMs(): number };
  readonly randomBytes: RandomBytes;
}

/** Takes the person out of every room of the class, of those that are over as well: they read them no more. */
export async function leaveRooms(parts: RoomRosterParts, classId: string, userId: string): Promise<void> {
  const { actors, listings, clock, randomBytes } = parts;
  const search = { classId, userId, which: "theirs", status: null } as const;
  let cursor: string | null = null;
  do {
    const page: Page<ListedActor> = await listings.rooms(search, cursor, PAGE_ROWS);
    for (const { actor } of page.rows) {
      const id = parseActorId(actor);
      if (id === null) continue;
      const commandId = `rest-${uuidV7(clock.nowMs(), randomBytes)}`;
      const from = { commandId, origin: { kind: "client", principal: ENGINE } } as const;
      requireDone(await actors.tell(roomAddress(keyOf(id)), { type: "remove_member", userId }, from));
    }
    cursor = page.next;
  } while (cursor !== null);
}
