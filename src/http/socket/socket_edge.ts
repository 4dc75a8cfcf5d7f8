/** The WebSocket edge as the app mounts it: upgrade, drain, deactivation, counts. */
import type { ClosedGateOf } from "../emotion_gates.ts";
import type { EmotionInference } from "../ports.ts";
import { problem } from "../problem.ts";
import { AttendanceTeller } from "./attendance.ts";
import { BurstWindow } from "./bursts.ts";
import { CameraIntake, type OnObserved } from "./camera_intake.ts";
import type { Clock } from "./clock.ts";
import { CLOSE } from "./close_codes.ts";
import { Connection, type ConnectionParts, type VerifyAccess } from "./connection.ts";
import { type ConnectionCounts, Connections } from "./connections.ts";
import type { Door } from "./door.ts";
import { EmotionLeave } from "./emotion_leave.ts";
import { BroadcastEncoder } from "./event_to_frame.ts";
import { SUBPROTOCOL } from "./frame.ts";
import type { SocketLimits } from "./limits.ts";
import { Presence } from "./presence.ts";
import { SocketLink } from "./socket_link.ts";
import { StreamEdge } from "./stream_edge.ts";

export interface SocketEdgeParts {
  readonly registry: Door;
  readonly verifyAccess: VerifyAccess;
  /** Null where the deployment reads no emotion. */
  readonly emotion: EmotionInference | null;
  readonly closedGateOf: ClosedGateOf;
  readonly onObserved: OnObserved;
  /** Origins of pages from elsewhere that may connect; `*` admits all. A page of this host always may. */
  readonly allowedOrigins: readonly string[];
  /** Hears of each token that was refused, with the client address it came from. */
  readonly onBadToken: (address: string) => void;
  readonly clock: Clock;
  readonly limits: SocketLimits;
}

const COME_BACK_MS = 2_000;

export interface SocketEdgeStats extends ConnectionCounts {
  readonly cameraObserved: number;
  readonly cameraUnread: number;
}

/** Programs send no `Origin`; a page does, and must be ours or on the list. */
function originAllowed(request: Request, allowedOrigins: readonly string[]): boolean {
  const origin = request.headers.get("origin");
  if (origin === null || allowedOrigins.includes("*") || allowedOrigins.includes(origin)) return true;
  return URL.canParse(origin) && new URL(origin).host === request.headers.get("host");
}

function offersProtocol(request: Request): boolean {
  const offered = request.headers.get("sec-websocket-protocol") ?? "";
  return offered.split(",").some((name) => name.trim() === SUBPROTOCOL);
}

/** Null when the handshake's headers do not hold together. */
function upgrade(request: Request, idleTimeout: number): Deno.WebSocketUpgrade | null {
  try {
    return Deno.upgradeWebSocket(request, { protocol: SUBPROTOCOL, idleTimeout });
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

export class SocketEdge {
  readonly #allowedOrigins: readonly string[];
  readonly #limits: SocketLimits;
  readonly #leave: EmotionLeave;
  readonly #camera: CameraIntake;
  readonly #connections: Connections;
  readonly #shared: ConnectionParts;
  /** Where WebSocket is blocked. */
  readonly streams: StreamEdge;
  #isDraining = false;

  constructor(parts: SocketEdgeParts) {
    const { clock, limits, registry: door, verifyAccess, emotion } = parts;
    this.#allowedOrigins = parts.allowedOrigins;
    this.#limits = limits;
    const { closedGateOf, onObserved } = parts;
    this.#leave = new EmotionLeave(closedGateOf, clock, limits.consentCacheMs);
    this.#camera = new CameraIntake({ door, emotion, leave: this.#leave, onObserved, clock, limits });
    this.#connections = new Connections(limits, clock, (userId) => {
      this.#leave.forget(userId);
      this.#camera.forget(userId);
    });
    this.#shared = {
      door,
      encoder: new BroadcastEncoder(),
      presence: new Presence(limits, clock, new AttendanceTeller(door, clock, limits.presenceWaitMs)),
      bursts: new BurstWindow(clock, limits),
      clock,
      limits,
      camera: this.#camera,
      verifyAccess,
      onBadToken: parts.onBadToken,
      connections: this.#connections,
    };
    this.streams = new StreamEdge(this.#shared, (address) => this.#admit(address));
  }

  /**
   * Answers an upgrade request with 101; `address` is what the client is counted by before it is known.
   *
   * @throws ProblemError that says why not
   */
  handle(request: Request, address: string): Response {
    if (request.headers.get("upgrade")?.toLowerCase() !== "websocket") {
      throw problem("upgrade_required", "This address speaks WebSocket.");
    }
    if (!originAllowed(request, this.#allowedOrigins)) {
      throw problem("origin_refused", "Pages of this origin may not connect.");
    }
    if (!offersProtocol(request)) throw problem("subprotocol_required", `Offer the subprotocol ${SUBPROTOCOL}.`);
    this.#admit(address);
    const upgraded = upgrade(request, this.#limits.heartbeatSeconds);
    if (upgraded === null) throw problem("bad_handshake", "The WebSocket handshake is not complete.");
    this.#open(upgraded.socket, address);
    return upgraded.response;
  }

  /** Tells every socket where it stood and when to come back, closes them, and refuses new ones from now on. */
  async closeAll(reason: string, retryAfterMs: number, deadlineMs: number): Promise<void> {
    this.#isDraining = true;
    await this.#connections.closeAll(reason, retryAfterMs, deadlineMs);
  }

  /** The account was deactivated: all its sockets close with 4403. */
  closeUser(userId: string): void {
    this.#connections.closeUser(userId, CLOSE.deactivated, "the account is not active");
  }

  /** The person's role is another now: their sockets close with 4401 and come back under it. */
  closeForRoleChange(userId: string): void {
    this.#connections.closeUser(userId, CLOSE.unauthorized, "your role has changed: connect again");
  }

  /** The person's access tokens have ended: their sockets close with 4401 and come back with a fresh one. */
  closeForEndedTokens(userId: string): void {
    this.#connections.closeUser(userId, CLOSE.unauthorized, "your tokens have ended: log in again");
  }

  /** The person gave or took back their consent: a frame that waits is dropped, the next one asks the record again. */
  consentChanged(userId: string): void {
    this.#leave.forget(userId);
    this.#camera.consentChanged(userId);
  }

  /** The person has begun or ended a session, which may be in a class: the next frame asks the record. */
  sessionsChanged(userId: string): void {
    this.#leave.forget(userId);
  }

  /** Whether emotion may be inferred in some class was decided anew: every next frame asks the record. */
  classPolicyChanged(): void {
    this.#leave.forgetAll();
  }

  stats(): SocketEdgeStats {
    const { observed, unread } = this.#camera.counts;
    return { ...this.#connections.counts(), cameraObserved: observed, cameraUnread: unread };
  }

  /** Whether one more connection may come from this client address; throws the problem that says why not. */
  #admit(address: string): void {
    const retryAfterMs = COME_BACK_MS;
    if (this.#isDraining) throw problem("draining", "The server is going away; come back later.", { retryAfterMs });
    if (this.#connections.isFull) throw problem("too_many_sockets", "Come back later.", { retryAfterMs });
    if (this.#connections.hasTooManyUnwelcomed(address)) {
      throw problem("too_many_unwelcomed", "Say hello on the sockets that are open, or close them.", { retryAfterMs });
    }
  }

  #open(socket: WebSocket, address: string): void {
    const connection = new Connection(crypto.randomUUID(), address, new SocketLink(socket), this.#shared);
    const gone = () => {
      connection.ended();
      this.#connections.remove(connection);
    };
    socket.binaryType = "arraybuffer";
    socket.onmessage = ({ data }) => connection.receive(data);
    socket.onclose = gone;
    // An upgrade that fails half-way ends in an error alone.
    socket.onerror = () => {
      if (socket.readyState !== WebSocket.OPEN) gone();
    };
    this.#connections.add(connection);
  }
}
