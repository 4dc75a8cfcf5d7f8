/** Camera frames on their way to a reading: whose, how many, with whose leave, and what came of them. */
import type { EmotionObservation } from "../../domain/affect/observation.ts";
import { type ActorId, keyOf, kindOf } from "../../domain/address.ts";
import type { Principal } from "../../domain/principal.ts";
import { sessionAddress } from "../../domain/session/messages.ts";
import type { EmotionInference, FrameOutcome } from "../ports.ts";
import { decodeCameraFrame, type DecodedCameraFrame } from "./camera_frame.ts";
import type { Clock } from "./clock.ts";
import type { ConsentCache } from "./consent_cache.ts";
import type { Door } from "./door.ts";
import type { SocketLimits } from "./limits.ts";
import type { Refusal } from "./refusal.ts";
import { TokenBucket } from "./token_bucket.ts";

export interface CameraParts {
  readonly door: Pick<Door, "tell">;
  /** Null where the deployment reads no emotion at all. */
  readonly emotion: EmotionInference | null;
  readonly consent: ConsentCache;
  readonly clock: Clock;
  readonly limits: SocketLimits;
}

/** The socket a frame came from. */
export interface CameraSource {
  readonly principal: Principal;
  hasJoined(channel: ActorId): boolean;
  refuse(refusal: Refusal): void;
}

/** How often a socket is told of frames that were not read. */
const TELL_EVERY_MS = 1_000;

interface Person {
  readonly rate: TokenBucket;
  unread: number;
  toldAtMs: number;
}

export class CameraIntake {
  readonly #parts: CameraParts;
  readonly #people = new Map<string, Person>();
  #observations = 0;
  #unread = 0;

  constructor(parts: CameraParts) {
    this.#parts = parts;
  }

  /** Frames that gave an observation, and frames that gave none. */
  get counts(): { readonly observed: number; readonly unread: number } {
    return { observed: this.#observations, unread: this.#unread };
  }

  /** Takes one binary message to its end. Never rejects. */
  async take(message: ArrayBuffer, source: CameraSource): Promise<void> {
    const { limits, clock } = this.#parts;
    if (message.byteLength > limits.cameraFrameBytesMax) {
      const detail = { camera_frame_bytes_max: limits.cameraFrameBytesMax };
      this.#refuse(source, null, "camera_frame_too_large", "the camera frame is too large", detail);
      return;
    }
    const reading = decodeCameraFrame(message);
    if (reading.kind === "bad") {
      this.#refuse(source, null, reading.code, reading.message);
      return;
    }
    const { frame } = reading;
    if (kindOf(frame.channel) !== "session" || !source.hasJoined(frame.channel)) {
      this.#refuse(source, frame.channel, "not_joined", "camera frames go to a session you have joined");
      return;
    }
    const person = this.#personOf(source.principal.userId);
    if (person.rate.take(clock.nowMs()) > 0) this.#leaveUnread(source, frame, "too_many");
    else await this.#read(frame, source);
  }

  /** The person has no socket any more. */
  forget(userId: string): void {
    this.#people.delete(userId);
  }

  async #read(frame: DecodedCameraFrame, source: CameraSource): Promise<void> {
    const { emotion, consent, clock, limits } = this.#parts;
    const { userId } = source.principal;
    if (emotion === null) {
      this.#leaveUnread(source, frame, "emotion_off");
      return;
    }
    try {
      if (!(await consent.given(userId))) {
        this.#leaveUnread(source, frame, "no_consent");
        return;
      }
      const nowMs = clock.nowMs();
      const capturedAtMs = Math.min(nowMs, Math.max(nowMs - limits.cameraAgeMsMax, frame.capturedAtMs));
      const outcome = await emotion.read({ learnerId: userId, capturedAtMs, format: frame.format, bytes: frame.bytes });
      // Leave given before the reading may have been taken back during it.
      if (await consent.given(userId)) await this.#settle(outcome, frame, source);
      else this.#leaveUnread(source, frame, "no_consent");
    } catch {
      // The record of consents could not be read: without a yes nothing is inferred.
      this.#leaveUnread(source, frame, "consent_unknown");
    }
  }

  async #settle(
    outcome: FrameOutcome,
    frame: DecodedCameraFrame,
    source: CameraSource,
  ): Promise<void> {
    switch (outcome.kind) {
      case "observed":
        await this.#observe(outcome.observation, frame, source);
        return;
      case "refused":
        this.#refuse(source, frame.channel, outcome.code, outcome.message);
        return;
      case "dropped":
      case "unavailable":
        this.#leaveUnread(source, frame, outcome.kind === "dropped" ? outcome.reason : "unavailable");
        return;
    }
  }

  async #observe(
    observation: EmotionObservation,
    frame: DecodedCameraFrame,
    source: CameraSource,
  ): Promise<void> {
    this.#observations += 1;
    const { principal } = source;
    const commandId = `camera:${principal.userId}:${crypto.randomUUID()}`;
    const command = { type: "observe_emotion", observation } as const;
    // Told in the person's name: the session takes readings of its own learner and of nobody else.
    const origin = { kind: "client", principal } as const;
    const reply = await this.#parts.door.tell(sessionAddress(keyOf(frame.channel)), command, { commandId, origin });
    if (reply.kind !== "done") this.#leaveUnread(source, frame, reply.code);
  }

  #personOf(userId: string): Person {
    const { limits, clock } = this.#parts;
    const perSecond = limits.cameraFramesPerSecondMax;
    const known = this.#people.get(userId);
    if (known !== undefined) return known;
    const person = { rate: new TokenBucket(perSecond, perSecond, clock.nowMs()), unread: 0, toldAtMs: -Infinity };
    this.#people.set(userId, person);
    return person;
  }

  /** Counts a frame without a reading; the learner hears of it at most once a second. */
  #leaveUnread(source: CameraSource, frame: DecodedCameraFrame, reason: string): void {
    this.#unread += 1;
    const person = this.#personOf(source.principal.userId);
    const nowMs = this.#parts.clock.nowMs();
    person.unread += 1;
    if (nowMs - person.toldAtMs < TELL_EVERY_MS) return;
    const detail = { reason, frames: person.unread };
    this.#refuse(source, frame.channel, "camera_unread", "camera frames were not read", detail);
    person.unread = 0;
    person.toldAtMs = nowMs;
  }

  #refuse(
    source: CameraSource,
    channel: string | null,
    code: string,
    message: string,
    detail: Refusal["detail"] = null,
  ): void {
    source.refuse({ id: null, channel, code, message, detail, retryAfterMs: null });
  }
}
