/** NeuroLearn's socket edge and actor runtime around one kind of room, for whoever connects. */
import { defineKind } from "../../src/actors/actor_kind.ts";
import { DEFAULT_RUNTIME_LIMITS } from "../../src/actors/limits.ts";
import type { Store } from "../../src/actors/ports.ts";
import { Registry } from "../../src/actors/registry.ts";
import { systemChance, systemClock } from "../../src/boot/system_ports.ts";
import type { Aggregate } from "../../src/domain/aggregate.ts";
import { assertNever } from "../../src/domain/assert_never.ts";
import { DEFAULT_SOCKET_LIMITS } from "../../src/http/socket/limits.ts";
import { SocketEdge } from "../../src/http/socket/socket_edge.ts";

/** Serves rooms of the kind `session`, which the wire knows, at a port that it prints. */
export async function serveRoom<S, C, E extends { readonly type: string }>(
  room: Aggregate<S, C, E, never>,
  store: Store,
): Promise<void> {
  const registry = new Registry({
    node: "bench",
    kinds: [defineKind(room, (effect) => assertNever(effect))],
    store,
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
}
