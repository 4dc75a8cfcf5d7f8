/** Points that staff take back, and with them the badges that stood on them. */
import { z } from "zod";
import { learnerAddress } from "../domain/learner/messages.ts";
import type { Principal } from "../domain/principal.ts";
import { requireDone } from "./actor_answers.ts";
import type { ActorDoor } from "./actor_door.ts";
import { type IdParts, sentBy } from "./rest_command.ts";

export interface PointReversalParts extends IdParts {
  readonly actors: ActorDoor;
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
    const command = { type: "take_back_points", entryId, reason } as const;
    const reply = await this.parts.actors.tell(learnerAddress(learnerId), command, sentBy(principal, this.parts));
    return { badgesRevoked: replySchema.parse(requireDone(reply).body).badges_revoked };
  }
}
