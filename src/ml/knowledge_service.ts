/** The knowledge model as sessions ask it: one worker, questions of many sessions in one pass, answers in time or not. */
import type { Clock, Meter } from "../actors/ports.ts";
import type { AskModel, ModelAnswer, ModelQuestion } from "../domain/adaptive/model_question.ts";
import type { BackendChoice, BackendName } from "./backend.ts";
import type { KnowledgeDialogue, KnowledgeReport } from "./knowledge_protocol.ts";
import { type BatchLimits, MicroBatcher } from "./micro_batcher.ts";
import { QuestionQueue } from "./question_queue.ts";
import { WorkerLink, type WorkerLostError } from "./worker_link.ts";

/** No answer comes: the worker is gone, the batch failed, or it took too long. */
export class KnowledgeUnavailableError extends Error {
  override readonly name = "KnowledgeUnavailableError";
}

export interface KnowledgeConfig {
  readonly backend: BackendChoice;
  /** The model's folder. */
  readonly folder: string;
  readonly clock: Clock;
  readonly meter: Meter;
  readonly openWorker: () => Worker;
}

/** A learner who waits for the next item gets it in this time, with the prior if need be. */
export const ANSWER_MS_MAX = 250;
const QUESTIONS_WAITING_MAX = 1_024;
const RESTART_BACKOFF_MS = 500;
const RESTART_BACKOFF_MS_MAX = 30_000;

const BATCH_LIMITS: Record<BackendName, BatchLimits> = {
  webgpu: { batchMax: 64, batchWaitMsMax: 4 },
  wasm: { batchMax: 16, batchWaitMsMax: 2 },
};

type KnowledgeLink = WorkerLink<KnowledgeDialogue>;

interface Asked {
  readonly question: ModelQuestion;
  readonly answer: PromiseWithResolvers<ModelAnswer>;
}

/** The worker that ships with the engine. */
export function openKnowledgeWorker(): Worker {
  return new Worker(new URL("./knowledge_worker.ts", import.meta.url), { type: "module" });
}

export class KnowledgeService {
  readonly #config: KnowledgeConfig;
  readonly #queue = new QuestionQueue<Asked>(QUESTIONS_WAITING_MAX);
  readonly #batcher: MicroBatcher<Asked>;
  #report: KnowledgeReport;
  /** Null while a lost worker is being replaced. */
  #link: KnowledgeLink | null = null;
  /** When the batch that is under way left; null while the worker is free. */
  #busySinceMs: number | null = null;
  #isClosed = false;
  #backend: BackendChoice;
  #failedStarts = 0;
  #cancelRetry: () => void = () => undefined;
  #restarting: Promise<void> = Promise.resolve();

  private constructor(config: KnowledgeConfig, link: KnowledgeLink, report: KnowledgeReport) {
    this.#config = config;
    this.#backend = report.backend;
    this.#report = report;
    const lanes = {
      free: () => this.#link === null || this.#busySinceMs !== null ? 0 : 1,
      send: (batch: readonly Asked[]) => this.#send(batch),
    };
    this.#batcher = new MicroBatcher(() => BATCH_LIMITS[this.#report.backend], this.#queue, lanes, config.clock);
    this.#adopt(link, report);
  }

  /** Loads and proves the model. @throws KnowledgeUnavailableError with what is wrong with it */
  static async start(config: KnowledgeConfig): Promise<KnowledgeService> {
    const { openWorker, clock, backend, folder } = config;
    const link = new WorkerLink<KnowledgeDialogue>(openWorker(), clock);
    try {
      return new KnowledgeService(config, link, await link.start({ backend, folder }));
    } catch (cause) {
      link.close();
      throw unavailable(cause);
    }
  }

  /** Rejects with {@link KnowledgeUnavailableError} when no answer comes within {@link ANSWER_MS_MAX}. */
  readonly ask: AskModel = async (question) => {
    const { clock, meter } = this.#config;
    if (this.#link === null) throw new KnowledgeUnavailableError("no knowledge worker is running");
    if (this.#isHanging()) throw new KnowledgeUnavailableError(`its worker has been silent for ${ANSWER_MS_MAX} ms`);
    const answer = Promise.withResolvers<ModelAnswer>();
    const leave = this.#queue.offer({ question, answer }, clock.nowMs());
    if (leave === null) throw new KnowledgeUnavailableError("too many questions wait for the knowledge model");
    const cancel = clock.after(ANSWER_MS_MAX, () => {
      leave();
      meter.count("knowledge_late");
      answer.reject(new KnowledgeUnavailableError(`no answer in ${ANSWER_MS_MAX} ms`));
    });
    this.#batcher.arrived();
    try {
      return await answer.promise;
    } finally {
      cancel();
    }
  };

  /** Resolves when the replacement of a lost worker, if one is under way, has come or failed. */
  async settled(): Promise<void> {
    await this.#restarting;
  }

  report(): KnowledgeReport {
    return this.#report;
  }

  /** Ends the worker; questions in wait are refused. */
  close(): void {
    this.#isClosed = true;
    this.#cancelRetry();
    this.#batcher.close();
    this.#link?.close();
    this.#link = null;
    this.#refuseWaiting("the knowledge model is closed");
  }

  /** Whether whoever asks now would wait in vain: then nobody waits until the worker is heard again or replaced. */
  #isHanging(): boolean {
    return this.#busySinceMs !== null && this.#config.clock.nowMs() - this.#busySinceMs >= ANSWER_MS_MAX;
  }

  async #send(batch: readonly Asked[]): Promise<void> {
    const link = this.#link;
    if (link === null) return refuse(batch, new KnowledgeUnavailableError("no knowledge worker is running"));
    const { clock, meter } = this.#config;
    const startedMs = clock.nowMs();
    this.#busySinceMs = startedMs;
    try {
      // Cloned, not moved: who asked goes on with the same numbers.
      const answers = await link.ask(batch.map(({ question }) => question), []);
      meter.observe("knowledge_batch_ms", clock.nowMs() - startedMs);
      meter.observe("knowledge_batch_questions", batch.length);
      settle(batch, answers);
    } catch (error) {
      refuse(batch, unavailable(error));
    } finally {
      // A lost worker's batch ends after its successor may have begun one of its own.
      if (this.#link === link) this.#busySinceMs = null;
      this.#batcher.dispatch();
    }
  }

  #adopt(link: KnowledgeLink, report: KnowledgeReport): void {
    this.#failedStarts = 0;
    this.#link = link;
    this.#report = report;
    this.#busySinceMs = null;
    link.onLost((loss) => this.#replace(link, loss));
  }

  #replace(link: KnowledgeLink, { why }: WorkerLostError): void {
    if (this.#isClosed || this.#link !== link) return;
    this.#config.meter.count("knowledge_workers_lost");
    this.#link = null;
    // A lost device may never come back, and WASM always does.
    if (why === "device_lost") this.#backend = "wasm";
    this.#refuseWaiting("the knowledge worker was lost");
    this.#restarting = this.#restart();
  }

  async #restart(): Promise<void> {
    const { openWorker, clock, folder } = this.#config;
    const link = new WorkerLink<KnowledgeDialogue>(openWorker(), clock);
    try {
      const report = await link.start({ backend: this.#backend, folder });
      if (this.#isClosed) return link.close();
      this.#adopt(link, report);
      this.#batcher.dispatch();
    } catch {
      // Tried again until it comes; meanwhile every question is refused and answered by the prior.
      link.close();
      if (this.#isClosed) return;
      this.#failedStarts += 1;
      const waitMs = Math.min(RESTART_BACKOFF_MS_MAX, RESTART_BACKOFF_MS * 2 ** (this.#failedStarts - 1));
      this.#cancelRetry = clock.after(waitMs, () => {
        this.#restarting = this.#restart();
      });
    }
  }

  #refuseWaiting(reason: string): void {
    refuse(this.#queue.take(QUESTIONS_WAITING_MAX), new KnowledgeUnavailableError(reason));
  }
}

function isFinite({ hidden, probabilities }: ModelAnswer): boolean {
  return probabilities.every(Number.isFinite) && hidden.values.every(Number.isFinite);
}

function settle(batch: readonly Asked[], answers: readonly ModelAnswer[]): void {
  for (const [index, { answer }] of batch.entries()) {
    const got = answers[index];
    if (got === undefined) answer.reject(new KnowledgeUnavailableError("the worker left a question out"));
    else if (isFinite(got)) answer.resolve(got);
    else answer.reject(new KnowledgeUnavailableError("the model's answer is not finite"));
  }
}

function refuse(batch: readonly Asked[], reason: KnowledgeUnavailableError): void {
  for (const { answer } of batch) answer.reject(reason);
}

function unavailable(cause: unknown): KnowledgeUnavailableError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new KnowledgeUnavailableError(`knowledge model: ${reason}`, { cause });
}
