/** Emotion from camera frames, as the edge sees it: one call a frame, and a service to start, ask and close. */
import type { Clock, Meter } from "../actors/ports.ts";
import type { CameraFrame, EmotionInference, FrameOutcome } from "../http/ports.ts";
import type { BackendChoice, BackendName } from "./backend.ts";
import { type FaceTrack, FaceTracks } from "./face_tracks.ts";
import { FrameQueue } from "./frame_queue.ts";
import type { EncodedFrame } from "./frame_reader.ts";
import { type BatchLimits, MicroBatcher } from "./micro_batcher.ts";
import { FRAME_LIMITS, screenFrame } from "./screen_frame.ts";
import { type PoolResult, WorkerPool } from "./worker_pool.ts";

export interface EmotionConfig {
  readonly backend: BackendChoice;
  /** A folder with a `manifest.json` that replaces the emotion network; null for the one that ships. */
  readonly emotionModelPath: string | null;
  /** Workers where there is no GPU; see {@link spareCores}. */
  readonly wasmWorkers: number;
  readonly clock: Clock;
  readonly meter: Meter;
}

export interface EmotionReport {
  readonly backend: BackendName;
  readonly workers: number;
  readonly faceModel: string;
  readonly emotionModel: string;
  readonly imageDecoder: string;
  readonly warmUpMs: number;
  /** Why a better backend or decoder is not in use, and which workers were lost. */
  readonly notes: readonly string[];
}

export interface EmotionService extends EmotionInference {
  report(): EmotionReport;
  /** For `/ready`: whether a worker with proven models lives. */
  ready(): { readonly ok: boolean; readonly detail: string };
  /** Answers what waits with "unavailable" and ends the workers. */
  close(): void;
}

/** Learners who may wait with a frame each: a large school's worth, at some 60 kB a frame. */
const LEARNERS_WAITING_MAX = 1024;

/** A GPU gains from company; on WASM a second frame in a batch only makes the first wait. */
const BATCH_LIMITS: Record<BackendName, BatchLimits> = {
  webgpu: { batchMax: 16, batchWaitMsMax: 8 },
  wasm: { batchMax: 1, batchWaitMsMax: 0 },
};

/** Cores that inference may take without starving the event loop: all but one, at least one. */
export function spareCores(): number {
  return Math.max(1, navigator.hardwareConcurrency - 1);
}

interface WaitingFrame {
  readonly frame: CameraFrame;
  /** Null for a picture by itself. */
  readonly track: FaceTrack | null;
  readonly orientation: number;
  settle(outcome: FrameOutcome): void;
}

/**
 * Loads the networks in workers of their own, proves them, and takes frames.
 *
 * @throws WorkerStartError when no backend yields the stored outputs, or a model's files are at fault
 */
export async function startEmotionService(config: EmotionConfig): Promise<EmotionService> {
  const pool = await WorkerPool.open({
    ...config,
    openWorker: () => new Worker(new URL("./emotion_worker.ts", import.meta.url), { type: "module" }),
  });
  return new PooledEmotionService(pool, config.clock, config.meter);
}

/** Frames wait in a {@link FrameQueue}, leave in batches by a {@link MicroBatcher}, and are read by the pool. */
export class PooledEmotionService implements EmotionService {
  readonly #pool: WorkerPool;
  readonly #clock: Clock;
  readonly #meter: Meter;
  readonly #queue = new FrameQueue<WaitingFrame>(LEARNERS_WAITING_MAX);
  readonly #tracks = new FaceTracks(LEARNERS_WAITING_MAX);
  readonly #batcher: MicroBatcher<WaitingFrame>;
  #isClosed = false;

  constructor(pool: WorkerPool, clock: Clock, meter: Meter) {
    this.#pool = pool;
    this.#clock = clock;
    this.#meter = meter;
    const lanes = { free: () => pool.idleWorkers, send: (batch: readonly WaitingFrame[]) => this.#send(batch) };
    this.#batcher = new MicroBatcher(() => BATCH_LIMITS[pool.report.backend], this.#queue, lanes, clock);
    pool.onChange(() => this.#poolChanged());
  }

  read(frame: CameraFrame): Promise<FrameOutcome> {
    const screening = screenFrame(frame.format, frame.bytes, FRAME_LIMITS);
    if (screening.kind === "refused") return Promise.resolve(this.#counted(screening));
    const unavailable = this.#unavailable();
    if (unavailable !== null) return Promise.resolve(this.#counted(unavailable));
    const { promise, resolve } = Promise.withResolvers<FrameOutcome>();
    const settle = (outcome: FrameOutcome) => resolve(this.#counted(outcome));
    const track = frame.kind === "stream" ? this.#tracks.of(frame.learnerId) : null;
    const waiting = { frame, track, orientation: screening.header.orientation, settle };
    const offer = this.#queue.offer(lineOf(frame), waiting, this.#clock.nowMs());
    if (offer.kind === "full") settle({ kind: "dropped", reason: "overloaded" });
    if (offer.kind === "replaced") offer.older.settle({ kind: "dropped", reason: "superseded" });
    this.#batcher.arrived();
    return promise;
  }

  forget(learnerId: string): void {
    this.#tracks.forget(learnerId);
    for (const kind of ["stream", "still"] as const) {
      this.#queue.drop(lineOf({ learnerId, kind }))?.settle({ kind: "dropped", reason: "forgotten" });
    }
  }

  report(): EmotionReport {
    return { ...this.#pool.report, workers: this.#pool.workers };
  }

  ready(): { readonly ok: boolean; readonly detail: string } {
    const { backend, workers, emotionModel } = this.report();
    const ok = workers > 0 && !this.#isClosed;
    return { ok, detail: ok ? `${emotionModel} on ${backend}, ${workers} worker(s)` : "no emotion worker is running" };
  }

  close(): void {
    this.#isClosed = true;
    this.#batcher.close();
    this.#pool.close();
    this.#poolChanged();
  }

  /** Counts every frame once, by what became of it. */
  #counted(outcome: FrameOutcome): FrameOutcome {
    this.#meter.count(`emotion_frames_${countedAs(outcome)}`);
    return outcome;
  }

  #unavailable(): FrameOutcome | null {
    if (this.#isClosed) return { kind: "unavailable", reason: "emotion inference is closed" };
    if (this.#pool.isDown) return { kind: "unavailable", reason: "no emotion worker is running" };
    return null;
  }

  #poolChanged(): void {
    const unavailable = this.#unavailable();
    if (unavailable === null) return this.#batcher.dispatch();
    for (const waiting of this.#queue.drain()) waiting.settle(unavailable);
  }

  async #send(batch: readonly WaitingFrame[]): Promise<void> {
    const startedMs = this.#clock.nowMs();
    const results = await this.#pool.read(batch.map(({ frame, track, orientation }): EncodedFrame => ({
      format: frame.format,
      orientation,
      bytes: frame.bytes,
      search: track?.search(startedMs) ?? { kind: "whole" },
    })));
    this.#meter.observe("emotion_batch_ms", this.#clock.nowMs() - startedMs);
    for (const [index, { frame, track, settle }] of batch.entries()) {
      this.#queue.finished(lineOf(frame));
      const result = results[index];
      if (result?.kind === "read") track?.saw(result.reading, result.look, startedMs);
      settle(this.#outcome(frame, result));
    }
    // Their next frames may be taken now, by workers that found nothing to do a moment ago.
    this.#poolChanged();
  }

  #outcome(frame: CameraFrame, result: PoolResult | undefined): FrameOutcome {
    if (result === undefined) return { kind: "unavailable", reason: "the worker gave no answer" };
    if (result.kind !== "read") return result;
    this.#meter.count(`emotion_looks_${result.look}`);
    const { faceModel, emotionModel } = this.#pool.report;
    const observation = {
      capturedAtMs: frame.capturedAtMs,
      reading: result.reading,
      model: `${faceModel}+${emotionModel}`,
      source: "server",
    } as const;
    return { kind: "observed", observation };
  }
}

function countedAs(outcome: FrameOutcome): string {
  switch (outcome.kind) {
    case "observed":
      return "read";
    case "dropped":
      return `dropped_${outcome.reason}`;
    case "refused":
      return `refused_${outcome.code}`;
    case "unavailable":
      return "unavailable";
  }
}

/** A learner's camera and their single pictures wait in lines of their own, so that neither supersedes the other. */
function lineOf({ learnerId, kind }: Pick<CameraFrame, "learnerId" | "kind">): string {
  return `${kind} ${learnerId}`;
}
