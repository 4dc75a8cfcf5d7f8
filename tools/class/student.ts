/** One student of a simulated class on the lesson's channel: comes in, answers the class's questions, votes, asks for help. */
import { z } from "zod";
import { type Channel, ClosedError, RefusedError } from "../../web/client/neurolearn.js";
import { chanceOfRight, questionThinkMs, thinkMs } from "./cast.ts";
import { DeskWork } from "./desk_work.ts";
import { Device, type Sent } from "./device.ts";
import { pause } from "./gate.ts";
import { type Answer, guessedAnswer, itemSchema, type ItemSeen, rightAnswer, wrongAnswer } from "./item_seen.ts";
import type { Person, StudentParts } from "./person.ts";
import { RoomTalk } from "./room_talk.ts";

const questionSchema = z.looseObject({ question: z.number(), round: z.number(), item: itemSchema });
const reopenedSchema = z.looseObject({ question: z.number(), round: z.number() });
const roomSchema = z.looseObject({ room_id: z.string().nullable() });
const viewSchema = z.looseObject({
  admission: z.string().nullable(),
  status: z.string(),
  question: questionSchema.extend({ step: z.string(), your_answer: z.unknown() }).nullish(),
  breakouts: roomSchema.extend({ over_at_ms: z.number().nullable() }).nullish(),
});
const messageSchema = z.looseObject({ to: z.string() });
type Asked = z.infer<typeof questionSchema>;

/** What a talk with others adds to one's ability. */
const TALK_HELPS = 1.2;
const HIDDEN_SHARE = 0.5;
/** From the first sight of the lobby's door to the press. */
const COMING_IN_MS = 600;

/** An answer to the class that the server has said counts. */
export interface AckedAnswer {
  readonly question: number;
  readonly round: number;
  readonly right: boolean;
  readonly sent: Sent;
}

/** A command that was acknowledged, timed. */
export interface Timed {
  readonly command: string;
  readonly sent: Sent;
  readonly isSocket: boolean;
  /** Whether the connection stood meanwhile. */
  readonly isSmooth: boolean;
}

export class Student implements Person {
  readonly acked: AckedAnswer[] = [];
  readonly timed: Timed[] = [];
  readonly refusals: string[] = [];
  readonly work: DeskWork;
  readonly talk: RoomTalk;
  /** Resolves once they are on the lesson's channel. */
  readonly here: Promise<void>;
  readonly #devices: readonly [Device, ...Device[]];
  readonly #channels: readonly [Channel, ...Channel[]];
  readonly #tasks = new Set<Promise<void>>();
  readonly #met = new Set<string>();
  #asked: Asked | null = null;
  /** What they gave last to a question of the class. */
  lastVote: Answer | null = null;
  #hasAsked = false;

  constructor(readonly parts: StudentParts) {
    const first = this.#device();
    this.#devices = parts.trait.behaviour === "second_device" ? [first, this.#device()] : [first];
    const name = `classroom/${parts.lessonId}`;
    this.#channels = [first.channel(name), ...this.#devices.slice(1).map((device) => device.channel(name))];
    this.here = new Promise((resolve) => this.#channels[0].on("state", () => resolve()));
    parts.record.seated({ userId: parts.account.userId, index: parts.trait.index });
    this.work = new DeskWork(this, first);
    this.talk = new RoomTalk(this);
    this.#attend(this.#channels[0]);
  }

  /** The one that they hold in their hand. */
  get device(): Device {
    return this.#devices[0];
  }

  get userId(): string {
    return this.parts.account.userId;
  }

  /** Comes in, or into the lobby. */
  async enter(): Promise<void> {
    await pause(thinkMs(this.parts.trait, COMING_IN_MS));
    await Promise.all(this.#channels.map((channel, i) => this.#send(this.#devices[i], channel, "enter")));
  }

  /** Sends a command, times it, and gives its answer; null when it was refused. Other errors are the run's. */
  async #send(
    device: Device | undefined,
    channel: Channel,
    command: string,
    args: Record<string, unknown> = {},
  ): Promise<Sent | null> {
    return await this.timedSend(device ?? this.#devices[0], channel, command, args);
  }

  async timedSend(device: Device, channel: Channel, command: string, args: Record<string, unknown>) {
    const { isSocket } = this.parts.way;
    try {
      const sent = await device.send(channel, command, args);
      this.timed.push({ command, sent, isSocket, isSmooth: device.wasUp(sent.sentAtMs, sent.ackedAtMs) });
      return sent;
    } catch (error) {
      if (error instanceof RefusedError) this.refusals.push(`${command} ${error.code}`);
      else if (!(error instanceof ClosedError)) throw error;
      return null;
    }
  }

  /** Runs beside everything else until it is done; {@link finish} waits for it. */
  run(task: () => Promise<void>): void {
    const running = task().finally(() => this.#tasks.delete(running));
    this.#tasks.add(running);
  }

  /** Puts their own work down; resolves once all that was begun is done. */
  async atRest(): Promise<void> {
    this.work.end();
    while (this.#tasks.size > 0) await Promise.all(this.#tasks);
  }

  /** The same, and nothing is sent any more. */
  async finish(): Promise<void> {
    await this.atRest();
    this.talk.end();
    for (const device of this.#devices) device.close();
  }

  #device(): Device {
    const { way, account, record, trait } = this.parts;
    const reader = { userId: account.userId, index: trait.index };
    return new Device({ url: way.url, token: account.token, hear: (message) => record.hear(reader, message) });
  }

  #attend(channel: Channel): void {
    channel.on("state", (data) => {
      const { question, status, admission, breakouts } = viewSchema.parse(data);
      if (admission === "admitted" && status !== "closed") this.work.mayBegin();
      if (question === null || question === undefined) return;
      this.#asked = question;
      if (question.step === "open" && question.your_answer === null) this.#meet(question);
      if (breakouts?.over_at_ms === null) this.#goTo(breakouts.room_id);
    });
    channel.on("breakouts", (data) => this.#goTo(roomSchema.parse(data).room_id));
    channel.on("seated", (data) => this.#goTo(roomSchema.parse(data).room_id));
    channel.on("question", (data) => this.#meet(questionSchema.parse(data)));
    channel.on("question_reopened", (data) => {
      const { question, round } = reopenedSchema.parse(data);
      if (this.#asked?.question === question) this.#meet({ ...this.#asked, round });
    });
    channel.on("pens_down", () => this.run(() => this.#pressLate(channel)));
    channel.on("message", (data) => {
      if (messageSchema.parse(data).to === "you") this.run(() => this.#raiseHand("down"));
    });
  }

  #goTo(roomId: string | null): void {
    if (roomId !== null && this.#asked !== null) this.talk.enter(roomId, this.#asked.item, this.lastVote);
  }

  /** Answers each opening of a question once. */
  #meet(asked: Asked): void {
    if (this.#asked?.question !== asked.question) this.lastVote = null;
    this.#asked = asked;
    const key = `${asked.question}.${asked.round}`;
    if (this.#met.has(key)) return;
    this.#met.add(key);
    // They have better things to do, until it is too late.
    if (this.parts.trait.behaviour === "idler" && asked.round === 1) return;
    this.run(() => this.#answer(asked));
  }

  async #answer(asked: Asked): Promise<void> {
    const { trait, questionMs, way } = this.parts;
    await pause(questionThinkMs(trait, questionMs));
    const answer = this.answerTo(asked.item, asked.round > 1 && this.talk.heardOthers ? TALK_HELPS : 0);
    this.lastVote = answer;
    const presses = this.#devices.map((_, i) => this.#press(i, asked, answer));
    // The frame is on its way or not, nobody knows: the client sends it again under the same id.
    if (trait.behaviour === "flaky_network") way.cut();
    await Promise.all(presses);
  }

  async #press(i: number, { question, round }: Asked, { response, right }: Answer): Promise<void> {
    const device = this.#devices[i] ?? this.#devices[0];
    const args = { question, round, response, answered_at_ms: device.nowMs() };
    const sent = await this.#send(device, this.#channels[i] ?? this.#channels[0], "answer", args);
    if (sent !== null) this.acked.push({ question, round, right, sent });
  }

  /** Who has done nothing presses when pens are down: that must not count. */
  async #pressLate(channel: Channel): Promise<void> {
    const asked = this.#asked;
    if (this.parts.trait.behaviour !== "idler" || asked === null || asked.round > 1) return;
    const { question, round, item } = asked;
    const args = { question, round, response: rightAnswer(item).response, answered_at_ms: this.#devices[0].nowMs() };
    const sent = await this.#send(this.#devices[0], channel, "answer", args);
    if (sent !== null) this.acked.push({ question, round, right: true, sent });
  }

  /** What they come up with, by their ability and the item's difficulty. */
  answerTo(item: ItemSeen, help: number): Answer {
    const { trait } = this.parts;
    if (trait.behaviour === "quick_guesser") return guessedAnswer(item, trait.index, trait.random());
    if (trait.random() < chanceOfRight(trait, item.difficulty, help)) return rightAnswer(item);
    return wrongAnswer(item, trait.index, trait.random());
  }

  async #raiseHand(hand: "up" | "down"): Promise<void> {
    await this.#send(this.#devices[0], this.#channels[0], "raise_hand", { raised: hand === "up" });
  }

  /** Asks for their teacher. */
  askForHelp(): void {
    if (this.#hasAsked) return;
    this.#hasAsked = true;
    this.run(() => this.#raiseHand("up"));
  }

  /** Looks at something else for a part of `ms`. */
  lookAway(ms: number): void {
    this.run(async () => {
      for (const isHidden of [true, false]) {
        const at = this.#devices[0].nowMs();
        await this.#send(this.#devices[0], this.#channels[0], "attention", { hidden: isHidden, at });
        if (isHidden) await pause(ms * HIDDEN_SHARE);
      }
    });
  }
}
