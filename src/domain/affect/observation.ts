/** What a camera frame yielded, in plain numbers. */

/** Class order of every emotion vector in this project. */
export const EMOTIONS = ["angry", "disgust", "fear", "happy", "sad", "surprise", "neutral"] as const;
export type Emotion = typeof EMOTIONS[number];

/** Pixels of the frame as sent: left, top, width, height. */
export interface FaceBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface ReadFace {
  readonly kind: "face";
  /** Seven numbers in the order of {@link EMOTIONS}, adding up to 1. */
  readonly probabilities: readonly number[];
  /** Whether the highest of them reaches what the model states as trustworthy; else the model abstains. */
  readonly confident: boolean;
  /** How many faces were found; the largest was read. */
  readonly faces: number;
}

interface NoFace {
  readonly kind: "no_face";
}

export type EmotionReading = ReadFace | NoFace;

/** A reading by those who have the frame, and know where in it the face is. */
export type FrameReading = ReadFace & { readonly box: FaceBox } | NoFace;

/** A reading with the learner's capture time and the models that made it. */
export interface EmotionObservation {
  readonly capturedAtMs: number;
  readonly reading: EmotionReading;
  readonly model: string;
  /** Whether the server read a frame, or the learner's own device did and sent what it read. */
  readonly source: "server" | "device";
}

/** An observation of a frame that the server read. */
export interface FrameObservation extends EmotionObservation {
  readonly reading: FrameReading;
  readonly source: "server";
}
