/** What the main thread and an emotion worker say to each other: bytes in, plain numbers out, no tensor ever. */
import type { BackendChoice, BackendName } from "./backend.ts";
import type { BatchReading, EncodedFrame } from "./frame_reader.ts";

export type ToEmotionWorker =
  | { readonly kind: "start"; readonly backend: BackendChoice; readonly emotionModelPath: string | null }
  | { readonly kind: "read"; readonly batch: number; readonly frames: readonly EncodedFrame[] };

export type FromEmotionWorker =
  | { readonly kind: "started"; readonly report: WorkerReport }
  | { readonly kind: "start_failed"; readonly reason: string }
  | { readonly kind: "read"; readonly batch: number; readonly reading: BatchReading }
  | { readonly kind: "read_failed"; readonly batch: number; readonly reason: string }
  | { readonly kind: "device_lost"; readonly reason: string };

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
