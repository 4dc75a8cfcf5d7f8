/**
 * The load over several threads: one event loop serves more than about a thousand sockets unevenly, and what they wait
 * for it would be taken for the server's tail.
 */
import type { Heard, Rooms } from "./crowd.ts";
import type { CrowdOrder, CrowdReport, Dialect } from "./crowd_orders.ts";

export const THREADS = 2;

export class Crowds {
  readonly #workers: readonly Worker[];

  private constructor(workers: readonly Worker[]) {
    this.#workers = workers;
  }

  /** Fills `rooms`, each of them by one thread. */
  static async gather(dialect: Dialect, port: number, rooms: Rooms): Promise<Crowds> {
    const url = new URL("./crowd_worker.ts", import.meta.url);
    const workers = Array.from({ length: THREADS }, () => new Worker(url, { type: "module" }));
    // One after the other: a server's backlog takes no more.
    for (const [index, worker] of workers.entries()) {
      const first = Math.floor(index * rooms.count / THREADS);
      const count = Math.floor((index + 1) * rooms.count / THREADS) - first;
      await ask(worker, { kind: "gather", dialect, port, rooms: { ...rooms, first: rooms.first + first, count } });
    }
    return new Crowds(workers);
  }

  /** Everyone says something twice a second; each text is for `listeners`. */
  async sayAll(forMs: number, listeners: number): Promise<Heard> {
    return await this.#all({ kind: "say_all", forMs, listeners });
  }

  /** Everyone says the next thing once they have heard their last. */
  async loop(forMs: number): Promise<Heard> {
    return await this.#all({ kind: "loop", forMs });
  }

  close(): void {
    for (const worker of this.#workers) worker.terminate();
  }

  async #all(order: CrowdOrder): Promise<Heard> {
    const heard = await Promise.all(this.#workers.map((worker) => ask(worker, order)));
    return heard.filter((each) => each !== null).reduce((all, each) => ({
      said: all.said + each.said,
      delivered: all.delivered + each.delivered,
      latenciesMs: all.latenciesMs.concat(each.latenciesMs),
      loadLateMs: Math.max(all.loadLateMs, each.loadLateMs),
    }));
  }
}

function ask(worker: Worker, order: CrowdOrder): Promise<CrowdReport> {
  const { promise, resolve, reject } = Promise.withResolvers<CrowdReport>();
  worker.onmessage = ({ data }: MessageEvent<CrowdReport>) => resolve(data);
  worker.onerror = (event) => {
    event.preventDefault();
    reject(event.error ?? new RangeError(event.message));
  };
  worker.postMessage(order);
  return promise;
}
