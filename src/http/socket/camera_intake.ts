/** What cameras see on its way to a session: whose, how much, with whose leave, and what came of it. */
import type { EmotionObservation, EmotionReading } from "../../domain/affect/observation.ts";
import { type ActorId, keyOf, kindOf } from "../../domain/address.ts";
import { assertNever } from "../../domain/assert_never.ts";
import type { Json } from "../../domain/json.ts";
import type { Principal } from "../../domain/principal.ts";
import { sessionAddress } from "../../domain/session/messages.ts";
import type { EmotionInference, FrameOutcome } from "../ports.ts";
import { decodeCameraFrame, type DecodedCameraFrame } from "./camera_frame.ts";
import type { Clock } from "./clock.ts";
import type { Door } from "./door.ts";
import type { EmotionLeave, Standing } from "./emotion_leave.ts";
import type { EmotionReadingFrame } from "./frame.ts";
import type { SocketLimits } from "./limits.ts";
import { NewestFrames } from "./newest_frames.ts";
import type { Refusal } from "./refusal.ts";
import { UnreadTally } from "./unread_tally.ts";

/**
 * Hears of each reading that its session has taken and that consent still covers, with the session's answer to it.
 */
export type OnObserved = (learnerId: string, sessionId: string, observation: EmotionObservation, told: Json) => void;

export interface CameraParts {
  readonly door: Pick<Door, "tell">;
  /** Null where the deployment reads no emotion at all. */
  readonly emotion: EmotionInference | null;
  readonly leave: EmotionLeave;
  readonly onObserved: OnObserved;
  readonly clock: Clock;
  readonly limits: SocketLimits;
}

/** The socket a frame came from. */
export interface CameraSource {
  readonly principal: Principal;
  hasJoined(channel: ActorId): boolean;
  refuse(refusal: Refusal): void;
}

/** What a learner's own device read in a frame that it keeps to itself. */
interface DeviceReading {
  readonly channel: ActorId;
  readonly capturedAtMs: number;
  readonly reading: EmotionReading;
  readonly model: string;
}

/** A frame, or what a device read in one, and the socket it came from. */
interface SentFrame {
  readonly frame: DecodedCameraFrame | DeviceReading;
  readonly source: CameraSource;
}

type CameraOutcome =
  | Exclude<FrameOutcome, { kind: "observed" }>
  | { readonly kind: "observed"; readonly observation: EmotionObservation };

export class CameraIntake {
  readonly #parts: CameraParts;
  readonly #newest: NewestFrames<SentFrame>;
  /** Of the people with a socket. */
  readonly #tallies = new Map<string, UnreadTally<SentFrame>>();
  #observations = 0;
  #unread = 0;

  constructor(parts: CameraParts) {
    this.#parts = parts;
    const { cameraFramesPerSecondMax: perSecondMax, cameraFramesWaitingMax: waitingMax } = parts.limits;
    this.#newest = new NewestFrames({ perSecondMax, waitingMax }, parts.clock, (sent) => void this.#readLate(sent));
  }

  /** Frames that gave an observation, and frames that gave none. */
  get counts(): { readonly observed: number; readonly unread: number } {
    return { observed: this.#observations, unread: this.#unread };
  }

  /**
   * Takes one binary message to its end, or until it waits for the learner's rate to allow it; a newer one then takes
   * its place. Never rejects.
   */
  async take(message: ArrayBuffer, source: CameraSource): Promise<void> {
    const { limits } = this.#parts;
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
    await this.#takeFrame({ frame: reading.frame, source });
  }

  /** Takes what a device read in a frame, under the gates and the rate of frames. Never rejects. */
  async takeReading(sent: EmotionReadingFrame, source: CameraSource): Promise<void> {
    const { channel, captured_at_ms: capturedAtMs, faces, probabilities, confident, model } = sent;
    const reading = probabilities === null
      ? { kind: "no_face" } as const
      : { kind: "face", faces, probabilities, confident } as const;
    await this.#takeFrame({ frame: { channel, capturedAtMs, reading, model }, source });
  }

  /** The socket has left `channel`, or, with null, every channel: what waits of it is not read any more. */
  left(source: CameraSource, channel: ActorId | null): void {
    const isLeft = (sent: SentFrame) => sent.source === source && (channel === null || sent.frame.channel === channel);
    this.#count(this.#newest.drop(source.principal.userId, isLeft));
  }

  /** The learner gave or took back their consent: what was sent before says nothing about after. */
  consentChanged(userId: string): void {
    this.#parts.emotion?.forget(userId);
    const waiting = this.#newest.drop(userId);
    if (waiting !== null) this.#leaveUnread(waiting, "consent_changed");
  }

  /** The person has no socket any more. */
  forget(userId: string): void {
    this.#parts.emotion?.forget(userId);
    this.#count(this.#newest.forget(userId));
    this.#tallies.get(userId)?.end();
    this.#tallies.delete(userId);
  }

  async #takeFrame(sent: SentFrame): Promise<void> {
    const { frame: { channel }, source } = sent;
    if (kindOf(channel) !== "session" || !source.hasJoined(channel)) {
      this.#refuse(source, channel, "not_joined", "camera frames go to a session you have joined");
      return;
    }
    const { userId } = source.principal;
    if (!this.#tallies.has(userId)) this.#tallies.set(userId, this.#newTally());
    const turn = this.#newest.offer(userId, sent);
    switch (turn.kind) {
      case "full":
        this.#leaveUnread(sent, "overloaded");
        return;
      case "later":
        if (turn.older !== null) this.#leaveUnread(turn.older, "superseded");
        return;
      case "now":
        if (turn.older !== null) this.#leaveUnread(turn.older, "superseded");
        await this.#read(sent);
        return;
      default:
        assertNever(turn);
    }
  }

  async #readLate(sent: SentFrame): Promise<void> {
    // The runtime may have dropped the channel meanwhile, which leaves no word here.
    if (sent.source.hasJoined(sent.frame.channel)) await this.#read(sent);
    else this.#count(sent);
  }

  async #read(sent: SentFrame): Promise<void> {
    const { frame, source } = sent;
    const { emotion, leave } = this.#parts;
    const { userId } = source.principal;
    if (emotion === null) {
      this.#leaveUnread(sent, "emotion_off");
      return;
    }
    try {
      const standing = leave.standing(userId);
      const closed = await leave.closedGate(userId);
      if (closed !== null) {
        this.#leaveUnread(sent, closed);
        return;
      }
      const outcome = await this.#outcomeOf(frame, userId, emotion);
      // Leave given before the reading may have been taken back during it.
      const closedSince = await leave.closedGate(userId);
      if (closedSince === null) await this.#settle(outcome, sent, standing);
      else this.#leaveUnread(sent, closedSince);
    } catch {
      // The record of consents and policies could not be read: without a yes nothing is inferred.
      this.#leaveUnread(sent, "consent_unknown");
    }
  }

  /** What is seen in a frame; what a device read is taken at its word. */
  async #outcomeOf(frame: SentFrame["frame"], learnerId: string, emotion: EmotionInference): Promise<CameraOutcome> {
    const { clock, limits } = this.#parts;
    const nowMs = clock.nowMs();
    const capturedAtMs = Math.min(nowMs, Math.max(nowMs - limits.cameraAgeMsMax, frame.capturedAtMs));
    if ("reading" in frame) {
      const { reading, model } = frame;
      return { kind: "observed", observation: { capturedAtMs, reading, model, source: "device" } };
    }
    const { format, bytes } = frame;
    return await emotion.read({ learnerId, kind: "stream", capturedAtMs, format, bytes });
  }

  async #settle(outcome: CameraOutcome, sent: SentFrame, standing: Standing): Promise<void> {
    switch (outcome.kind) {
      case "observed":
        await this.#observe(outcome.observation, sent, standing);
        return;
      case "refused":
        this.#refuse(sent.source, sent.frame.channel, outcome.code, outcome.message);
        return;
      case "dropped":
      case "unavailable":
        this.#leaveUnread(sent, outcome.kind === "dropped" ? outcome.reason : "unavailable");
        return;
    }
  }

  async #observe(observation: EmotionObservation, sent: SentFrame, standing: Standing): Promise<void> {
    this.#observations += 1;
    const { door, leave, onObserved } = this.#parts;
    const { frame, source: { principal } } = sent;
    const commandId = crypto.randomUUID();
    const command = { type: "observe_emotion", observation } as const;
    // Told in the person's name: the session takes readings of its own learner and of nobody else.
    const origin = { kind: "client", principal } as const;
    const sessionId = keyOf(frame.channel);
    const reply = await door.tell(sessionAddress(sessionId), command, { commandId, origin });
    if (reply.kind !== "done") this.#leaveUnread(sent, reply.code);
    else if (leave.stands(principal.userId, standing)) {
      onObserved(principal.userId, sessionId, observation, reply.body);
    }
  }

  #newTally(): UnreadTally<SentFrame> {
    return new UnreadTally(this.#parts.clock, ({ frame, source }, reason, frames) => {
      this.#refuse(source, frame.channel, "camera_unread", "camera frames were not read", { reason, frames });
    });
  }

  /** Counts a frame without a reading; the learner hears of it within a second, and at most once in one. */
  #leaveUnread(sent: SentFrame, reason: string): void {
    this.#count(sent);
    this.#tallies.get(sent.source.principal.userId)?.add(sent, reason);
  }

  #count(unread: SentFrame | null): void {
    if (unread !== null) this.#unread += 1;
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
