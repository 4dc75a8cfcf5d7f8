/** Points that staff take back, and with them the badges that stood on them. */
import { z } from "zod";
import { learnerAddress } from "../domain/learner/messages.ts";
import type { Principal } from "../domain/principal.ts";
import { requireDone } from "./actor_answers.ts";
import type { ActorDoor } from "./actor_door.ts";
import { type RandomBytes, uuidV7 } from "./identifiers.ts";

export interface PointReversalParts {
  readonly actors: ActorDoor;
  readonly clock: { nowMs(): number };
  readonly randomBytes: RandomBytes;
}

const replySchema = z.object({ badges_revoked: z.array(z.string()) });

export class PointReversals {
  constructor(private readonly parts: PointReversalParts) {}

  /** Throws 409 for an entry that is not there or was taken back before. */
  async takeBack(
    principal: Principal,
    learnerId: string,
    entryId: string,
    reason: string,
  ): Promise<{ readonly badgesRevoked: readonly string[] }> {
    const { actors, clock, randomBytes } = this.parts;
    const from = {
      commandId: `rest-${uuidV7(clock.nowMs(), randomBytes)}`,
      origin: { kind: "client", principal } as const,
    };
    const reply = await actors.tell(learnerAddress(learnerId), { type: "take_back_points", entryId, reason }, from);
    return { badgesRevoked: replySchema.parse(requireDone(reply).body).badges_revoked };
  }
}
