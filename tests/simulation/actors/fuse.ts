/** An actor with a faulty decider: some commands always throw, some only in certain states. */
import type { ActorId } from "../../../src/domain/address.ts";
import type { Aggregate } from "../../../src/domain/aggregate.ts";
import { accept, type Decision } from "../../../src/domain/decision.ts";
import { type Based, DeciderFault, digestAfter, firstVersion, NOTHING_SEEN, type Seen } from "./digest.ts";

export type FuseCommand =
  | { readonly type: "burn" }
  /** Throws in every state: poison. */
  | { readonly type: "boom"; readonly from: ActorId | null; readonly ordinal: number }
  /** Throws in one state of three, and goes well once something else has happened. */
  | { readonly type: "spark" }
  | { readonly type: "relay"; readonly from: ActorId; readonly ordinal: number };

export type FuseEvent =
  & Based
  & (
    | { readonly type: "burnt" }
    | { readonly type: "sparked" }
    | { readonly type: "relayed"; readonly from: ActorId; readonly ordinal: number }
  );

export interface FuseState extends Seen {
  readonly count: number;
}

function decide(state: FuseState, command: FuseCommand): Decision<FuseState, FuseEvent, never> {
  const before = state.digest;
  switch (command.type) {
    case "boom":
      throw new DeciderFault("boom");
    case "spark":
      if (state.count % 3 === 0) throw new DeciderFault(`spark at ${state.count}`);
      return accept([{ type: "sparked", before }], { reply: { count: state.count + 1 } });
    case "burn":
      return accept([{ type: "burnt", before }], { reply: { count: state.count + 1 } });
    case "relay":
      return accept([{ type: "relayed", from: command.from, ordinal: command.ordinal, before }]);
  }
}

export const FUSE: Aggregate<FuseState, FuseCommand, FuseEvent, never> = {
  kind: "fuse",
  schemaVersion: 1,
  initial: () => ({ ...NOTHING_SEEN, count: 0 }),
  decide,
  evolve: (state, event, { seq }) => ({
    seq,
    digest: digestAfter(state.digest, event, seq),
    count: state.count + 1,
  }),
  upcastState: (version, stored) => firstVersion<FuseState>(version, stored),
  upcastEvent: (version, _type, stored) => firstVersion<FuseEvent>(version, stored),
  priorityOf: (command) => command.type === "boom" ? "event" : "graded",
  pendingEffects: () => [],
  effectFailed: (effect) => effect,
  audienceOf: (_state, { role }) => role === "student" ? null : "staff",
  view: ({ seq, digest, count }) => ({ seq, digest, count }),
  project: (event) => ({ type: `fuse_${event.type}`, data: { before: event.before } }),
  listing: () => null,
};
