/** The real socket edge and runtime on a real loopback server, over a store in memory. */
import { type ActorKind, defineKind } from "../../src/actors/actor_kind.ts";
import { DEFAULT_RUNTIME_LIMITS } from "../../src/actors/limits.ts";
import { Registry } from "../../src/actors/registry.ts";
import type { Principal } from "../../src/domain/principal.ts";
import type { EmotionInference } from "../../src/http/ports.ts";
import { ProblemError } from "../../src/http/problem.ts";
import type { OnObserved } from "../../src/http/socket/camera_intake.ts";
import type { Clock } from "../../src/http/socket/clock.ts";
import type { Access, VerifyAccess } from "../../src/http/socket/connection.ts";
import { DEFAULT_SOCKET_LIMITS, type SocketLimits } from "../../src/http/socket/limits.ts";
import { SocketEdge } from "../../src/http/socket/socket_edge.ts";
import { MemoryStore } from "../simulation/memory_store.ts";
import { echoSession } from "./echo_session.ts";
import { streamApp } from "./stream_app.ts";

/** Every peer's client address. */
export const ADDRESS = "192.0.2.7";

export const wallClock: Clock = {
  nowMs: () => Date.now(),
  after(ms, action) {
    // deno-lint-ignore house/honest-tests -- this is the clock handed to the edge, no test waits on it
    const timer = setTimeout(action, ms);
    return () => clearTimeout(timer);
  },
};

export interface EdgeSettings {
  readonly limits: Partial<SocketLimits>;
  readonly clock: Clock;
  readonly emotion: EmotionInference | null;
  /** Whether the learner consents; whether every class that they are at work in allows it. */
  readonly mayInfer: (learnerId: string) => boolean | Promise<boolean>;
  readonly classesAllow: (learnerId: string) => boolean;
  readonly onObserved: OnObserved;
  /** Null: by {@link accessOf}. */
  readonly verifyAccess: VerifyAccess | null;
  readonly kinds: readonly ActorKind[];
}

const ORDINARY: EdgeSettings = {
  limits: {},
  clock: wallClock,
  emotion: null,
  mayInfer: () => false,
  classesAllow: () => true,
  onObserved: () => {},
  verifyAccess: null,
  kinds: [defineKind(echoSession, () => Promise.resolve({ type: "no_item_left" }))],
};

/** Tokens are `role:user` or `role:user:lifetime in ms`, in a header with dots; anything else is refused. */
export function accessOf(token: string, nowMs: number): Access | null {
  const [role, userId, lifetimeMs] = token.split(/[:.]/);
  if (userId === undefined || (role !== "student" && role !== "teacher" && role !== "admin")) return null;
  const principal: Principal = { userId, role };
  return { principal, expiresAtMs: nowMs + Number(lifetimeMs ?? 3_600_000) };
}

export class ServedEdge implements AsyncDisposable {
  readonly registry: Registry;
  readonly edge: SocketEdge;
  /** Client addresses that a refused token came from, in order. */
  readonly badTokens: string[] = [];
  readonly #server: Deno.HttpServer<Deno.NetAddr>;

  private constructor(registry: Registry, settings: EdgeSettings) {
    const { limits, clock, emotion, mayInfer, classesAllow, onObserved } = settings;
    const byToken: VerifyAccess = (token) => Promise.resolve(accessOf(token, clock.nowMs()) ?? "invalid_token");
    this.registry = registry;
    this.edge = new SocketEdge({
      registry,
      verifyAccess: settings.verifyAccess ?? byToken,
      emotion,
      closedGateOf: async (learnerId) =>
        !await mayInfer(learnerId) ? "no_consent" : classesAllow(learnerId) ? null : "class_policy",
      onObserved,
      allowedOrigins: ["https://school.example"],
      onBadToken: (address) => void this.badTokens.push(address),
      clock,
      limits: { ...DEFAULT_SOCKET_LIMITS, ...limits },
    });
    const app = streamApp(this.edge.streams, settings.verifyAccess ?? byToken, ADDRESS);
    const options = { port: 0, hostname: "127.0.0.1", onListen: () => {} };
    this.#server = Deno.serve(options, (request, info) => {
      if (new URL(request.url).pathname.startsWith("/api/v1/stream")) return app.fetch(request, info);
      try {
        return this.edge.handle(request, ADDRESS);
      } catch (error) {
        if (error instanceof ProblemError) return new Response(error.problem.code, { status: error.problem.status });
        throw error;
      }
    });
  }

  static async start(given: Partial<EdgeSettings> = {}): Promise<ServedEdge> {
    const settings = { ...ORDINARY, ...given };
    const registry = new Registry({
      node: "test",
      kinds: settings.kinds,
      store: new MemoryStore(() => Date.now()),
      clock: wallClock,
      chance: { next: () => crypto.getRandomValues(new Uint32Array(1))[0] ?? 0 },
      meter: { count: () => {}, observe: () => {} },
      limits: DEFAULT_RUNTIME_LIMITS,
    });
    await registry.start();
    return new ServedEdge(registry, settings);
  }

  get port(): number {
    return this.#server.addr.port;
  }

  /** Where streams are opened. */
  get streamUrl(): string {
    return `http://127.0.0.1:${this.port}/api/v1/stream`;
  }

  get url(): string {
    return `ws://127.0.0.1:${this.port}/api/v1/socket`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.edge.closeAll("the test is over", 1_000, 1_000);
    await this.registry.drain(1_000);
    await this.#server.shutdown();
  }
}
