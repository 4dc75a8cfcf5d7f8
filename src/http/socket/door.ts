/** What the socket edge asks of the actor runtime; the registry fits. */
import type { Reply, ResumePoint, Watcher, WatchOutcome } from "../../actors/envelope.ts";
import type { ActorId, Address } from "../../domain/address.ts";
import type { Origin } from "../../domain/decision.ts";
import type { Principal } from "../../domain/principal.ts";

export interface Door {
  /** Never rejects. */
  tell<Command>(to: Address<Command>, command: Command, from: { commandId: string; origin: Origin }): Promise<Reply>;
  /** Broadcasts that commit meanwhile come after the outcome, in order, never twice. */
  watch(to: ActorId, principal: Principal, resume: ResumePoint | null, watcher: Watcher): Promise<WatchOutcome>;
  unwatch(to: ActorId, watcher: Watcher): void;
}
