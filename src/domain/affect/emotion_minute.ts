/** Summaries of emotion as they are kept, each of about a minute. */

/** What a learner's face showed in about a minute of one session: means over its frames, never a single reading. */
export interface EmotionMinute {
  readonly learnerId: string;
  readonly sessionId: string;
  /** The server's time of its first and of its last frame. */
  readonly fromMs: number;
  readonly toMs: number;
  /** Frames read; of these, with a face; of these, with a reading the model was confident of. */
  readonly frames: number;
  readonly faceFrames: number;
  readonly confidentFrames: number;
  /** Mean probabilities of the frames with a face, in the order of `EMOTIONS`; null where there was none. */
  readonly means: readonly number[] | null;
  /** Mean stress index, 0 to 1; null where none was told. */
  readonly stress: number | null;
}

export interface EmotionHistoryFilter {
  readonly sessionId: string | null;
  /** Summaries that began at or after `fromMs` and before `toMs`. */
  readonly fromMs: number | null;
  readonly toMs: number | null;
}
