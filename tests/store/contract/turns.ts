/** Turn records for the contract's cases. */
import assert from "node:assert/strict";
import type { Store, TurnRecord } from "../../../src/actors/ports.ts";
import type { ActorId } from "../../../src/domain/address.ts";
import { liveNode, someActor } from "./subject.ts";

/** An actor with its owner. */
export interface Owned {
  readonly actor: ActorId;
  readonly node: string;
  readonly epoch: number;
}

/** A new actor, claimed by a new node. */
export async function ownedActor(store: Store): Promise<Owned> {
  const actor = someActor(), node = await liveNode(store);
  return { actor, node, epoch: await claimed(store, actor, node) };
}

/** Claims, and fails the test when somebody holds the actor. */
export async function claimed(store: Store, actor: ActorId, node: string): Promise<number> {
  const outcome = await store.ownership.claim(actor, node);
  assert.equal(outcome.kind, "claimed");
  return outcome.kind === "claimed" ? outcome.epoch : 0;
}

/** A turn of one event, with nothing beside it but what `parts` says. */
export function turn(
  { actor, epoch }: Pick<Owned, "actor" | "epoch">,
  firstSeq: number,
  parts: Partial<TurnRecord> = {},
): TurnRecord {
  return {
    actor,
    epoch,
    firstSeq,
    atMs: 1_700_000_000_000 + firstSeq,
    events: [{ type: "noted", version: 1, body: { seq: firstSeq } }],
    commandId: `command-${firstSeq}`,
    reply: { seq: firstSeq },
    messages: [],
    timersSet: [],
    timersCleared: [],
    listing: null,
    ...parts,
  };
}

/** Numbers of all the actor's events, as stored. */
export async function seqsOf(store: Store, actor: ActorId): Promise<readonly number[]> {
  return (await store.journal.read(actor, 0, 1_000)).map(({ seq }) => seq);
}
