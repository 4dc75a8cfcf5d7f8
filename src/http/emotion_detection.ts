/** One picture, read for whoever sent it: the same gates, the same pipeline and the same line as camera frames. */
import { EMOTIONS, type FrameObservation } from "../domain/affect/observation.ts";
import type { Principal } from "../domain/principal.ts";
import type { EmotionGates } from "./emotion_gates.ts";
import { InTurn } from "./in_turn.ts";
import type { EmotionInference, FrameFormat, FrameOutcome } from "./ports.ts";
import { problem, type ProblemError } from "./problem.ts";

export interface EmotionDetectionParts {
  /** Null where the deployment reads no emotion at all. */
  readonly emotion: EmotionInference | null;
  readonly gates: EmotionGates;
  readonly clock: { nowMs(): number };
}

export interface EncodedImage {
  readonly format: FrameFormat;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** What one face showed. */
export interface Detection {
  readonly observation: FrameObservation;
  readonly face: Extract<FrameObservation["reading"], { kind: "face" }>;
  /** The likeliest emotion and its probability. */
  readonly emotion: typeof EMOTIONS[number];
  readonly confidence: number;
}

const RETRY_MS = 1_000;
/** Pictures of one person that wait for one another: all that the rate lets through in a minute. */
const PICTURES_IN_LINE_MAX = 30;

export class EmotionDetection {
  /** The pipeline reads the newest of a learner's pictures; one at a time, each of them is the newest. */
  readonly #inTurn = new InTurn(PICTURES_IN_LINE_MAX);

  constructor(private readonly parts: EmotionDetectionParts) {}

  /** Reads one picture, after those that the caller sent before. Nothing of it is kept. */
  async detect(principal: Principal, image: EncodedImage): Promise<Detection> {
    const detection = await this.#inTurn.take(principal.userId, () => this.#read(principal, image));
    if (detection !== null) return detection;
    throw problem("emotion_unavailable", "Too many pictures of yours wait already.", { retryAfterMs: RETRY_MS });
  }

  async #read(principal: Principal, image: EncodedImage): Promise<Detection> {
    const emotion = await this.#requireOpenGates(principal);
    const capturedAtMs = this.parts.clock.nowMs();
    const outcome = await emotion.read({ learnerId: principal.userId, kind: "still", capturedAtMs, ...image });
    // Leave given before the reading may have been taken back during it.
    await this.#requireOpenGates(principal);
    return detectionOf(outcome);
  }

  /** Throws the problem that says why there may be no reading. */
  async #requireOpenGates({ userId }: Principal): Promise<EmotionInference> {
    const { emotion, gates } = this.parts;
    if (emotion === null) throw problem("emotion_unavailable", "This server infers no emotion.");
    switch (await gates.closedGate(userId)) {
      case "no_consent":
        throw problem("consent_required", "Read `/api/v1/consents/emotion/text` and consent to it first.");
      case "class_policy":
        throw problem(
          "class_policy",
          "You are in a class in which no emotion is inferred, or have a session in one to complete.",
        );
      case null:
        return emotion;
    }
  }
}

function detectionOf(outcome: FrameOutcome): Detection {
  switch (outcome.kind) {
    case "observed":
      return ofFace(outcome.observation);
    case "refused":
      throw refusalOf(outcome);
    case "dropped":
      throw problem("emotion_unavailable", "Too much waits to be read; send it again.", { retryAfterMs: RETRY_MS });
    case "unavailable":
      throw problem("emotion_unavailable", "No picture can be read at the moment.", { retryAfterMs: RETRY_MS });
  }
}

function refusalOf({ code, message }: Extract<FrameOutcome, { kind: "refused" }>): ProblemError {
  switch (code) {
    case "not_an_image":
    case "image_truncated":
      return problem(code, message);
    case "format_mismatch":
      return problem("image_format_mismatch", message);
    case "image_too_large":
      return problem("image_too_large", message);
  }
}

function ofFace(observation: FrameObservation): Detection {
  const { reading } = observation;
  if (reading.kind === "no_face") throw problem("no_face", "No face was found in the picture.");
  const { probabilities } = reading;
  const best = EMOTIONS.reduce((best, _, i) => (probabilities[i] ?? 0) > (probabilities[best] ?? 0) ? i : best, 0);
  return { observation, face: reading, emotion: EMOTIONS[best] ?? "neutral", confidence: probabilities[best] ?? 0 };
}
