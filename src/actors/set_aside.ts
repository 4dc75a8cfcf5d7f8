/** What becomes of a command that its actor has failed on too often. */
import type { ActorId } from "../domain/address.ts";
import type { ActivationHost } from "./activation_host.ts";
import { type Delivery, refusal } from "./delivery.ts";
import type { TurnLoop } from "./turn_loop.ts";

/**
 * Keeps the command as a dead letter and answers its sender once it is kept. A timer's command goes back to the
 * actor, to be cleared by a turn that does nothing else; an effect's failure is told to the actor that waits for it.
 */
export async function setAside<S, C, E extends { readonly type: string }, X>(
  actor: ActorId,
  delivery: Delivery<C, X>,
  reason: string,
  turns: TurnLoop<S, C, E, X>,
  host: ActivationHost,
): Promise<void> {
  const { commandId, command, origin, priority, effect } = delivery;
  // What is ephemeral may show a face, and was never meant to reach disk: the letter says only that it was there (M6).
  const letter = priority === "ephemeral" ? null : command;
  const kept = await host.supervision.setAside(actor, commandId, letter, reason);
  const { backoffMsMax } = host.limits;
  if (!kept) {
    delivery.resolve(refusal("append_failed", "failed, and could not be set aside", backoffMsMax));
    return;
  }
  if (origin.kind === "timer" && turns.mailbox.admit(delivery, priority) === "accepted") {
    turns.work();
    return;
  }
  if (origin.kind === "effect" && effect !== null) turns.effectPoisoned(effect, origin.basisSeq, reason);
  delivery.resolve(refusal("poisoned", `set aside: ${reason}`, backoffMsMax));
}
