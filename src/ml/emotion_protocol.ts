/** What the main thread and an emotion worker say to each other. */
import type { BackendChoice, BackendName } from "./backend.ts";
import type { BatchReading, EncodedFrame } from "./frame_reader.ts";
import type { WorkerDialogue } from "./worker_dialogue.ts";

export interface EmotionDialogue extends WorkerDialogue {
  readonly setup: { readonly backend: BackendChoice; readonly emotionModelPath: string | null };
  readonly report: WorkerReport;
  readonly batch: readonly EncodedFrame[];
  readonly answer: BatchReading;
}

/** What a worker runs on. */
export interface WorkerReport {
  readonly backend: BackendName;
  readonly faceModel: string;
  readonly emotionModel: string;
  readonly imageDecoder: string;
  /** Loading both networks, their first passes and the comparison with the stored outputs. */
  readonly warmUpMs: number;
  /** Why a better backend or decoder is not in use. */
  readonly notes: readonly string[];
}
