/** One socket from its first frame to its close: hello, the token's life, drain. */
import { assertNever } from "../../domain/assert_never.ts";
import type { BurstWindow } from "./bursts.ts";
import { CLOSE, type CloseCode } from "./close_codes.ts";
import type { Connections } from "./connections.ts";
import { Conversation, type ConversationParts, type Host } from "./conversation.ts";
import { encodeFrame } from "./encoded.ts";
import { parseFrame } from "./frame.ts";
import { Hearing } from "./hearing.ts";
import { Outgoing } from "./outgoing.ts";
import type { Wire } from "./wire.ts";
import { encodeRefusal } from "./refusal.ts";
import type { Principal } from "../../domain/principal.ts";

export interface Access {
  readonly principal: Principal;
  readonly expiresAtMs: number;
}

export type AccessRefusal = "invalid_token" | "account_inactive";

/** Checks an access token: whom it lets in and until when, or why nobody. */
export type VerifyAccess = (token: string) => Promise<Access | AccessRefusal>;

/** What every connection of the edge shares. */
export interface ConnectionParts extends ConversationParts {
  readonly verifyAccess: VerifyAccess;
  /** Hears of each token that was refused, with the client address it came from. */
  readonly onBadToken: (address: string) => void;
  readonly connections: Connections;
  readonly bursts: BurstWindow;
}

/** What carries a connection's frames down. */
export interface Link extends Wire {
  close(code: number, reason: string): void;
}

type Message = string | ArrayBuffer;

type Phase =
  | { readonly kind: "hello_due"; readonly cancelDeadline: () => void }
  /** Frames that came while the token is being checked wait for the answer. */
  | { readonly kind: "verifying"; readonly held: Message[] }
  | { readonly kind: "open"; readonly conversation: Conversation; cancelExpiry: () => void }
  | { readonly kind: "closing" };

/** Longest wait one timer takes; beyond it the runtime's timers fire at once. */
const TIMER_MS_MAX = 2_147_483_647;

export class Connection implements Host {
  readonly id: string;
  /** What the client is counted by before it is known. */
  readonly address: string;
  readonly outgoing: Outgoing;
  readonly hearing: Hearing;
  readonly #link: Link;
  readonly #parts: ConnectionParts;
  #phase: Phase;

  constructor(id: string, address: string, link: Link, parts: ConnectionParts) {
    const { clock, limits } = parts;
    this.id = id;
    this.address = address;
    this.#link = link;
    this.#parts = parts;
    this.outgoing = new Outgoing(link, limits, clock, () => this.close(CLOSE.tooSlow, "too slow: resume"));
    this.hearing = new Hearing(id, clock, limits, () => {
      if (this.#phase.kind === "open") this.#phase.conversation.hearingChanged();
    });
    const cancelDeadline = clock.after(limits.helloWaitMsMax, () => this.close(CLOSE.helloTimeout, "no hello in time"));
    this.#phase = { kind: "hello_due", cancelDeadline };
  }

  get channels(): number {
    return this.#phase.kind === "open" ? this.#phase.conversation.channels : 0;
  }

  get isClosing(): boolean {
    return this.#phase.kind === "closing";
  }

  /** Takes one message as the socket gave it. */
  receive(message: Message): void {
    const phase = this.#phase;
    this.hearing.heard();
    switch (phase.kind) {
      case "hello_due":
        phase.cancelDeadline();
        this.#greet(message);
        return;
      case "verifying":
        if (phase.held.length < this.#parts.limits.framesBeforeWelcomeMax) phase.held.push(message);
        else this.tooMany();
        return;
      case "open":
        phase.conversation.take(message);
        return;
      case "closing":
        return;
      default:
        assertNever(phase);
    }
  }

  renew(token: string): void {
    void this.#verify(token);
  }

  tooMany(): void {
    this.close(CLOSE.tooMany, "too many frames");
  }

  /** Whether the peer still takes what it is sent; asked from time to time. */
  checkProgress(): void {
    if (!this.isClosing) this.outgoing.checkProgress();
  }

  /** Says where every channel stands and when to come back, then closes. */
  drain(reason: string, retryAfterMs: number): void {
    if (this.isClosing) return;
    this.outgoing.flush();
    const channels = this.#phase.kind === "open" ? this.#phase.conversation.points() : {};
    const message = "the server is going away: connect again and resume";
    const detail = { reason, channels };
    this.outgoing.answer(encodeRefusal({ id: null, channel: null, code: "draining", message, detail, retryAfterMs }));
    this.outgoing.flush();
    this.close(CLOSE.comeBack, `retry_after_ms=${retryAfterMs}`);
  }

  /** Ends the conversation; the socket itself is gone once the peer has answered the close. */
  close(code: CloseCode, reason: string): void {
    if (this.isClosing) return;
    this.ended();
    this.#parts.connections.closing(this);
    this.#link.close(code, reason);
  }

  /** The socket is closing, from whichever end: everything it held is let go. Safe to call again. */
  ended(): void {
    const phase = this.#phase;
    this.#phase = { kind: "closing" };
    this.hearing.end();
    if (phase.kind === "hello_due") phase.cancelDeadline();
    if (phase.kind === "open") {
      phase.cancelExpiry();
      phase.conversation.end();
    }
    this.outgoing.end();
  }

  #greet(message: Message): void {
    const frame = typeof message === "string" ? parseFrame(message, this.#parts.limits.textFrameBytesMax) : null;
    if (frame?.type !== "hello") {
      this.close(CLOSE.helloExpected, "the first frame is a hello");
      return;
    }
    if (frame.bursts === true) this.outgoing.bundle(this.#parts.bursts);
    this.#phase = { kind: "verifying", held: [] };
    void this.#verify(frame.token);
  }

  async #verify(token: string): Promise<void> {
    const { connections, verifyAccess } = this.#parts;
    let access: Access | AccessRefusal;
    let closedUsers: number;
    try {
      // Someone shown out while their token was looked at may have been looked at too early: once more.
      do {
        closedUsers = connections.closedUsers;
        access = await verifyAccess(token);
      } while (closedUsers !== connections.closedUsers);
    } catch {
      // Nobody could say whether the token is good: a matter of time, not of the token.
      this.close(CLOSE.comeBack, "tokens cannot be checked now");
      return;
    }
    const phase = this.#phase;
    if (access === "account_inactive") this.close(CLOSE.deactivated, "the account is not active");
    else if (access === "invalid_token" || access.expiresAtMs <= this.#parts.clock.nowMs()) {
      this.#parts.onBadToken(this.address);
      this.close(CLOSE.unauthorized, "the access token is not good");
    } else if (phase.kind === "open") this.#renewed(access, phase);
    else if (phase.kind === "verifying") this.#open(access, phase.held);
  }

  #open(access: Access, held: readonly Message[]): void {
    if (!this.#parts.connections.admit(this, access.principal.userId)) {
      this.close(CLOSE.tooMany, "too many sockets of one person");
      return;
    }
    const conversation = new Conversation(access.principal, this, this.#parts);
    this.#phase = { kind: "open", conversation, cancelExpiry: this.#expireAt(access.expiresAtMs) };
    this.#welcome(access);
    for (const message of held) this.receive(message);
  }

  #renewed(access: Access, phase: Extract<Phase, { kind: "open" }>): void {
    const { userId, role } = phase.conversation.principal;
    if (access.principal.userId !== userId || access.principal.role !== role) {
      this.close(CLOSE.unauthorized, "a socket keeps its person and role: connect again");
      return;
    }
    phase.cancelExpiry();
    phase.cancelExpiry = this.#expireAt(access.expiresAtMs);
    this.#welcome(access);
  }

  #expireAt(expiresAtMs: number): () => void {
    const { clock } = this.#parts;
    const waitMs = Math.min(TIMER_MS_MAX, expiresAtMs - clock.nowMs());
    return clock.after(waitMs, () => this.close(CLOSE.unauthorized, "the access token has expired"));
  }

  #welcome({ principal, expiresAtMs }: Access): void {
    const { clock, limits } = this.#parts;
    this.outgoing.answer(encodeFrame({
      type: "welcome",
      connection_id: this.id,
      user_id: principal.userId,
      role: principal.role,
      server_time_ms: clock.nowMs(),
      token_expires_ms: expiresAtMs,
      limits: {
        frame_bytes_max: limits.textFrameBytesMax,
        frames_per_second_max: limits.framesPerSecondMax,
        channels_max: limits.channelsMax,
        commands_in_flight_max: limits.commandsInFlightMax,
        camera_frame_bytes_max: limits.cameraFrameBytesMax,
        camera_frames_per_second_max: limits.cameraFramesPerSecondMax,
      },
    }));
  }
}
