/** Where each learner's face was last, so that the next frame is searched there first: in memory, bounded, forgotten. */
import type { FrameReading } from "../domain/affect/observation.ts";
import type { FaceSearch, LookName, TrackedFace } from "./face_search.ts";

/** However well a face is followed, the whole frame is searched this often: others come, and larger ones. */
export const WHOLE_SEARCH_EVERY_MS = 3_000;

/** What is known of one learner's camera. Nobody else holds it once the learner is forgotten. */
export class FaceTrack {
  #face: TrackedFace | null = null;
  #wholeSearchMs = -Infinity;

  /** How the frame of `nowMs` shall be searched. */
  search(nowMs: number): FaceSearch {
    if (nowMs - this.#wholeSearchMs >= WHOLE_SEARCH_EVERY_MS) return { kind: "whole" };
    return this.#face === null ? { kind: "small" } : { kind: "near", last: this.#face };
  }

  /** Takes note of what a search begun at `searchedMs` found, and by which look. */
  saw(reading: FrameReading, look: LookName, searchedMs: number): void {
    this.#face = reading.kind === "face" ? { box: reading.box, faces: reading.faces } : null;
    // A small look that finds nobody leaves the whole search as due as it was.
    if (look === "near" || (look === "coarse" && reading.kind === "no_face")) return;
    this.#wholeSearchMs = searchedMs;
  }
}

/** Tracks by learner; over the limit the one not used for longest goes. */
export class FaceTracks {
  readonly #learnersMax: number;
  /** In the order of their last use. */
  readonly #tracks = new Map<string, FaceTrack>();

  constructor(learnersMax: number) {
    this.#learnersMax = learnersMax;
  }

  get size(): number {
    return this.#tracks.size;
  }

  /** The learner's track, empty where there was none. */
  of(learnerId: string): FaceTrack {
    const track = this.#tracks.get(learnerId) ?? new FaceTrack();
    this.#tracks.delete(learnerId);
    this.#tracks.set(learnerId, track);
    for (const longestUnused of this.#tracks.keys()) {
      if (this.#tracks.size <= this.#learnersMax) break;
      this.#tracks.delete(longestUnused);
    }
    return track;
  }

  /** A frame still being read writes into a track that nobody will find again. */
  forget(learnerId: string): void {
    this.#tracks.delete(learnerId);
  }
}
