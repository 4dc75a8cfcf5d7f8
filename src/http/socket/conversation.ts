/** What a welcomed socket may say: joins, leaves, commands, pings, camera frames and readings, each within its bounds. */
import type { Reply, ResumePoint } from "../../actors/envelope.ts";
import type { ActorId } from "../../domain/address.ts";
import { assertNever } from "../../domain/assert_never.ts";
import type { Json } from "../../domain/json.ts";
import type { Principal } from "../../domain/principal.ts";
import type { CameraIntake, CameraSource } from "./camera_intake.ts";
import { encodeFrame } from "./encoded.ts";
import { type BadFrame, type ClientFrame, type CommandFrame, parseFrame } from "./frame.ts";
import { commandOf } from "./frame_to_command.ts";
import type { Hearing } from "./hearing.ts";
import type { Outgoing } from "./outgoing.ts";
import { encodeRefusal, type Refusal } from "./refusal.ts";
import { type ChannelParts, Subscription } from "./subscription.ts";
import { TokenBucket } from "./token_bucket.ts";

export interface ConversationParts extends ChannelParts {
  readonly camera: CameraIntake;
}

/** What the conversation asks of the socket it runs on. */
export interface Host {
  readonly outgoing: Outgoing;
  readonly hearing: Hearing;
  /** Another `hello`: the token is to be replaced. */
  renew(token: string): void;
  /** The peer kept on after being told to slow down. */
  tooMany(): void;
}

export class Conversation implements CameraSource {
  readonly principal: Principal;
  readonly #host: Host;
  readonly #parts: ConversationParts;
  readonly #subscriptions = new Map<ActorId, Subscription>();
  readonly #rate: TokenBucket;
  #framesOverRate = 0;
  #commandsInFlight = 0;

  constructor(principal: Principal, host: Host, parts: ConversationParts) {
    const { framesPerSecondMax, framesBurstMax } = parts.limits;
    this.principal = principal;
    this.#host = host;
    this.#parts = parts;
    this.#rate = new TokenBucket(framesPerSecondMax, framesBurstMax, parts.clock.nowMs());
  }

  get channels(): number {
    return this.#subscriptions.size;
  }

  /** Where each joined channel stands: the last event handed to the socket. */
  points(): Record<string, Json> {
    const points: Record<string, Json> = {};
    for (const [channel, { point }] of this.#subscriptions) if (point !== null) points[channel] = { ...point };
    return points;
  }

  hasJoined(channel: ActorId): boolean {
    return this.#subscriptions.has(channel);
  }

  refuse(refusal: Refusal): void {
    this.#host.outgoing.answer(encodeRefusal(refusal));
  }

  /** Takes one message as the socket gave it. */
  take(message: string | ArrayBuffer): void {
    const retryAfterMs = this.#rate.take(this.#parts.clock.nowMs());
    if (retryAfterMs === 0) this.#framesOverRate = 0;
    else this.#framesOverRate += 1;
    if (this.#framesOverRate > this.#parts.limits.framesOverRateMax) {
      this.#host.tooMany();
      return;
    }
    if (typeof message !== "string") {
      // Camera frames have a rate of their own; one over the socket's is lost, which a camera can bear.
      if (retryAfterMs === 0) void this.#parts.camera.take(message, this);
      return;
    }
    const frame = parseFrame(message, this.#parts.limits.textFrameBytesMax);
    if (retryAfterMs > 0) this.#slowDown(frame, retryAfterMs);
    else this.#act(frame);
  }

  /** The connection has fallen silent, or is heard again. */
  hearingChanged(): void {
    for (const subscription of this.#subscriptions.values()) subscription.hearingChanged();
  }

  end(): void {
    for (const subscription of this.#subscriptions.values()) subscription.leave();
    this.#subscriptions.clear();
    this.#parts.camera.left(this, null);
  }

  #act(frame: ClientFrame | BadFrame): void {
    switch (frame.type) {
      case "hello":
        this.#host.renew(frame.token);
        return;
      case "join":
        this.#join(frame.channel, frame.resume);
        return;
      case "leave":
        this.#subscriptions.get(frame.channel)?.leave();
        this.#subscriptions.delete(frame.channel);
        this.#parts.camera.left(this, frame.channel);
        return;
      case "command":
        void this.#command(frame);
        return;
      case "emotion_reading":
        void this.#parts.camera.takeReading(frame, this);
        return;
      case "ping":
        this.#host.hearing.promised(frame.next_ms);
        this.#host.outgoing.answer(
          encodeFrame({ type: "pong", sent_ms: frame.sent_ms, server_time_ms: this.#parts.clock.nowMs() }),
        );
        return;
      case "bad":
        this.#decline(frame.id, null, frame.code, frame.message, frame.detail);
        return;
      default:
        assertNever(frame);
    }
  }

  #join(channel: ActorId, resume: ResumePoint | null): void {
    const { limits } = this.#parts;
    // A second join of a channel starts it over: the peer knows best where it stands.
    this.#subscriptions.get(channel)?.leave();
    this.#subscriptions.delete(channel);
    if (this.#subscriptions.size >= limits.channelsMax) {
      const detail = { channels_max: limits.channelsMax };
      this.#decline(null, channel, "too_many_channels", "leave a channel before you join another", detail);
      return;
    }
    const subscription = new Subscription(channel, this.principal, resume, this.#host, this.#parts, (refusal) => {
      if (this.#subscriptions.get(channel) === subscription) this.#subscriptions.delete(channel);
      this.refuse({ id: null, channel, detail: null, ...refusal });
    });
    this.#subscriptions.set(channel, subscription);
    void subscription.open();
  }

  async #command(frame: CommandFrame): Promise<void> {
    const { id, channel } = frame;
    const { door, limits } = this.#parts;
    const { connection } = this.#host.hearing;
    if (this.#commandsInFlight >= limits.commandsInFlightMax) {
      const message = `at most ${limits.commandsInFlightMax} commands may wait for their ack`;
      this.refuse({ id, channel, code: "too_many_in_flight", message, detail: null, retryAfterMs: 100 });
      return;
    }
    this.#commandsInFlight += 1;
    try {
      // A command may follow its join without waiting for the answer to it.
      await this.#subscriptions.get(channel)?.opened;
      if (!this.#subscriptions.has(channel)) {
        this.#decline(id, channel, "not_joined", "join the channel first", null);
        return;
      }
      const reading = commandOf(frame);
      if (reading.kind === "bad") {
        this.#decline(id, channel, reading.code, reading.message, reading.detail);
        return;
      }
      // Ids are chosen by each person alone, so two people on one channel may choose the same.
      const commandId = `user:${this.principal.userId}:${id}`;
      const reply = await door.tell(reading.to, reading.command, {
        commandId,
        origin: { kind: "client", principal: this.principal, connection },
      });
      this.#reply(id, channel, reply);
    } finally {
      this.#commandsInFlight -= 1;
    }
  }

  #reply(id: string, channel: ActorId, reply: Reply): void {
    switch (reply.kind) {
      case "done": {
        const { epoch, seq, repeated, body } = reply;
        this.#host.outgoing.answer(encodeFrame({ type: "ack", id, channel, epoch, seq, repeated, body }));
        return;
      }
      case "rejected":
        this.#decline(id, channel, reply.code, reply.message, reply.detail);
        return;
      case "refused": {
        const { code, message, retryAfterMs } = reply;
        this.refuse({ id, channel, code, message, detail: null, retryAfterMs });
        return;
      }
      default:
        assertNever(reply);
    }
  }

  #slowDown(frame: ClientFrame | BadFrame, retryAfterMs: number): void {
    const id = frame.type === "command" || frame.type === "bad" ? frame.id : null;
    const channel = "channel" in frame ? frame.channel : null;
    const detail = { frames_per_second_max: this.#parts.limits.framesPerSecondMax };
    this.refuse({ id, channel, code: "rate_limited", message: "too many frames: slow down", detail, retryAfterMs });
  }

  #decline(id: string | null, channel: string | null, code: string, message: string, detail: Json): void {
    this.refuse({ id, channel, code, message, detail, retryAfterMs: null });
  }
}
