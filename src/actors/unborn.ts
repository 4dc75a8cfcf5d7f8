/** Looks at an actor to which nothing has ever happened without making one: no claim, no row, no memory. */
import type { ActorId } from "../domain/address.ts";
import type { Principal } from "../domain/principal.ts";
import type { ActorKind } from "./actor_kind.ts";
import { withDeadline } from "./deadline.ts";
import type { ReadOutcome, Watcher } from "./envelope.ts";
import type { RuntimeLimits } from "./limits.ts";
import type { Clock, Store } from "./ports.ts";

interface Place {
  readonly store: Store;
  readonly clock: Clock;
  readonly limits: RuntimeLimits;
}

/** What `principal` sees where the journal holds nothing of `id`; null when it holds something or cannot be asked. */
export async function readIfUnborn(
  kind: ActorKind,
  id: ActorId,
  principal: Principal,
  { store, clock, limits }: Place,
): Promise<ReadOutcome | null> {
  try {
    const first = await withDeadline(store.journal.read(id, 0, 1), limits.storeCallMsMax, clock);
    return first.length > 0 ? null : kind.readUnborn(id, principal, clock.nowMs());
  } catch {
    // Activating the actor meets the same trouble, and answers for it.
    return null;
  }
}

/** Watchers on their way to an actor that is being looked at: one that leaves meanwhile must not join after all. */
export class Arrivals {
  readonly #coming = new Map<ActorId, Set<Watcher>>();

  /** Notes `watcher` down; the returned question, asked once, takes it off the list and tells whether it is still there. */
  come(id: ActorId, watcher: Watcher): () => boolean {
    const coming = this.#coming.get(id) ?? new Set();
    this.#coming.set(id, coming.add(watcher));
    return () => this.leave(id, watcher);
  }

  /** Whether `watcher` was on its way. */
  leave(id: ActorId, watcher: Watcher): boolean {
    const coming = this.#coming.get(id);
    const wasComing = coming?.delete(watcher) ?? false;
    if (coming?.size === 0) this.#coming.delete(id);
    return wasComing;
  }
}
