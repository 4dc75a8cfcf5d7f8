/** What stands in a room's journal of one person's words, for those who erase it. */
import type { ActorId } from "../address.ts";

export interface WrittenWords {
  /** Empties every text of theirs in events before number `seq`; the room then comes from its journal alone. */
  erase(room: ActorId, userId: string, seq: number): Promise<void>;
}
