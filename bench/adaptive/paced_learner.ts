/** A learner on a socket who answers at a pace of their own, whatever the server does, and may have a camera on. */
import { guess, type Lesson, lessonSchema, stateSchema } from "../../tests/end_to_end/student.ts";
import type { Person } from "../../tests/end_to_end/people.ts";
import { type Channel, NeuroLearn } from "../../web/client/neurolearn.js";

/** Times from an answer's frame leaving, in milliseconds. */
export interface AnswerTimes {
  readonly ackMs: number;
  /** To the `lesson_update` with the next item. */
  readonly updateMs: number;
}

export interface Pace {
  /** Mean of the exponential gaps between answers. */
  readonly answerEveryMs: number;
  readonly frameEveryMs: number;
}

/**
 * The camera has a socket of its own: Deno's client leaves Nagle's algorithm on, which holds an answer back until the
 * server has acknowledged a picture sent before it, for up to 40 ms. Browsers turn it off.
 */
export class PacedLearner {
  readonly #client: NeuroLearn;
  readonly #channel: Channel;
  readonly #camera: NeuroLearn;
  readonly #cameraChannel: Channel;
  readonly #chance: () => number;
  readonly #pace: Pace;
  #lesson: Lesson | null = null;
  #met: (lesson: Lesson) => void = () => undefined;

  /** @param chance uniform in [0, 1): decides when and what is answered */
  constructor(base: string, person: Person, sessionId: string, chance: () => number, pace: Pace) {
    const url = `${base.replace("http", "ws")}/api/v1/socket`;
    this.#client = new NeuroLearn(url, () => person.token);
    this.#channel = this.#client.channel(`session/${sessionId}`);
    this.#camera = new NeuroLearn(url, () => person.token);
    this.#cameraChannel = this.#camera.channel(`session/${sessionId}`);
    this.#chance = chance;
    this.#pace = pace;
    this.#channel.on("state", (state) => this.#meet(stateSchema.parse(state).current_item));
    this.#channel.on("lesson_update", (lesson) => this.#meet(lessonSchema.parse(lesson)));
  }

  /**
   * Answers until `untilMs` of `performance.now()`, each answer due an exponential gap after the one before it was; one
   * whose item has not come yet leaves as soon as it has.
   */
  async answer(untilMs: number, told: (times: AnswerTimes) => void): Promise<void> {
    const gapMs = () => -Math.log(1 - this.#chance()) * this.#pace.answerEveryMs;
    for (let dueMs = performance.now() + gapMs(); dueMs < untilMs; dueMs += gapMs()) {
      await until(dueMs);
      const lesson = await this.#next();
      this.#lesson = null;
      const sentMs = performance.now();
      const acknowledged = this.#channel.send("answer", {
        item: lesson.item_ref,
        response: guess(lesson.item.form, this.#chance()),
      }).then(() => performance.now() - sentMs);
      await this.#next();
      const updateMs = performance.now() - sentMs;
      told({ ackMs: await acknowledged, updateMs });
    }
  }

  /** Sends the photograph at the camera's pace until `untilMs`; resolves to how many frames left. */
  async film(photograph: Uint8Array, untilMs: number): Promise<number> {
    const { frameEveryMs } = this.#pace;
    let sent = 0;
    for (let dueMs = performance.now() + this.#chance() * frameEveryMs; dueMs < untilMs; dueMs += frameEveryMs) {
      await until(dueMs);
      if (this.#camera.sendCameraFrame(this.#cameraChannel, "jpeg", photograph)) sent += 1;
    }
    return sent;
  }

  /** Resolves once the first item is there. */
  async ready(): Promise<void> {
    await this.#next();
  }

  close(): void {
    this.#client.close();
    this.#camera.close();
  }

  #next(): Promise<Lesson> {
    if (this.#lesson !== null) return Promise.resolve(this.#lesson);
    return new Promise((resolve) => this.#met = resolve);
  }

  #meet(lesson: Lesson | null): void {
    this.#lesson = lesson;
    if (lesson !== null) this.#met(lesson);
  }
}

function until(dueMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, dueMs - performance.now())));
}
