/** The node's way to its store, shut once the node has drained: whatever is still running then gets no further. */
import type { Store } from "./ports.ts";

/** The node has drained and asks its store for nothing more. */
export class StoreClosedError extends Error {
  override readonly name = "StoreClosedError";
}

export interface ClosableStore extends Store {
  close(): void;
}

export function closableStore(store: Store): ClosableStore {
  let closed = false;
  const { journal, snapshots, ownership, timers, outbox, deadLetters } = store;
  const ask = <T>(call: () => Promise<T>): Promise<T> =>
    closed ? Promise.reject(new StoreClosedError("the node has drained")) : call();
  return {
    journal: {
      append: (records) => ask(() => journal.append(records)),
      read: (actor, afterSeq, limit) => ask(() => journal.read(actor, afterSeq, limit)),
    },
    snapshots: {
      load: (actor) => ask(() => snapshots.load(actor)),
      save: (batch) => ask(() => snapshots.save(batch)),
    },
    ownership: {
      claim: (actor, node) => ask(() => ownership.claim(actor, node)),
      release: (actor, epoch) => ask(() => ownership.release(actor, epoch)),
      renewLease: (node, leaseMs) => ask(() => ownership.renewLease(node, leaseMs)),
      endLease: (node) => ask(() => ownership.endLease(node)),
    },
    timers: { due: (node, untilMs, limit) => ask(() => timers.due(node, untilMs, limit)) },
    outbox: {
      pending: (node, limit) => ask(() => outbox.pending(node, limit)),
      settle: (messages) => ask(() => outbox.settle(messages)),
    },
    deadLetters: {
      keep: (letter) => ask(() => deadLetters.keep(letter)),
      list: (limit) => ask(() => deadLetters.list(limit)),
    },
    close: () => {
      closed = true;
    },
  };
}
