/** The teacher of a simulated class: steers the lesson, lets in who waits, answers raised hands. */
import { type Channel, RefusedError } from "../../web/client/neurolearn.js";
import { ClassView } from "./class_view.ts";
import { Device } from "./device.ts";
import { pause } from "./gate.ts";
import type { ClassRecord } from "./record.ts";
import type { Account } from "./rest.ts";

/** Nothing in a lesson takes as long, a restart of the server included. */
const WAIT_MS_MAX = 180_000;
/** The help queue is looked at so often. */
const LOOK_EVERY_MS = 250;

/** What was waited for did not come. */
export class LessonStalledError extends Error {
  override readonly name = "LessonStalledError";
}

export class Teacher {
  readonly view = new ClassView();
  readonly device: Device;
  readonly #channel: Channel;
  readonly #waiting = new Set<() => void>();
  readonly #handsSeen = new Set<string>();
  readonly #admitted = new Set<string>();
  #isDone = false;

  constructor(socketUrl: string, readonly account: Account, lessonId: string, record: ClassRecord) {
    const { token } = account;
    this.device = new Device({ url: socketUrl, token, hear: (message) => record.hear(null, message) });
    this.#channel = this.device.channel(`classroom/${lessonId}`);
    this.#channel.on("state", (data) => this.view.given(data, performance.now()));
    this.#channel.on("class_update", (data) => this.view.update(data, performance.now()));
    this.#channel.on("lesson_status", (data) => this.view.statusTold(data));
    this.#channel.on("*", () => {
      for (const look of this.#waiting) look();
    });
  }

  /** Resolves to the command's answer. Throws {@link RefusedError}. */
  async wish(command: string, args: Record<string, unknown> = {}): Promise<unknown> {
    return (await this.device.send(this.#channel, command, args)).body;
  }

  /** The same where a refusal for one of `codes` is as good: the clock, or a repeat, was there first. */
  async wishUnless(codes: readonly string[], command: string, args: Record<string, unknown> = {}): Promise<void> {
    try {
      await this.wish(command, args);
    } catch (error) {
      if (!(error instanceof RefusedError && codes.includes(error.code))) throw error;
    }
  }

  /** Resolves once the view is so. Throws {@link LessonStalledError} when it does not come to that. */
  async sees(what: string, holds: (view: ClassView) => boolean, withinMs: number = WAIT_MS_MAX): Promise<void> {
    if (!await this.seesWithin(withinMs, holds)) {
      throw new LessonStalledError(`the teacher waited in vain for this: ${what}`);
    }
  }

  /** Whether the view is so within that time. */
  async seesWithin(withinMs: number, holds: (view: ClassView) => boolean): Promise<boolean> {
    if (holds(this.view)) return true;
    const { promise, resolve } = Promise.withResolvers<void>();
    const look = () => holds(this.view) && resolve();
    const timer = setTimeout(resolve, withinMs);
    this.#waiting.add(look);
    await promise;
    this.#waiting.delete(look);
    clearTimeout(timer);
    return holds(this.view);
  }

  /** Lets in who waits outside, and writes to those who raise a hand, until {@link done}. */
  async lookAfter(): Promise<void> {
    while (!this.#isDone) {
      const rows = [...this.view.students.values()];
      const outside = rows.filter(({ user_id, admission }) => admission === "waiting" && !this.#admitted.has(user_id));
      for (const { user_id } of outside) {
        this.#admitted.add(user_id);
        await this.wishUnless(["nobody_waits"], "admit", { user_id });
      }
      const hands = rows.filter(({ user_id, hand_since }) => hand_since !== null && !this.#handsSeen.has(user_id));
      for (const { user_id, name } of hands) {
        this.#handsSeen.add(user_id);
        await this.wish("send_message", { user_id, text: `${name}, write one number under the other.` });
      }
      await pause(LOOK_EVERY_MS);
    }
  }

  done(): void {
    this.#isDone = true;
  }

  close(): void {
    this.device.close();
  }
}
