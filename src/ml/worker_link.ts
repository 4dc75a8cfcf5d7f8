/** The main thread's hold on one model worker: start it, hand it batches, notice when it is gone. */
import type { Clock } from "../actors/ports.ts";
import { assertNever } from "../domain/assert_never.ts";
import type { FromWorker, ToWorker, WorkerDialogue } from "./worker_dialogue.ts";

/** Why a worker is gone. */
export type LossCause = "crashed" | "silent" | "device_lost" | "closed";

/** The worker is gone, and its batch was not answered. */
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

/** The worker lives, and could not carry this batch out. */
export class BatchFailedError extends Error {
  override readonly name = "BatchFailedError";
}

/** Compiling shaders on a cold GPU driver takes seconds; a worker that needs longer than this never comes. */
const START_MS_MAX = 120_000;
/** A batch takes milliseconds; a worker that has been silent this long hangs. */
const BATCH_MS_MAX = 15_000;

export class WorkerLink<Dialogue extends WorkerDialogue> {
  readonly #worker: Worker;
  readonly #clock: Clock;
  readonly #started = Promise.withResolvers<Dialogue["report"]>();
  readonly #lost = Promise.withResolvers<never>();
  readonly #asked = new Map<number, PromiseWithResolvers<Dialogue["answer"]>>();
  #nextNumber = 1;
  #isLost = false;

  /** Takes over the worker's events. */
  constructor(worker: Worker, clock: Clock) {
    this.#worker = worker;
    this.#clock = clock;
    // Each waiting caller races against the loss; with nobody waiting it must not count as unhandled.
    this.#lost.promise.catch((error: unknown) => error);
    worker.onmessage = (event: MessageEvent<FromWorker<Dialogue>>) => this.#receive(event.data);
    worker.onerror = (event) => {
      event.preventDefault();
      this.lose("crashed", event.message);
    };
    worker.onmessageerror = () => this.lose("crashed", "it sent a message that cannot be read");
  }

  /** Loads the models. @throws WorkerStartError, WorkerLostError */
  async start(setup: Dialogue["setup"]): Promise<Dialogue["report"]> {
    this.#send({ kind: "start", setup }, []);
    return await this.#within(START_MS_MAX, this.#started.promise);
  }

  /** Has one batch carried out; `transfer` is moved rather than cloned. @throws BatchFailedError, WorkerLostError */
  async ask(batch: Dialogue["batch"], transfer: Transferable[]): Promise<Dialogue["answer"]> {
    const number = this.#nextNumber++;
    const answered = Promise.withResolvers<Dialogue["answer"]>();
    this.#asked.set(number, answered);
    try {
      this.#send({ kind: "ask", number, batch }, transfer);
      return await this.#within(BATCH_MS_MAX, answered.promise);
    } finally {
      this.#asked.delete(number);
    }
  }

  get isLost(): boolean {
    return this.#isLost;
  }

  /** Calls back once, when the worker is lost. */
  onLost(tell: (loss: WorkerLostError) => void): void {
    this.#lost.promise.catch(tell);
  }

  /** Ends the worker; what it was asked is not answered. */
  lose(why: LossCause, reason: string): void {
    if (this.#isLost) return;
    this.#isLost = true;
    this.#worker.terminate();
    this.#lost.reject(new WorkerLostError(why, `worker ${why}: ${reason}`));
  }

  close(): void {
    this.lose("closed", "it was closed");
  }

  #send(message: ToWorker<Dialogue>, transfer: Transferable[]): void {
    if (!this.#isLost) this.#worker.postMessage(message, transfer);
  }

  /** The answer, unless the worker is lost first or stays silent for `limitMs`, which makes it lost. */
  async #within<Value>(limitMs: number, answer: Promise<Value>): Promise<Value> {
    const cancel = this.#clock.after(limitMs, () => this.lose("silent", `no answer for ${limitMs} ms`));
    try {
      return await Promise.race([answer, this.#lost.promise]);
    } finally {
      cancel();
    }
  }

  #receive(message: FromWorker<Dialogue>): void {
    switch (message.kind) {
      case "started":
        return this.#started.resolve(message.report);
      case "start_failed":
        return this.#started.reject(new WorkerStartError(message.reason));
      case "answered":
        return this.#asked.get(message.number)?.resolve(message.answer);
      case "ask_failed":
        return this.#asked.get(message.number)?.reject(new BatchFailedError(message.reason));
      case "device_lost":
        return this.lose("device_lost", message.reason);
      default:
        return assertNever(message);
    }
  }
}
