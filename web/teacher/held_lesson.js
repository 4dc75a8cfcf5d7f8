/** One lesson as its teacher holds it: what they are told, and what they send. */
import { connect } from "../live/connect.js";
import { feedLesson } from "../live/lesson_feed.js";
import { lendToken } from "../live/lent_token.js";
import { foldForTeacher } from "./lesson_fold.js";

export class HeldLesson {
  #channel;
  #stopLending;

  constructor(account, lessonId) {
    this.account = account;
    this.lessonId = lessonId;
    this.client = connect(() => account.token());
    const { channel, store } = feedLesson(this.client, lessonId, foldForTeacher);
    this.#channel = channel;
    this.store = store;
    // `reason` goes with the next command; `waiting` counts commands on their way.
    store.set({ reason: "", waiting: 0, refusal: null, course: null });
    this.#stopLending = lendToken(account, lessonId);
  }

  nowMs() {
    return this.client.serverNowMs();
  }

  /** Sends a command with the reason that was put in; a refusal is told on the page. Resolves to whether it was done. */
  async send(command, args = {}) {
    const { reason } = this.store.value;
    this.store.set({ waiting: this.store.value.waiting + 1, refusal: null, reason: "" });
    try {
      await this.#channel.send(command, { ...args, reason: reason.trim() === "" ? null : reason.trim() });
      return true;
    } catch (error) {
      this.store.set({ refusal: error.message });
      return false;
    } finally {
      this.store.set({ waiting: this.store.value.waiting - 1 });
    }
  }

  /** Titles of skills and the items that can be asked. */
  async readCourse(courseId) {
    const { skills, document } = await this.account.get(`/courses/${encodeURIComponent(courseId)}`);
    const titles = Object.fromEntries(skills.map(({ id, title }) => [id, title]));
    this.store.set({ course: { titles, items: document?.items ?? [] } });
  }

  close() {
    this.#stopLending();
    this.client.close();
  }
}
