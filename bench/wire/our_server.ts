/** NeuroLearn's socket edge and actor runtime around a room that relays what is said, on a store in memory. */
import { defineKind } from "../../src/actors/actor_kind.ts";
import { DEFAULT_RUNTIME_LIMITS } from "../../src/actors/limits.ts";
import { Registry } from "../../src/actors/registry.ts";
import { assertNever } from "../../src/domain/assert_never.ts";
import type { Aggregate } from "../../src/domain/aggregate.ts";
import { note } from "../../src/domain/decision.ts";
import { systemChance, systemClock } from "../../src/boot/system_ports.ts";
import { DEFAULT_SOCKET_LIMITS } from "../../src/http/socket/limits.ts";
import { SocketEdge } from "../../src/http/socket/socket_edge.ts";
import { MemoryStore } from "../../tests/simulation/memory_store.ts";

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

const registry = new Registry({
  node: "bench",
  kinds: [defineKind(room, (effect) => assertNever(effect))],
  store: new MemoryStore(() => systemClock.nowMs()),
  clock: systemClock,
  chance: systemChance,
  meter: { count: () => undefined, observe: () => undefined },
  limits: DEFAULT_RUNTIME_LIMITS,
});
await registry.start();
let people = 0;
const edge = new SocketEdge({
  registry,
  verifyAccess: () =>
    Promise.resolve({
      principal: { userId: `user-${people += 1}`, role: "student" },
      expiresAtMs: systemClock.nowMs() + 3_600_000,
    }),
  emotion: null,
  closedGateOf: () => Promise.resolve("no_consent"),
  onObserved: () => undefined,
  allowedOrigins: [],
  onBadToken: () => undefined,
  clock: systemClock,
  limits: { ...DEFAULT_SOCKET_LIMITS, framesPerSecondMax: 1e9, framesBurstMax: 1e9, commandsInFlightMax: 1_000 },
});
Deno.serve(
  { hostname: "127.0.0.1", port: 0, onListen: ({ port }) => console.log(`port ${port}`) },
  // Every client of the load has an address of its own.
  (request) => edge.handle(request, crypto.randomUUID()),
);
