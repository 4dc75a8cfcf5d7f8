/** Frames that were not read, told at once and then at most once a second until every one has been told. */
import type { Clock } from "./clock.ts";

const TELL_EVERY_MS = 1_000;

/** Tells of `frames` unread ones, where the newest was sent and why it was not read. */
export type TellUnread<Place> = (place: Place, reason: string, frames: number) => void;

export class UnreadTally<Place> {
  readonly #clock: Clock;
  readonly #tell: TellUnread<Place>;
  #frames = 0;
  #toldAtMs = -Infinity;
  #newest: { readonly place: Place; readonly reason: string } | null = null;
  #cancel: (() => void) | null = null;

  constructor(clock: Clock, tell: TellUnread<Place>) {
    this.#clock = clock;
    this.#tell = tell;
  }

  add(place: Place, reason: string): void {
    this.#frames += 1;
    this.#newest = { place, reason };
    if (this.#cancel !== null) return;
    const sinceToldMs = this.#clock.nowMs() - this.#toldAtMs;
    if (sinceToldMs >= TELL_EVERY_MS) this.#flush();
    // A clock set back must not put the telling off for longer than usual.
    else this.#cancel = this.#clock.after(TELL_EVERY_MS - Math.max(0, sinceToldMs), () => this.#flush());
  }

  /** Nobody is there to be told any more. */
  end(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#newest = null;
  }

  #flush(): void {
    this.#cancel = null;
    if (this.#newest === null) return;
    const { place, reason } = this.#newest;
    const frames = this.#frames;
    this.#frames = 0;
    this.#newest = null;
    this.#toldAtMs = this.#clock.nowMs();
    this.#tell(place, reason, frames);
  }
}
