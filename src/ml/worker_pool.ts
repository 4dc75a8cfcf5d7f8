/** Keeps the emotion workers alive: one on a GPU, one a spare core on WASM; a lost one is replaced. */
import type { Clock, Meter } from "../actors/ports.ts";
import type { BackendChoice, BackendName } from "./backend.ts";
import type { EmotionDialogue, WorkerReport } from "./emotion_protocol.ts";
import type { EncodedFrame, FrameResult, StageTimes } from "./frame_reader.ts";
import { BatchFailedError, WorkerLink, WorkerLostError } from "./worker_link.ts";

type EmotionLink = WorkerLink<EmotionDialogue>;

export interface PoolConfig {
  readonly backend: BackendChoice;
  readonly emotionModelPath: string | null;
  /** Workers on WASM, at least 1. A GPU has one owner whatever this says. */
  readonly wasmWorkers: number;
  readonly clock: Clock;
  readonly meter: Meter;
  readonly openWorker: () => Worker;
}

export type PoolResult = FrameResult | { readonly kind: "unavailable"; readonly reason: string };

interface Waiter {
  resolve(link: EmotionLink): void;
  reject(error: WorkerLostError): void;
}

/** Workers in a row that may die before they have read a batch and be replaced at once: what kills one may be a frame. */
const EARLY_DEATHS_MAX = 2;
const RESTART_BACKOFF_MS = 500;
const RESTART_BACKOFF_MS_MAX = 30_000;
/** The report is read by people, and a worker that dies every minute must not fill memory. */
const NOTES_MAX = 8;

export class WorkerPool {
  readonly #config: PoolConfig;
  readonly #links = new Set<EmotionLink>();
  readonly #idle: EmotionLink[] = [];
  /** At most one a frame that lost its worker, which is at most a batch a worker. */
  readonly #waiters: Waiter[] = [];
  readonly #notes: string[] = [];
  #report: WorkerReport;
  /** What new workers start on. */
  #backend: BackendName;
  #starting = 0;
  #failedStarts = 0;
  /** Workers that died before they had read a batch, since one was read. */
  #earlyDeaths = 0;
  readonly #proven = new WeakSet<EmotionLink>();
  #isClosed = false;
  #cancelRetry: (() => void) | null = null;
  #tellChange: () => void = () => undefined;

  private constructor(config: PoolConfig, report: WorkerReport) {
    this.#config = config;
    this.#report = report;
    this.#backend = report.backend;
  }

  /** Starts the first worker, learns its backend, then starts the others. @throws WorkerStartError, WorkerLostError */
  static async open(config: PoolConfig): Promise<WorkerPool> {
    const first = new WorkerLink<EmotionDialogue>(config.openWorker(), config.clock);
    try {
      const { backend, emotionModelPath } = config;
      const report = await first.start({ backend, emotionModelPath });
      const pool = new WorkerPool(config, report);
      pool.#adopt(first);
      await pool.#fill();
      return pool;
    } catch (error) {
      first.close();
      throw error;
    }
  }

  /** What the newest worker runs on, with what went wrong on the way. */
  get report(): WorkerReport {
    return { ...this.#report, notes: [...this.#report.notes, ...this.#notes] };
  }

  /** Workers that have proved their models and live. */
  get workers(): number {
    return this.#links.size;
  }

  get idleWorkers(): number {
    return this.#idle.length;
  }

  /** Whether requests would have to wait for a worker that failed to start. */
  get isDown(): boolean {
    return this.#isClosed || (this.#links.size === 0 && this.#failedStarts > 0);
  }

  /** Calls back whenever a worker becomes idle or the pool goes down. */
  onChange(tell: () => void): void {
    this.#tellChange = tell;
  }

  /**
   * Reads a batch; results come in its order. When the worker dies under it, each frame is read again alone, so that
   * a frame that kills workers takes no other with it. Never rejects.
   */
  async read(frames: readonly EncodedFrame[]): Promise<readonly PoolResult[]> {
    try {
      return await this.#readOnce(frames);
    } catch {
      return await Promise.all(frames.map((frame) => this.#readAlone(frame)));
    }
  }

  /** Ends every worker; what they were reading is answered with "unavailable". */
  close(): void {
    this.#isClosed = true;
    this.#cancelRetry?.();
    for (const link of this.#links) link.close();
    this.#links.clear();
    this.#idle.length = 0;
    this.#refuseWaiters("emotion inference is closed");
  }

  async #readAlone(frame: EncodedFrame): Promise<PoolResult> {
    try {
      const [result] = await this.#readOnce([frame]);
      return result ?? { kind: "unavailable", reason: "the worker gave no answer" };
    } catch (error) {
      return { kind: "unavailable", reason: reasonOf(error) };
    }
  }

  async #readOnce(frames: readonly EncodedFrame[]): Promise<readonly FrameResult[]> {
    const link = await this.#take();
    // Copies, moved rather than cloned, so that another worker can read the batch should this one die.
    const copies = frames.map((frame) => ({ ...frame, bytes: frame.bytes.slice() }));
    try {
      const reading = await link.ask(copies, copies.map(({ bytes }) => bytes.buffer));
      this.#proven.add(link);
      this.#earlyDeaths = 0;
      this.#measure(frames.length, reading.times);
      return reading.results;
    } catch (error) {
      // Frames that cannot be decoded are refused one by one: whatever else fails leaves the backend in doubt.
      if (error instanceof BatchFailedError) link.lose("crashed", error.message);
      throw error;
    } finally {
      this.#giveBack(link);
    }
  }

  #measure(frames: number, times: StageTimes): void {
    const { meter } = this.#config;
    meter.observe("emotion_batch_frames", frames);
    meter.observe("emotion_decode_ms", times.decodeMs);
    meter.observe("emotion_detect_ms", times.detectMs);
    meter.observe("emotion_classify_ms", times.classifyMs);
  }

  async #take(): Promise<EmotionLink> {
    const link = this.#idle.shift();
    if (link !== undefined) return link;
    if (this.isDown) throw new WorkerLostError("closed", "no emotion worker is running");
    return await new Promise<EmotionLink>((resolve, reject) => this.#waiters.push({ resolve, reject }));
  }

  #giveBack(link: EmotionLink): void {
    if (link.isLost) return;
    const waiter = this.#waiters.shift();
    if (waiter !== undefined) return waiter.resolve(link);
    this.#idle.push(link);
    this.#tellChange();
  }

  #refuseWaiters(reason: string): void {
    for (const waiter of this.#waiters.splice(0)) waiter.reject(new WorkerLostError("closed", reason));
  }

  #adopt(link: EmotionLink): void {
    this.#failedStarts = 0;
    this.#links.add(link);
    link.onLost((loss) => this.#replace(link, loss));
    this.#giveBack(link);
    this.#config.meter.count("emotion_workers_started");
  }

  /** Starts workers until there are as many as the backend takes. */
  async #fill(): Promise<void> {
    const wanted = this.#backend === "webgpu" ? 1 : Math.max(1, this.#config.wasmWorkers);
    const missing = Math.max(0, wanted - this.#links.size - this.#starting);
    await Promise.all(Array.from({ length: missing }, () => this.#add()));
  }

  async #add(): Promise<void> {
    this.#starting += 1;
    try {
      const { link, report } = await this.#start();
      if (this.#isClosed) return link.close();
      this.#report = report;
      this.#backend = report.backend;
      this.#adopt(link);
    } catch (error) {
      return this.#retryLater(`an emotion worker did not start: ${reasonOf(error)}`);
    } finally {
      this.#starting -= 1;
    }
    await this.#fill();
  }

  async #start(): Promise<{ link: EmotionLink; report: WorkerReport }> {
    const { openWorker, clock, emotionModelPath } = this.#config;
    const link = new WorkerLink<EmotionDialogue>(openWorker(), clock);
    try {
      return { link, report: await link.start({ backend: this.#backend, emotionModelPath }) };
    } catch (error) {
      link.close();
      throw error;
    }
  }

  #replace(link: EmotionLink, loss: WorkerLostError): void {
    if (this.#isClosed) return;
    this.#links.delete(link);
    const at = this.#idle.indexOf(link);
    if (at >= 0) this.#idle.splice(at, 1);
    this.#config.meter.count("emotion_workers_lost");
    // A lost device may never come back, and WASM always does.
    if (loss.why === "device_lost") this.#backend = "wasm";
    else if (!this.#proven.has(link)) this.#earlyDeaths += 1;
    if (this.#earlyDeaths > EARLY_DEATHS_MAX) {
      this.#failedStarts = this.#earlyDeaths - EARLY_DEATHS_MAX - 1;
      return this.#retryLater(loss.message);
    }
    this.#note(loss.message);
    void this.#fill();
  }

  #retryLater(reason: string): void {
    if (this.#isClosed) return;
    this.#failedStarts += 1;
    this.#note(reason);
    const waitMs = Math.min(RESTART_BACKOFF_MS_MAX, RESTART_BACKOFF_MS * 2 ** (this.#failedStarts - 1));
    this.#cancelRetry?.();
    this.#cancelRetry = this.#config.clock.after(waitMs, () => void this.#fill());
    if (this.isDown) this.#refuseWaiters(reason);
    this.#tellChange();
  }

  #note(note: string): void {
    this.#notes.push(note);
    if (this.#notes.length > NOTES_MAX) this.#notes.shift();
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
