/** What lessons ask people now: remembered until it changes, and looked up for many at once. */
import type { AskedItem, AskedStudent } from "../domain/curriculum/asked_item.ts";

/** What lessons of other nodes have come to ask is known within this time. */
const AGE_MS_MAX = 10_000;
/** What is older is read anew while it still serves, so that hardly anybody waits for it. */
const FRESH_MS = 5_000;
/** Who was not asked about for so long is not read anew with the others. */
const UNUSED_MS_MAX = 60_000;

interface Known {
  readonly asked: readonly AskedItem[];
  readonly version: number;
  readonly readAtMs: number;
  usedAtMs: number;
}

interface Look {
  readonly userIds: Set<string>;
  readonly found: Promise<ReadonlyMap<string, readonly AskedStudent[]>>;
}

/**
 * One look at a time, however many ask. Each asker is told what was so at some moment after they asked, or what nothing
 * on this node has changed since it was read; who asks twice is told in that order.
 */
export class AskedItems {
  readonly #read: (userIds: readonly string[]) => Promise<readonly AskedStudent[]>;
  readonly #nowMs: () => number;
  readonly #known = new Map<string, Known>();
  /** How many askers wait to be told about each. */
  readonly #awaited = new Map<string, number>();
  /** Goes up as something changes; what was read under another one holds no longer. */
  #version = 0;
  /** Gathers askers until the look under way has come back, which may be older than their question. */
  #next: Look | null = null;
  #underWay: Promise<unknown> = Promise.resolve();

  constructor(read: (userIds: readonly string[]) => Promise<readonly AskedStudent[]>, nowMs: () => number) {
    this.#read = read;
    this.#nowMs = nowMs;
  }

  /** Rejects as the store does. */
  async of(userIds: readonly string[]): Promise<readonly AskedItem[]> {
    const known = this.#remembered(userIds);
    if (known !== null) return known;
    for (const userId of userIds) this.#awaited.set(userId, (this.#awaited.get(userId) ?? 0) + 1);
    try {
      const found = await this.#look(userIds);
      return userIds.flatMap((userId) => found.get(userId) ?? []);
    } finally {
      for (const userId of userIds) this.#told(userId);
    }
  }

  /** What a lesson asks, or whom, has changed: all is read anew. */
  forget(): void {
    this.#version += 1;
    this.#readAnew();
  }

  /** Null where somebody has to be looked up, or others wait to be told of them. */
  #remembered(userIds: readonly string[]): readonly AskedItem[] | null {
    const nowMs = this.#nowMs();
    const found: AskedItem[] = [];
    let readAtMs = nowMs;
    for (const userId of userIds) {
      const known = this.#known.get(userId);
      if (known === undefined || known.version !== this.#version || this.#awaited.has(userId)) return null;
      known.usedAtMs = nowMs;
      readAtMs = Math.min(readAtMs, known.readAtMs);
      found.push(...known.asked);
    }
    if (nowMs - readAtMs > AGE_MS_MAX) return null;
    if (nowMs - readAtMs > FRESH_MS) this.#readAnew();
    return found;
  }

  #told(userId: string): void {
    const left = (this.#awaited.get(userId) ?? 1) - 1;
    if (left === 0) this.#awaited.delete(userId);
    else this.#awaited.set(userId, left);
  }

  #look(userIds: Iterable<string>): Look["found"] {
    const look = this.#next ??= this.#begin();
    for (const userId of userIds) look.userIds.add(userId);
    return look.found;
  }

  #begin(): Look {
    const userIds = new Set<string>();
    const found = this.#underWay.then(async () => {
      this.#next = null;
      const [version, readAtMs] = [this.#version, this.#nowMs()];
      const askedOf = Map.groupBy(await this.#read([...userIds]), ({ userId }) => userId);
      for (const userId of userIds) {
        const usedAtMs = this.#awaited.has(userId) ? readAtMs : this.#known.get(userId)?.usedAtMs ?? readAtMs;
        this.#known.set(userId, { asked: askedOf.get(userId) ?? [], version, readAtMs, usedAtMs });
      }
      return askedOf;
    });
    // A failure is told to those who asked; the next look starts all the same.
    this.#underWay = Promise.allSettled([found]);
    return { userIds, found };
  }

  /** Looks up all who were asked about of late, while nobody waits. */
  #readAnew(): void {
    if (this.#next !== null) return;
    const unusedSinceMs = this.#nowMs() - UNUSED_MS_MAX;
    for (const [userId, { usedAtMs }] of this.#known) if (usedAtMs < unusedSinceMs) this.#known.delete(userId);
    if (this.#known.size === 0) return;
    // What can't be read is known no more: who asks next reads it, and is told of a failure.
    this.#look(this.#known.keys()).catch(() => this.#known.clear());
  }
}
