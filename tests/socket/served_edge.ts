/** The real socket edge on a real loopback server, with an account list of its own. */
import type { Principal } from "../../src/domain/principal.ts";
import type { EmotionInference } from "../../src/http/ports.ts";
import type { Clock } from "../../src/http/socket/clock.ts";
import type { Access } from "../../src/http/socket/connection.ts";
import type { MayInfer } from "../../src/http/socket/consent_cache.ts";
import { DEFAULT_SOCKET_LIMITS, type SocketLimits } from "../../src/http/socket/limits.ts";
import { SocketEdge } from "../../src/http/socket/socket_edge.ts";
import { TinyRuntime } from "./tiny_runtime.ts";

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
  readonly mayInfer: MayInfer;
  readonly ringMax: number;
}

const ORDINARY: EdgeSettings = {
  limits: {},
  clock: wallClock,
  emotion: null,
  mayInfer: () => false,
  ringMax: 100_000,
};

/** Tokens are `role:user` or `role:user:lifetime in ms`; anything else is refused. */
export function accessOf(token: string, nowMs: number): Access | null {
  const [role, userId, lifetimeMs] = token.split(":");
  if (userId === undefined || (role !== "student" && role !== "teacher" && role !== "admin")) return null;
  const principal: Principal = { userId, role };
  return { principal, expiresAtMs: nowMs + Number(lifetimeMs ?? 3_600_000) };
}

export class ServedEdge implements AsyncDisposable {
  readonly runtime: TinyRuntime;
  readonly edge: SocketEdge;
  readonly #server: Deno.HttpServer<Deno.NetAddr>;

  constructor(settings: Partial<EdgeSettings> = {}) {
    const { limits, clock, emotion, mayInfer, ringMax } = { ...ORDINARY, ...settings };
    this.runtime = new TinyRuntime(ringMax);
    this.edge = new SocketEdge({
      registry: this.runtime,
      verifyAccess: (token) => Promise.resolve(accessOf(token, clock.nowMs())),
      emotion,
      mayInfer,
      allowedOrigins: ["https://school.example"],
      clock,
      limits: { ...DEFAULT_SOCKET_LIMITS, ...limits },
    });
    const options = { port: 0, hostname: "127.0.0.1", onListen: () => {} };
    this.#server = Deno.serve(options, (request) => this.edge.handle(request));
  }

  get port(): number {
    return this.#server.addr.port;
  }

  get url(): string {
    return `ws://127.0.0.1:${this.port}/api/v1/socket`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.edge.closeAll("the test is over", 1_000, 1_000);
    await this.#server.shutdown();
  }
}
