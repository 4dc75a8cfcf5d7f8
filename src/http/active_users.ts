/** Who is who at this moment: accounts read through a small cache that forgets at once when told (A3). */
import type { User, Users } from "./ports.ts";

/** How long another node's change may go unseen here; this node's own changes are seen at once. */
const FRESH_MS = 5_000;
const CACHED_USERS_MAX = 10_000;

interface Entry {
  readonly user: Promise<User | null>;
  /** The same, once it has been read. */
  read: User | null;
  readonly staleAtMs: number;
}

export class ActiveUsers {
  readonly #entries = new Map<string, Entry>();

  constructor(private readonly users: Pick<Users, "byId">, private readonly clock: { nowMs(): number }) {}

  /** The account, active or not; null when there is none. Concurrent calls share one read. */
  byId(userId: string): Promise<User | null> {
    const nowMs = this.clock.nowMs();
    const known = this.#entries.get(userId);
    if (known && nowMs < known.staleAtMs) return known.user;
    const entry: Entry = { user: this.users.byId(userId), read: null, staleAtMs: nowMs + FRESH_MS };
    this.#entries.delete(userId);
    this.#entries.set(userId, entry);
    this.#evictOldest();
    entry.user.then((user) => entry.read = user, () => this.#dropIfSame(userId, entry));
    return entry.user;
  }

  /** The account, when it has been read and is fresh; null: {@link byId} has to say. */
  recall(userId: string): User | null {
    const known = this.#entries.get(userId);
    return known !== undefined && this.clock.nowMs() < known.staleAtMs ? known.read : null;
  }

  /** Forgets the account, a read under way included: the next call reads what is stored then. */
  invalidate(userId: string): void {
    this.#entries.delete(userId);
  }

  #dropIfSame(userId: string, entry: Entry): void {
    if (this.#entries.get(userId) === entry) this.#entries.delete(userId);
  }

  #evictOldest(): void {
    if (this.#entries.size <= CACHED_USERS_MAX) return;
    const [oldest] = this.#entries.keys();
    if (oldest !== undefined) this.#entries.delete(oldest);
  }
}
