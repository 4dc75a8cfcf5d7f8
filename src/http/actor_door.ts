/** What REST asks of the actor runtime. */
import type { ReadOutcome, Reply } from "../actors/envelope.ts";
import type { ActorId, Address } from "../domain/address.ts";
import type { Origin } from "../domain/decision.ts";
import type { Principal } from "../domain/principal.ts";

export interface ActorDoor {
  tell<C>(to: Address<C>, command: C, from: { commandId: string; origin: Origin }): Promise<Reply>;
  read(to: ActorId, principal: Principal): Promise<ReadOutcome>;
}
