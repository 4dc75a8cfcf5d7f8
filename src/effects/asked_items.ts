/** What lessons ask people now, looked up for many at once. */
import type { AskedItem, AskedStudent } from "../domain/curriculum/asked_item.ts";

interface Look {
  readonly userIds: Set<string>;
  readonly found: Promise<ReadonlyMap<string, readonly AskedStudent[]>>;
}

/**
 * One look at a time, however many ask. Each asker is told what was so at some moment after they asked, and askers are
 * told in the order they came.
 */
export class AskedItems {
  readonly #read: (userIds: readonly string[]) => Promise<readonly AskedStudent[]>;
  /** Gathers askers until the look under way has come back, which may be older than their question. */
  #next: Look | null = null;
  #underWay: Promise<unknown> = Promise.resolve();

  constructor(read: (userIds: readonly string[]) => Promise<readonly AskedStudent[]>) {
    this.#read = read;
  }

  /** Rejects as the store does. */
  async of(userIds: readonly string[]): Promise<readonly AskedItem[]> {
    if (userIds.length === 0) return [];
    const look = this.#next ??= this.#begin();
    for (const userId of userIds) look.userIds.add(userId);
    const found = await look.found;
    return userIds.flatMap((userId) => found.get(userId) ?? []);
  }

  #begin(): Look {
    const userIds = new Set<string>();
    const found = this.#underWay.then(async () => {
      this.#next = null;
      return Map.groupBy(await this.#read([...userIds]), ({ userId }) => userId);
    });
    // A failure is told to those who asked; the next look starts all the same.
    this.#underWay = Promise.allSettled([found]);
    return { userIds, found };
  }
}
