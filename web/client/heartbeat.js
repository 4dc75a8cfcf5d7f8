/**
 * When a client pings: now and then, or every second while somebody looks at a lesson, and then it says so. Thus server
 * and client soon notice a cut that no close tells of.
 */

const IDLE = { everyMs: 15_000, promisedMs: null, silenceMsMax: 40_000 };
/** The server takes a second without the promised ping for silence; ten such seconds here are a dead connection. */
const LESSON = { everyMs: 1_000, promisedMs: 1_000, silenceMsMax: 10_000 };

const SYSTEM_TIME = {
  nowMs: () => Date.now(),
  after(ms, action) {
    const timer = setTimeout(action, ms);
    return () => clearTimeout(timer);
  },
};

export class Heartbeat {
  #asks;
  #time;
  #rhythm = null;
  #heardAtMs = 0;
  #cancelBeat = null;

  /**
   * `isInLesson` is asked at every beat; `ping` gets within how many milliseconds the next one comes, or null; `silent`
   * is called when nothing was heard for so long that the connection must be dead.
   */
  constructor({ isInLesson, ping, silent }, time = SYSTEM_TIME) {
    this.#asks = { isInLesson, ping, silent };
    this.#time = time;
  }

  /** The connection stands: pings at once, and from now on. */
  start() {
    this.stop();
    this.#beat();
  }

  stop() {
    this.#cancelBeat?.();
    this.#cancelBeat = null;
    this.#rhythm = null;
  }

  heard() {
    this.#heardAtMs = this.#time.nowMs();
  }

  /** Channels, or whether the page is shown, have changed. */
  changed() {
    if (this.#rhythm !== null && this.#rhythm !== this.#wanted()) this.#beat();
  }

  /** A page that is hidden has few timers and is stopped at any time, so it promises nothing. */
  #wanted() {
    return this.#asks.isInLesson() ? LESSON : IDLE;
  }

  #beat() {
    this.#cancelBeat?.();
    const wanted = this.#wanted();
    // At another rhythm, less may have been asked for until now.
    if (this.#rhythm !== wanted) this.heard();
    this.#rhythm = wanted;
    if (this.#time.nowMs() - this.#heardAtMs > wanted.silenceMsMax) {
      this.stop();
      this.#asks.silent();
      return;
    }
    this.#asks.ping(wanted.promisedMs);
    this.#cancelBeat = this.#time.after(wanted.everyMs, () => this.#beat());
  }
}
