/** The main thread's hold on the knowledge worker: start it, hand it batches, notice when it is gone. */
import type { Clock } from "../actors/ports.ts";
import { assertNever } from "../domain/assert_never.ts";
import type { ModelAnswer, ModelQuestion } from "../domain/adaptive/model_question.ts";
import type { BackendChoice } from "./backend.ts";
import type { FromKnowledgeWorker, KnowledgeReport, ToKnowledgeWorker } from "./knowledge_protocol.ts";

/** No answer comes: the worker is gone, the batch failed, or it took too long. */
export class KnowledgeUnavailableError extends Error {
  override readonly name = "KnowledgeUnavailableError";
}

/** Compiling shaders on a cold GPU driver takes seconds; a worker that needs longer than this never comes. */
const START_MS_MAX = 120_000;
/** A batch takes milliseconds; a worker that has been silent this long hangs. */
const BATCH_MS_MAX = 15_000;

export class KnowledgeLink {
  readonly #worker: Worker;
  readonly #clock: Clock;
  readonly #started = Promise.withResolvers<KnowledgeReport>();
  readonly #lost = Promise.withResolvers<never>();
  readonly #batches = new Map<number, PromiseWithResolvers<readonly ModelAnswer[]>>();
  #nextBatch = 1;
  #isLost = false;
  #lostDevice = false;

  /** Takes over the worker's events. */
  constructor(worker: Worker, clock: Clock) {
    this.#worker = worker;
    this.#clock = clock;
    // Each waiting caller races against the loss; with nobody waiting it must not count as unhandled.
    this.#lost.promise.catch((error: unknown) => error);
    worker.onmessage = (event: MessageEvent<FromKnowledgeWorker>) => this.#receive(event.data);
    worker.onerror = (event) => {
      event.preventDefault();
      this.#lose(`it crashed: ${event.message}`);
    };
    worker.onmessageerror = () => this.#lose("it sent a message that cannot be read");
  }

  /** Loads the model. @throws KnowledgeUnavailableError with the reason */
  async start(backend: BackendChoice, folder: string): Promise<KnowledgeReport> {
    this.#send({ kind: "start", backend, folder });
    return await this.#within(START_MS_MAX, this.#started.promise);
  }

  /** One answer a question. @throws KnowledgeUnavailableError */
  async ask(questions: readonly ModelQuestion[]): Promise<readonly ModelAnswer[]> {
    const batch = this.#nextBatch++;
    const answered = Promise.withResolvers<readonly ModelAnswer[]>();
    this.#batches.set(batch, answered);
    try {
      this.#send({ kind: "ask", batch, questions });
      return await this.#within(BATCH_MS_MAX, answered.promise);
    } finally {
      this.#batches.delete(batch);
    }
  }

  /** Whether it went with its GPU, which may never come back. */
  get lostDevice(): boolean {
    return this.#lostDevice;
  }

  /** Calls back once, when the worker is lost. */
  onLost(tell: (loss: Error) => void): void {
    this.#lost.promise.catch(tell);
  }

  /** Ends the worker; what it was asked is not answered. */
  close(): void {
    this.#lose("it was closed");
  }

  #send(message: ToKnowledgeWorker): void {
    if (!this.#isLost) this.#worker.postMessage(message);
  }

  async #within<Value>(ms: number, answer: Promise<Value>): Promise<Value> {
    const cancel = this.#clock.after(ms, () => this.#lose(`it was silent for ${ms} ms`));
    try {
      return await Promise.race([answer, this.#lost.promise]);
    } finally {
      cancel();
    }
  }

  #receive(message: FromKnowledgeWorker): void {
    switch (message.kind) {
      case "started":
        return this.#started.resolve(message.report);
      case "start_failed":
        return this.#lose(message.reason);
      case "answered":
        return this.#batches.get(message.batch)?.resolve(message.answers);
      case "ask_failed":
        return this.#batches.get(message.batch)?.reject(new KnowledgeUnavailableError(message.reason));
      case "device_lost":
        this.#lostDevice = true;
        return this.#lose(`its GPU was lost: ${message.reason}`);
      default:
        return assertNever(message);
    }
  }

  #lose(reason: string): void {
    if (this.#isLost) return;
    this.#isLost = true;
    this.#worker.terminate();
    this.#lost.reject(new KnowledgeUnavailableError(`knowledge worker: ${reason}`));
  }
}
