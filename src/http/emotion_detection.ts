/** One picture, read for whoever sent it: the same gates, the same pipeline and the same line as camera frames. */
import { z } from "zod";
import { EMOTIONS, type FrameObservation } from "../domain/affect/observation.ts";
import type { Principal } from "../domain/principal.ts";
import { session } from "../domain/session/aggregate.ts";
import type { EmotionGates } from "./emotion_gates.ts";
import type { EmotionInference, FrameFormat, FrameOutcome, Listings } from "./ports.ts";
import { problem, type ProblemError } from "./problem.ts";

export interface EmotionDetectionParts {
  /** Null where the deployment reads no emotion at all. */
  readonly emotion: EmotionInference | null;
  readonly gates: EmotionGates;
  readonly listings: Listings;
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
/** Active sessions looked at for their class; who has more at once is refused. */
const ACTIVE_SESSIONS_MAX = 20;

const listedSchema = z.looseObject({ class_id: z.string().nullable().default(null) });

export class EmotionDetection {
  constructor(private readonly parts: EmotionDetectionParts) {}

  /** Reads one picture. Nothing of it is kept. */
  async detect(principal: Principal, image: EncodedImage): Promise<Detection> {
    const emotion = await this.#requireOpenGates(principal);
    const capturedAtMs = this.parts.clock.nowMs();
    const outcome = await emotion.read({ learnerId: principal.userId, kind: "still", capturedAtMs, ...image });
    // Leave given before the reading may have been taken back during it.
    await this.#requireOpenGates(principal);
    return detectionOf(outcome);
  }

  /** Throws the problem that says why there may be no reading. */
  async #requireOpenGates(principal: Principal): Promise<EmotionInference> {
    const { emotion, gates } = this.parts;
    if (emotion === null) throw problem("emotion_unavailable", "This server infers no emotion.");
    if (!await gates.learnerAllows(principal.userId)) {
      throw problem("consent_required", "Read `/api/v1/consents/emotion/text` and consent to it first.");
    }
    if (!await this.#classesAllow(principal)) {
      throw problem("class_policy", "You are in a session of a class in which no emotion is inferred.");
    }
    return emotion;
  }

  /** Whether every class allows it in whose sessions the caller is at work. */
  async #classesAllow({ userId }: Principal): Promise<boolean> {
    const { listings, gates } = this.parts;
    const page = await listings.list(userId, session.kind, "active", null, ACTIVE_SESSIONS_MAX);
    if (page.next !== null) return false;
    const classIds = new Set(page.rows.map(({ body }) => listedSchema.parse(body).class_id));
    for (const classId of classIds) if (classId !== null && !await gates.classAllows(classId)) return false;
    return true;
  }
}

function detectionOf(outcome: FrameOutcome): Detection {
  switch (outcome.kind) {
    case "observed":
      return ofFace(outcome.observation);
    case "refused":
      throw refusalOf(outcome);
    case "dropped":
      if (outcome.reason === "superseded") {
        throw problem("image_superseded", "A newer picture of yours came before this one was read.");
      }
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
