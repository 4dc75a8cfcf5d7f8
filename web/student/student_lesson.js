/** One lesson as a student is in it: what they are told, and what they send. */
import { ClosedError, RefusedError } from "../client/neurolearn.js";
import { connect } from "../live/connect.js";
import { feedLesson } from "../live/lesson_feed.js";
import { AnswerOutbox } from "./answer_outbox.js";
import { foldForStudent } from "./lesson_fold.js";

export class StudentLesson {
  #client;
  #channel;
  #outbox;
  #onVisibility = () => this.#tellAttention();

  constructor(account, lessonId) {
    this.account = account;
    this.lessonId = lessonId;
    this.#client = connect(() => account.token());
    const { channel, store } = feedLesson(this.#client, lessonId, foldForStudent);
    this.#channel = channel;
    this.store = store;
    store.set({ sent: null });
    channel.on("presence", (_present, { type }) => type === "joined" && this.#joined());
    this.#outbox = new AnswerOutbox(this.#channel, (sent) => this.store.set({ sent }));
    this.#channel.send("enter").catch((error) => this.store.set({ fault: error.code }));
    document.addEventListener("visibilitychange", this.#onVisibility);
  }

  /** For the channels of sessions and rooms. */
  get client() {
    return this.#client;
  }

  nowMs() {
    return this.#client.serverNowMs();
  }

  answer(question, response) {
    this.#outbox.answer(question, response, this.nowMs());
  }

  async raiseHand(raised) {
    await this.#channel.send("raise_hand", { raised });
    this.store.set({ view: { ...this.store.value.view, hand_raised: raised } });
  }

  /** Begins the student's own work in this lesson. */
  async beginWork() {
    const { course_id, class_id } = this.store.value.view;
    const { id } = await this.account.send("POST", "/sessions", { course_id, class_id, lesson_id: this.lessonId });
    this.store.set({ view: { ...this.store.value.view, session_id: id } });
  }

  close() {
    document.removeEventListener("visibilitychange", this.#onVisibility);
    this.#client.close();
  }

  /** What is known of the tab is kept in memory alone, there: said again after each join. */
  #joined() {
    if (document.hidden) this.#tellAttention();
  }

  #tellAttention() {
    const told = this.#channel.send("attention", { hidden: document.hidden, at: this.nowMs() });
    // Nothing that anybody waits for: who is not in the lesson has no tab to tell of.
    told.catch((error) => error instanceof RefusedError || error instanceof ClosedError || Promise.reject(error));
  }
}
