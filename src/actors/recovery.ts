/** Brings an actor back: claim it, load its snapshot, replay the tail of its journal. */
import { type ActorId, keyOf } from "../domain/address.ts";
import type { Aggregate } from "../domain/aggregate.ts";
import { withDeadline } from "./deadline.ts";
import type { RuntimeLimits } from "./limits.ts";
import type { Clock, Store, StoredEvent, StoredSnapshot } from "./ports.ts";
import { RecentCommands, type StoredMemory } from "./recent_commands.ts";
import type { Basis } from "./turn.ts";

/** A snapshot or journal that cannot be what this runtime wrote. */
export class BadStoredActorError extends Error {
  override readonly name = "BadStoredActorError";
}

/** What is stored was written by a later owner: the actor was taken over since this node claimed it. */
export class SupersededError extends Error {
  override readonly name = "SupersededError";
}

/** Body of a snapshot: the state and what is remembered of commands. */
export interface SnapshotBody {
  readonly state: unknown;
  readonly memory: StoredMemory;
}

export type Recovery<S> =
  | {
    readonly kind: "recovered";
    readonly epoch: number;
    readonly basis: Basis<S>;
    readonly recent: RecentCommands;
    readonly snapshotSeq: number;
    readonly events: number;
  }
  | { readonly kind: "held"; readonly node: string; readonly retryAfterMs: number };

/** What recovery needs from its node. */
export interface RecoveryPlace {
  readonly node: string;
  readonly store: Store;
  readonly clock: Clock;
  readonly limits: RuntimeLimits;
}

function bodyOf(snapshot: StoredSnapshot): SnapshotBody {
  const { body } = snapshot;
  const whole = typeof body === "object" && body !== null && "state" in body && "memory" in body;
  if (!whole) throw new BadStoredActorError(`${snapshot.actor}: snapshot at ${snapshot.seq} has no state or memory`);
  return { state: body.state, memory: body.memory as StoredMemory };
}

/** Events with `seq` in (afterSeq, untilSeq], page by page. Throws {@link BadStoredActorError} on a gap. */
export async function* readJournal(
  place: RecoveryPlace,
  actor: ActorId,
  afterSeq: number,
  untilSeq: number,
): AsyncGenerator<StoredEvent> {
  const { store, clock, limits } = place;
  let seq = afterSeq;
  while (seq < untilSeq) {
    const wanted = Math.min(limits.journalPageEvents, untilSeq - seq);
    const page = await withDeadline(store.journal.read(actor, seq, wanted), limits.storeCallMsMax, clock);
    for (const event of page) {
      if (event.seq !== ++seq) throw new BadStoredActorError(`${actor}: event ${event.seq} stands where ${seq} should`);
      yield event;
    }
    if (page.length < wanted) return;
  }
}

function checkEpoch(actor: ActorId, claimed: number, stored: number): void {
  if (stored > claimed) throw new SupersededError(`${actor}: claimed epoch ${claimed}, found epoch ${stored}`);
}

/**
 * Claims `actor` for this node and rebuilds its state. Rejects as the store does, as the aggregate's rules throw, or
 * with {@link SupersededError} when the actor has been taken over meanwhile.
 */
export async function recover<S, C, E extends { readonly type: string }, X>(
  aggregate: Aggregate<S, C, E, X>,
  actor: ActorId,
  recentCommandsMax: number,
  place: RecoveryPlace,
): Promise<Recovery<S>> {
  const { node, store, clock, limits } = place;
  const claim = await withDeadline(store.ownership.claim(actor, node), limits.storeCallMsMax, clock);
  if (claim.kind === "held") return claim;
  const recent = new RecentCommands(recentCommandsMax);
  let state = aggregate.initial(keyOf(actor));
  let seq = 0;
  let events = 0;
  // Under epoch 1 nobody has ever written anything.
  const snapshot = claim.epoch === 1
    ? null
    : await withDeadline(store.snapshots.load(actor), limits.storeCallMsMax, clock);
  if (snapshot !== null) {
    checkEpoch(actor, claim.epoch, snapshot.epoch);
    const body = bodyOf(snapshot);
    state = aggregate.upcastState(snapshot.version, body.state);
    recent.restore(body.memory);
    seq = snapshot.seq;
  }
  if (claim.epoch > 1) {
    for await (const stored of readJournal(place, actor, seq, Number.MAX_SAFE_INTEGER)) {
      checkEpoch(actor, claim.epoch, stored.epoch);
      const event = aggregate.upcastEvent(stored.version, stored.type, stored.body);
      state = aggregate.evolve(state, event, { seq: stored.seq, atMs: stored.atMs });
      recent.replay(stored);
      seq = stored.seq;
      events++;
    }
  }
  const basis = { state, seq, listing: aggregate.listing(state) };
  return { kind: "recovered", epoch: claim.epoch, basis, recent, snapshotSeq: snapshot?.seq ?? 0, events };
}
