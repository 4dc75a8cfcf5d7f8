/** Erases what a person has written in rooms, on their wish or when their account goes (I9). */
import { keyOf, parseActorId } from "../domain/address.ts";
import { ENGINE } from "../domain/engine.ts";
import type { Principal } from "../domain/principal.ts";
import { type EngineRoomCommand, roomAddress } from "../domain/room/messages.ts";
import type { WrittenWords } from "../domain/room/written_words.ts";
import { requireDone } from "./actor_answers.ts";
import type { ActorDoor } from "./actor_door.ts";
import type { ListedActor, Listings, Page } from "./ports.ts";
import { notFound } from "./problem.ts";
import { type IdParts, sentBy } from "./rest_command.ts";

const PAGE_ROWS = 100;

export interface WordErasureParts extends IdParts {
  readonly actors: Pick<ActorDoor, "tell">;
  readonly listings: Pick<Listings, "rooms">;
  readonly writtenWords: WrittenWords;
}

export class WordErasure {
  constructor(private readonly parts: WordErasureParts) {}

  /** One's own words; administrators erase anybody's. Asked again it goes on where it failed. Throws 404 for others. */
  async erase({ userId: asker, role }: Principal, userId: string): Promise<void> {
    if (asker !== userId && role !== "admin") throw notFound();
    const search = { classId: null, userId, which: "wrote_in", status: null } as const;
    let cursor: string | null = null;
    do {
      const page: Page<ListedActor> = await this.parts.listings.rooms(search, cursor, PAGE_ROWS);
      for (const { actor } of page.rows) await this.#eraseIn(actor, userId);
      cursor = page.next;
    } while (cursor !== null);
  }

  /** First the room forgets them, then its journal does: whatever is saved in between holds them no more. */
  async #eraseIn(actor: string, userId: string): Promise<void> {
    const { actors, writtenWords } = this.parts;
    const id = parseActorId(actor);
    if (id === null) return;
    const command: EngineRoomCommand = { type: "erase_words", userId };
    const { seq } = requireDone(await actors.tell(roomAddress(keyOf(id)), command, sentBy(ENGINE, this.parts)));
    await writtenWords.erase(id, userId, seq);
  }
}
