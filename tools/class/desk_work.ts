/** A student's own session in the lesson: item after item at their own pace, with hints or a tutor where they want them. */
import { z } from "zod";
import type { Channel } from "../../web/client/neurolearn.js";
import { thinkMs } from "./cast.ts";
import type { Device, Sent } from "./device.ts";
import { Gate, pause } from "./gate.ts";
import { itemSchema } from "./item_seen.ts";
import type { Person } from "./person.ts";

const servedSchema = z.looseObject({ item_ref: z.number(), item: itemSchema });
const stateSchema = z.looseObject({
  status: z.string(),
  current_item: servedSchema.nullable(),
});
const gradedSchema = z.looseObject({ item_ref: z.number(), correct: z.boolean(), score: z.number() });
const saidSchema = z.looseObject({ by: z.string() });
type Served = z.infer<typeof servedSchema>;

/** More than anybody does in a lesson. */
const TARGET_ITEMS = 500;
const HINTS = 3;
/** An author's words come at once, a model's in some seconds, and either later where the server dies meanwhile. */
const TUTOR_MS_MAX = 120_000;
const IDLER_ITEMS = 1;
/** Three wrong ones in a row, and a hand goes up. */
const WRONG_BEFORE_HELP = 3;

export interface AckedWork {
  readonly item: number;
  readonly right: boolean;
  readonly correct: boolean;
  readonly score: number;
  readonly sent: Sent;
}

export class DeskWork {
  readonly acked: AckedWork[] = [];
  /** Who wrote each answer of the tutor. */
  readonly tutorSaid: string[] = [];
  sessionId: string | null = null;
  readonly #student: Person;
  readonly #device: Device;
  readonly #goesOn = new Gate();
  readonly #met = new Set<number>();
  #isBegun = false;
  #isOver = false;
  #wrongInARow = 0;

  constructor(student: Person, device: Device) {
    this.#student = student;
    this.#device = device;
    this.#goesOn.open();
  }

  /** Starts the session, once, when it is the time for that. */
  mayBegin(): void {
    if (this.#isBegun) return;
    this.#isBegun = true;
    this.#student.run(() => this.#begin());
  }

  end(): void {
    this.#isOver = true;
    this.#goesOn.open();
  }

  async #begin(): Promise<void> {
    const { rest, account, courseId, classId, lessonId, selfPaced, trait, itemMs } = this.#student.parts;
    await selfPaced.passed();
    // Everybody finds the button in a time of their own.
    await pause(thinkMs(trait, itemMs));
    if (this.#isOver) return;
    const body = { course_id: courseId, class_id: classId, lesson_id: lessonId, target_items: TARGET_ITEMS };
    const begun = z.looseObject({ id: z.string() }).parse(await rest.ask("POST", "/sessions", account.token, body));
    this.sessionId = begun.id;
    const channel = this.#device.channel(`session/${begun.id}`);
    channel.on("state", (data) => {
      const { status, current_item } = stateSchema.parse(data);
      if (status === "paused") this.#goesOn.shut();
      else this.#goesOn.open();
      if (current_item !== null) this.#meet(channel, current_item);
    });
    channel.on("lesson_update", (data) => this.#meet(channel, servedSchema.parse(data)));
    channel.on("paused", () => this.#goesOn.shut());
    channel.on("resumed", () => this.#goesOn.open());
    channel.on("tutor_said", (data) => void this.tutorSaid.push(saidSchema.parse(data).by));
  }

  #meet(channel: Channel, served: Served): void {
    if (this.#met.has(served.item_ref)) return;
    this.#met.add(served.item_ref);
    const { behaviour } = this.#student.parts.trait;
    if (behaviour === "idler" && this.#met.size > IDLER_ITEMS) return;
    this.#student.run(() => this.#do(channel, served));
  }

  async #do(channel: Channel, { item_ref: item, item: seen }: Served): Promise<void> {
    const { trait, itemMs, selfPaced } = this.#student.parts;
    if (trait.behaviour === "hint_abuser") {
      for (let i = 0; i < HINTS && !this.#isOver; i += 1) await this.#send(channel, "hint", { item });
    } else if (trait.index === 0 && this.acked.length === 0) {
      await this.#askTutor(channel, item);
    }
    await pause(thinkMs(trait, itemMs));
    const { response, right } = this.#student.answerTo(seen, 0);
    // Who has waited for the others to be ready has to find their place again.
    if (await selfPaced.passed() === "after_waiting") await pause(thinkMs(trait, itemMs));
    const before = this.#student.refusals.length;
    const sent = await this.#sendWhileOn(channel, "answer", { item, response });
    if (sent !== null) return this.#graded(sent, right);
    // The class is asked this very question: another comes.
    const isAsked = this.#student.refusals.slice(before).includes("answer item_asked");
    if (isAsked) await this.#sendWhileOn(channel, "skip", { item });
  }

  /** A pause may come while a command is on its way: then it is sent again when the work goes on. */
  async #sendWhileOn(channel: Channel, command: string, args: Record<string, unknown>): Promise<Sent | null> {
    const { refusals } = this.#student;
    while (!this.#isOver) {
      await this.#goesOn.passed();
      if (this.#isOver) break;
      const before = refusals.length;
      const sent = await this.#send(channel, command, args);
      if (sent !== null || !refusals.slice(before).includes(`${command} session_paused`)) return sent;
    }
    return null;
  }

  /** Asks, and reads what comes before going on. */
  async #askTutor(channel: Channel, item: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const end = channel.on("tutor_said", () => resolve());
    const asked = await this.#sendWhileOn(channel, "tutor_ask", {
      item,
      words: "How do I begin with this one?",
      help: "same",
    });
    if (asked !== null) await Promise.race([promise, pause(TUTOR_MS_MAX)]);
    end();
  }

  #graded(sent: Sent, right: boolean): void {
    const { item_ref: item, correct, score } = gradedSchema.parse(sent.body);
    this.acked.push({ item, right, correct, score, sent });
    this.#wrongInARow = correct ? 0 : this.#wrongInARow + 1;
    if (this.#wrongInARow === WRONG_BEFORE_HELP) this.#student.askForHelp();
  }

  #send(channel: Channel, command: string, args: Record<string, unknown>): Promise<Sent | null> {
    return this.#student.timedSend(this.#device, channel, command, args);
  }
}
