/** NeuroLearn around a room that relays what is said, on a store in memory. */
import { systemClock } from "../../src/boot/system_ports.ts";
import type { Aggregate } from "../../src/domain/aggregate.ts";
import { assertNever } from "../../src/domain/assert_never.ts";
import { note } from "../../src/domain/decision.ts";
import { MemoryStore } from "../../tests/simulation/memory_store.ts";
import { serveRoom } from "./serve_room.ts";

interface Room {
  readonly said: number;
}

/** What is said; the first argument tells how many characters. */
const TEXT = "x".repeat(Number(Deno.args[0] ?? 64));

/** Answers to a session's `hint` command, since that is one the wire knows; what it tells is never stored. */
const room: Aggregate<Room, { readonly item: number }, never, never> = {
  kind: "session",
  schemaVersion: 1,
  initial: () => ({ said: 0 }),
  decide: (state, { item }) =>
    note({ said: state.said + 1 }, {
      ephemerals: [{ type: "said", key: `${item}`, data: { item, text: TEXT }, audiences: ["all"] }],
    }),
  evolve: (_state, event) => assertNever(event),
  upcastState: (_version, stored) => stored as Room,
  upcastEvent: (_version, _type, stored) => assertNever(stored as never),
  priorityOf: () => "event",
  pendingEffects: () => [],
  effectFailed: (effect) => assertNever(effect),
  audienceOf: () => "all",
  view: (state) => ({ ...state }),
  project: (event) => assertNever(event),
  listing: () => null,
};

await serveRoom(room, new MemoryStore(() => systemClock.nowMs()));
