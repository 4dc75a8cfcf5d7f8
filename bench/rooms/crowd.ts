/** Rooms full of members that say something twice a second, or again as soon as they have heard themselves. */
import type { Join, Member } from "./member.ts";

/** What came of the texts said in a measured span. */
export interface Heard {
  readonly said: number;
  readonly delivered: number;
  /** From saying to hearing, of every delivery. */
  readonly latenciesMs: readonly number[];
  /** How late the load itself said something, at most: beyond a few milliseconds it is the load that is measured. */
  readonly loadLateMs: number;
}

/** Members that connect at a time; a server's backlog takes no more. */
const JOINING_MAX = 50;
const GOLDEN_RATIO = (1 + Math.sqrt(5)) / 2;
const SAY_EVERY_MS = 500;
const TICK_MS = 5;
/** What is still on its way when the time is up may take so long. */
const SETTLE_MS_MAX = 30_000;

/** Which rooms a crowd fills: `count` of them from number `first` on, each with `people`. */
export interface Rooms {
  readonly first: number;
  readonly count: number;
  readonly people: number;
}

export class Crowd {
  readonly #firstPerson: number;
  readonly #members: Member[] = [];
  readonly #saidAtMs: number[] = [];
  readonly #speakers: number[] = [];
  #latenciesMs: number[] = [];
  #saidBefore = 0;
  #onHeard: (item: number, listener: number) => void = () => undefined;

  private constructor(firstPerson: number) {
    this.#firstPerson = firstPerson;
  }

  get size(): number {
    return this.#members.length;
  }

  static async gather(join: Join, port: number, rooms: Rooms): Promise<Crowd> {
    const size = rooms.count * rooms.people;
    const crowd = new Crowd(rooms.first * rooms.people);
    for (let first = 0; first < size; first += JOINING_MAX) {
      const indices = Array.from({ length: Math.min(JOINING_MAX, size - first) }, (_, i) => first + i);
      const joined = indices.map((index) =>
        join(port, `room-${rooms.first + Math.floor(index / rooms.people)}`, (item) => crowd.#heard(item, index))
      );
      crowd.#members.push(...await Promise.all(joined));
    }
    return crowd;
  }

  /**
   * Everyone says something twice a second; each text is for `listeners`. The moments of a room's people lie evenly over
   * the half second, so no server finds several texts of one room in one read: to gather them it has to wait.
   */
  async sayAll(forMs: number, listeners: number): Promise<Heard> {
    this.#begin();
    let loadLateMs = 0;
    const startMs = performance.now();
    const dueMs = this.#members.map((_, index) => startMs + momentOf(this.#firstPerson + index) * SAY_EVERY_MS);
    for (let nowMs = startMs; nowMs < startMs + forMs; nowMs = performance.now()) {
      for (const [index, due] of dueMs.entries()) {
        if (due > nowMs) continue;
        loadLateMs = Math.max(loadLateMs, nowMs - due);
        this.#say(index);
        dueMs[index] = due + SAY_EVERY_MS;
      }
      await pause(TICK_MS);
    }
    await this.#settle(listeners);
    return this.#end(loadLateMs);
  }

  /** Everyone says the next thing once they have heard their last; in rooms of one that is a closed loop. */
  async loop(forMs: number): Promise<Heard> {
    this.#begin();
    const endMs = performance.now() + forMs;
    this.#onHeard = (item, listener) => {
      if (this.#speakers[item] === listener && performance.now() < endMs) this.#say(listener);
    };
    for (let index = 0; index < this.size; index++) this.#say(index);
    await pause(forMs);
    await this.#settle(1);
    this.#onHeard = () => undefined;
    return this.#end(0);
  }

  close(): void {
    for (const member of this.#members) member.close();
  }

  #say(index: number): void {
    const item = this.#saidAtMs.push(performance.now()) - 1;
    this.#speakers[item] = index;
    // Numbered from 1: the wire knows no item 0.
    this.#members[index]?.say(item + 1);
  }

  #heard(number: number, listener: number): void {
    const item = number - 1;
    this.#latenciesMs.push(performance.now() - (this.#saidAtMs[item] ?? NaN));
    this.#onHeard(item, listener);
  }

  #begin(): void {
    this.#saidBefore = this.#saidAtMs.length;
    this.#latenciesMs = [];
  }

  get #said(): number {
    return this.#saidAtMs.length - this.#saidBefore;
  }

  async #settle(listeners: number): Promise<void> {
    const lateMs = performance.now() + SETTLE_MS_MAX;
    while (this.#latenciesMs.length < this.#said * listeners && performance.now() < lateMs) await pause(TICK_MS);
  }

  #end(loadLateMs: number): Heard {
    const latenciesMs = this.#latenciesMs;
    return { said: this.#said, delivered: latenciesMs.length, latenciesMs, loadLateMs };
  }
}

/** A share of the interval, by the golden ratio: those of people in a row lie evenly over it, however many. */
function momentOf(index: number): number {
  return (index * GOLDEN_RATIO) % 1;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
