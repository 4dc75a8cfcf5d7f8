/** The knowledge model as sessions ask it: one worker, questions of many sessions in one pass, answers in time or not. */
import type { Clock, Meter } from "../actors/ports.ts";
import type { AskModel, ModelAnswer, ModelQuestion } from "../domain/adaptive/model_question.ts";
import type { BackendChoice, BackendName } from "./backend.ts";
import { KnowledgeLink, KnowledgeUnavailableError } from "./knowledge_link.ts";
import type { KnowledgeReport } from "./knowledge_protocol.ts";
import { type BatchLimits, MicroBatcher } from "./micro_batcher.ts";
import { QuestionQueue } from "./question_queue.ts";

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
  #isBusy = false;
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
      free: () => this.#link === null || this.#isBusy ? 0 : 1,
      send: (batch: readonly Asked[]) => this.#send(batch),
    };
    this.#batcher = new MicroBatcher(() => BATCH_LIMITS[this.#report.backend], this.#queue, lanes, config.clock);
    this.#adopt(link, report);
  }

  /** Loads and proves the model. @throws KnowledgeUnavailableError with what is wrong with it */
  static async start(config: KnowledgeConfig): Promise<KnowledgeService> {
    const link = new KnowledgeLink(config.openWorker(), config.clock);
    return new KnowledgeService(config, link, await link.start(config.backend, config.folder));
  }

  /** Rejects with {@link KnowledgeUnavailableError} when no answer comes within {@link ANSWER_MS_MAX}. */
  readonly ask: AskModel = async (question) => {
    const { clock, meter } = this.#config;
    if (this.#link === null) throw new KnowledgeUnavailableError("no knowledge worker is running");
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

  async #send(batch: readonly Asked[]): Promise<void> {
    const link = this.#link;
    if (link === null) return refuse(batch, new KnowledgeUnavailableError("no knowledge worker is running"));
    const { clock, meter } = this.#config;
    const startedMs = clock.nowMs();
    this.#isBusy = true;
    try {
      const answers = await link.ask(batch.map(({ question }) => question));
      meter.observe("knowledge_batch_ms", clock.nowMs() - startedMs);
      meter.observe("knowledge_batch_questions", batch.length);
      settle(batch, answers);
    } catch (error) {
      refuse(batch, error);
    } finally {
      this.#isBusy = false;
      this.#batcher.dispatch();
    }
  }

  #adopt(link: KnowledgeLink, report: KnowledgeReport): void {
    this.#failedStarts = 0;
    this.#link = link;
    this.#report = report;
    this.#isBusy = false;
    link.onLost(() => this.#replace(link));
  }

  #replace(link: KnowledgeLink): void {
    if (this.#isClosed || this.#link !== link) return;
    this.#config.meter.count("knowledge_workers_lost");
    this.#link = null;
    // A lost device may never come back, and WASM always does.
    if (link.lostDevice) this.#backend = "wasm";
    this.#refuseWaiting("the knowledge worker was lost");
    this.#restarting = this.#restart();
  }

  async #restart(): Promise<void> {
    const { openWorker, clock, folder } = this.#config;
    const link = new KnowledgeLink(openWorker(), clock);
    try {
      const report = await link.start(this.#backend, folder);
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

function settle(batch: readonly Asked[], answers: readonly ModelAnswer[]): void {
  for (const [index, { answer }] of batch.entries()) {
    const got = answers[index];
    if (got === undefined) answer.reject(new KnowledgeUnavailableError("the worker left a question out"));
    else answer.resolve(got);
  }
}

function refuse(batch: readonly Asked[], reason: unknown): void {
  for (const { answer } of batch) answer.reject(reason);
}
