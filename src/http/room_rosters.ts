/** Who leaves a class leaves its rooms (I1). */
import { keyOf, parseActorId } from "../domain/address.ts";
import { ENGINE } from "../domain/engine.ts";
import { roomAddress } from "../domain/room/messages.ts";
import { requireDone } from "./actor_answers.ts";
import type { ActorDoor } from "./actor_door.ts";
import type { ListedActor, Listings, Page } from "./ports.ts";
import { type IdParts, sentBy } from "./rest_command.ts";

const PAGE_ROWS = 100;

export interface RoomRosterParts extends IdParts {
  readonly actors: Pick<ActorDoor, "tell">;
  readonly listings: Pick<Listings, "rooms">;
}

/** Takes the person out of every room of the class, of those that are over as well: they read them no more. */
export async function leaveRooms(parts: RoomRosterParts, classId: string, userId: string): Promise<void> {
  const { actors, listings } = parts;
  const search = { classId, userId, which: "theirs", status: null } as const;
  let cursor: string | null = null;
  do {
    const page: Page<ListedActor> = await listings.rooms(search, cursor, PAGE_ROWS);
    for (const { actor } of page.rows) {
      const id = parseActorId(actor);
      if (id === null) continue;
      const command = { type: "remove_member", userId } as const;
      requireDone(await actors.tell(roomAddress(keyOf(id)), command, sentBy(ENGINE, parts)));
    }
    cursor = page.next;
  } while (cursor !== null);
}
