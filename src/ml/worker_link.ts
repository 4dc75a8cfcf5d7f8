/** The main thread's hold on one emotion worker: start it, hand it batches, notice when it is gone. */
import type { Clock } from "../actors/ports.ts";
import { assertNever } from "../domain/assert_never.ts";
import type { BackendChoice } from "./backend.ts";
import type { FromEmotionWorker, ToEmotionWorker, WorkerReport } from "./emotion_protocol.ts";
import type { BatchReading, EncodedFrame } from "./frame_reader.ts";

/** Why a worker is gone. */
export type LossCause = "crashed" | "silent" | "device_lost" | "closed";

/** The worker is gone, and its batch was not read. */
export class WorkerLostError extends Error {
  override readonly name = "WorkerLostError";
  readonly why: LossCause;

  constructor(why: LossCause, message: string) {
    super(message);
    this.why = why;
  }
}

/** The worker could not load its models on any backend. */
export class WorkerStartError extends Error {
  override readonly name = "WorkerStartError";
}

/** Compiling shaders on a cold GPU driver takes seconds; a worker that needs longer than this never comes. */
const START_MS_MAX = 120_000;
/** A batch takes milliseconds; a worker that has been silent this long hangs. */
const BATCH_MS_MAX = 15_000;

interface Pending<Value> {
  readonly promise: Promise<Value>;
  resolve(value: Value): void;
  reject(error: Error): void;
}

export class WorkerLink {
  readonly #worker: Worker;
  readonly #clock: Clock;
  readonly #started = pending<WorkerReport>();
  readonly #lost = pending<never>();
  readonly #batches = new Map<number, Pending<BatchReading>>();
  #nextBatch = 1;
  #isLost = false;

  /** Takes over the worker's events. */
  constructor(worker: Worker, clock: Clock) {
    this.#worker = worker;
    this.#clock = clock;
    // Each waiting caller races against the loss; with nobody waiting it must not count as unhandled.
    this.#lost.promise.catch((error: unknown) => error);
    worker.onmessage = (event: MessageEvent<FromEmotionWorker>) => this.#receive(event.data);
    worker.onerror = (event) => {
      event.preventDefault();
      this.#lose("crashed", event.message);
    };
    worker.onmessageerror = () => this.#lose("crashed", "it sent a message that cannot be read");
  }

  /** Loads the models. @throws WorkerStartError, WorkerLostError */
  async start(backend: BackendChoice, emotionModelPath: string | null): Promise<WorkerReport> {
    this.#send({ kind: "start", backend, emotionModelPath }, []);
    return await this.#within(START_MS_MAX, this.#started.promise);
  }

  /**
   * Reads one batch. The worker gets copies, moved rather than cloned, so that another worker can read the batch
   * should this one die.
   *
   * @throws WorkerLostError
   */
  async read(frames: readonly EncodedFrame[]): Promise<BatchReading> {
    const batch = this.#nextBatch++;
    const answer = pending<BatchReading>();
    this.#batches.set(batch, answer);
    const copies = frames.map((frame) => ({ ...frame, bytes: frame.bytes.slice() }));
    try {
      this.#send({ kind: "read", batch, frames: copies }, copies.map((frame) => frame.bytes.buffer));
      return await this.#within(BATCH_MS_MAX, answer.promise);
    } finally {
      this.#batches.delete(batch);
    }
  }

  get isLost(): boolean {
    return this.#isLost;
  }

  /** Calls back once, when the worker is lost. */
  onLost(tell: (loss: WorkerLostError) => void): void {
    this.#lost.promise.catch(tell);
  }

  /** Ends the worker; what it was reading is lost. */
  close(): void {
    this.#lose("closed", "it was closed");
  }

  #send(message: ToEmotionWorker, transfer: Transferable[]): void {
    if (!this.#isLost) this.#worker.postMessage(message, transfer);
  }

  /** The answer, unless the worker is lost first or stays silent for `limitMs`, which makes it lost. */
  async #within<Value>(limitMs: number, answer: Promise<Value>): Promise<Value> {
    const cancel = this.#clock.after(limitMs, () => this.#lose("silent", `no answer for ${limitMs} ms`));
    try {
      return await Promise.race([answer, this.#lost.promise]);
    } finally {
      cancel();
    }
  }

  #receive(message: FromEmotionWorker): void {
    switch (message.kind) {
      case "started":
        return this.#started.resolve(message.report);
      case "start_failed":
        return this.#started.reject(new WorkerStartError(message.reason));
      case "read":
        return this.#batches.get(message.batch)?.resolve(message.reading);
      case "read_failed":
        // Frames that cannot be decoded are refused one by one: whatever else fails leaves the backend in doubt.
        return this.#lose("crashed", message.reason);
      case "device_lost":
        return this.#lose("device_lost", message.reason);
      default:
        return assertNever(message);
    }
  }

  #lose(why: LossCause, reason: string): void {
    if (this.#isLost) return;
    this.#isLost = true;
    this.#worker.terminate();
    this.#lost.reject(new WorkerLostError(why, `emotion worker ${why}: ${reason}`));
  }
}

function pending<Value>(): Pending<Value> {
  return Promise.withResolvers<Value>();
}
