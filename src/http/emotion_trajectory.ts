/** The live trajectory of a session's affect, read from its actor's memory: nothing of it is stored anywhere. */
import type { z } from "@hono/zod-openapi";
import { keyOf, parseActorId } from "../domain/address.ts";
import type { Principal } from "../domain/principal.ts";
import { session } from "../domain/session/aggregate.ts";
import { sessionAddress } from "../domain/session/messages.ts";
import { requireRead } from "./actor_answers.ts";
import type { ActorDoor } from "./actor_door.ts";
import { trajectoryJson, type trajectorySchema, wellBeingSchema } from "./documents/trajectory_schemas.ts";
import type { Listings } from "./ports.ts";
import { problem } from "./problem.ts";

export interface EmotionTrajectoryParts {
  readonly actors: Pick<ActorDoor, "read">;
  readonly listings: Listings;
  readonly clock: { nowMs(): number };
}

export class EmotionTrajectory {
  constructor(private readonly parts: EmotionTrajectoryParts) {}

  /**
   * The last `windowS` seconds of a session that the caller may see, by default their own newest active one. Throws the
   * problems `not_found` and `no_active_session`.
   */
  async read(
    principal: Principal,
    sessionId: string | null,
    windowS: number,
  ): Promise<z.infer<typeof trajectorySchema>> {
    const id = sessionId ?? await this.#activeSession(principal);
    const outcome = await this.parts.actors.read(sessionAddress(id), principal);
    const wellBeing = wellBeingSchema.parse(requireRead(outcome));
    return trajectoryJson(wellBeing, { windowS, nowMs: this.parts.clock.nowMs() });
  }

  async #activeSession({ userId }: Principal): Promise<string> {
    const { rows: [newest] } = await this.parts.listings.list(userId, session.kind, "active", null, 1);
    const id = newest === undefined ? null : parseActorId(newest.actor);
    if (id === null) throw problem("no_active_session", "Start or resume a session, or name one as `session_id`.");
    return keyOf(id);
  }
}
