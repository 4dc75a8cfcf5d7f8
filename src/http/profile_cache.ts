/** Profiles in memory: each until something happens to its learner, 300 s at most (F6). */
import type { Watcher } from "../actors/envelope.ts";
import { ENGINE } from "../domain/engine.ts";
import type { Json } from "../domain/json.ts";
import { learnerAddress } from "../domain/learner/messages.ts";
import { requireRead } from "./actor_answers.ts";
import type { ActorDoor } from "./actor_door.ts";
import type { ProfileJson } from "./documents/profile_schemas.ts";

export const PROFILE_AGE_S_MAX = 300;
const PROFILES_CACHED_MAX = 2_000;

/** A profile as it is sent, with its entity tag. */
export interface ProfileDocument {
  readonly body: ProfileJson;
  /** The body as it is sent. */
  readonly text: string;
  readonly etag: string;
}

interface Entry {
  readonly document: Promise<ProfileDocument>;
  /** The same, once it has been made. */
  made: ProfileDocument | null;
  readonly staleAtMs: number;
  readonly watcher: Watcher;
}

export class ProfileCache {
  readonly #actors: ActorDoor;
  readonly #clock: { nowMs(): number };
  readonly #describe: (learner: Json) => Promise<ProfileDocument>;
  /** Oldest first, since a Map keeps the order of insertion. */
  readonly #entries = new Map<string, Entry>();

  /** @param describe makes the document out of the learner as the engine sees them */
  constructor(
    actors: ActorDoor,
    clock: { nowMs(): number },
    describe: (learner: Json) => Promise<ProfileDocument>,
  ) {
    this.#actors = actors;
    this.#clock = clock;
    this.#describe = describe;
  }

  /** The learner's profile; those who ask meanwhile share one reading. Throws a problem when it cannot be read now. */
  async read(learnerId: string): Promise<ProfileDocument> {
    const fresh = this.#fresh(learnerId);
    if (fresh !== null) return await fresh.document;
    const outcome = await this.#actors.read(learnerAddress(learnerId), ENGINE);
    const state = requireRead(outcome);
    // Watching would make an actor of one to which nothing has happened (L1).
    if (outcome.kind === "read" && outcome.epoch === 0) return await this.#describe(state);
    return await (this.#fresh(learnerId)?.document ?? this.#keep(learnerId));
  }

  /** The learner's profile where it is in memory; null: {@link read} has to say. */
  recall(learnerId: string): ProfileDocument | null {
    return this.#fresh(learnerId)?.made ?? null;
  }

  #fresh(learnerId: string): Entry | null {
    const known = this.#entries.get(learnerId);
    return known !== undefined && this.#clock.nowMs() < known.staleAtMs ? known : null;
  }

  #keep(learnerId: string): Promise<ProfileDocument> {
    this.#forget(learnerId);
    const drop = () => {
      if (this.#entries.get(learnerId)?.watcher === watcher) this.#forget(learnerId);
    };
    const watcher: Watcher = { deliver: drop, lost: drop };
    const document = this.#load(learnerId, watcher);
    const staleAtMs = this.#clock.nowMs() + PROFILE_AGE_S_MAX * 1000;
    const entry: Entry = { document, made: null, staleAtMs, watcher };
    this.#entries.set(learnerId, entry);
    this.#letGo();
    document.then((made) => entry.made = made, drop);
    return document;
  }

  /** Watched before it is read, so that no change comes between the two unseen. */
  async #load(learnerId: string, watcher: Watcher): Promise<ProfileDocument> {
    const address = learnerAddress(learnerId);
    const watched = await this.#actors.watch(address, ENGINE, null, watcher);
    // Dropped while the watch was under way.
    if (this.#entries.get(learnerId)?.watcher !== watcher) this.#actors.unwatch(address, watcher);
    if (watched.kind === "forbidden" || watched.kind === "refused") requireRead(watched);
    return await this.#describe(requireRead(await this.#actors.read(address, ENGINE)));
  }

  #forget(learnerId: string): void {
    const entry = this.#entries.get(learnerId);
    if (entry === undefined) return;
    this.#entries.delete(learnerId);
    this.#actors.unwatch(learnerAddress(learnerId), entry.watcher);
  }

  /** A watched actor stays in memory, so what is stale is let go, and the oldest when there are too many. */
  #letGo(): void {
    const nowMs = this.#clock.nowMs();
    for (const [learnerId, { staleAtMs }] of this.#entries) {
      if (nowMs < staleAtMs && this.#entries.size <= PROFILES_CACHED_MAX) return;
      this.#forget(learnerId);
    }
  }
}
