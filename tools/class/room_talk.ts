/** A student in the room that the lesson has put them into: says what they voted, notes it down, proposes, agrees. */
import { z } from "zod";
import type { Channel } from "../../web/client/neurolearn.js";
import { SharedDocument } from "../../web/client/shared_document.js";
import { thinkMs } from "./cast.ts";
import { pause } from "./gate.ts";
import type { Answer, ItemSeen } from "./item_seen.ts";
import type { Person } from "./person.ts";

const messageSchema = z.looseObject({ user_id: z.string() });
const taskSchema = z.looseObject({ task: z.number(), step: z.string(), turn_of: z.string().nullish() });
const viewSchema = z.looseObject({ status: z.string(), task: taskSchema.nullable() });
const turnSchema = taskSchema.omit({ step: true });
const activitySchema = z.looseObject({
  user_id: z.string(),
  activity: z.string(),
  task: z.number().optional(),
});

/** To begin with, and between one's words. */
const TALK_MS = 700;

/** A word that the server has acknowledged. */
export interface AckedWord {
  readonly roomId: string;
  readonly text: string;
}

export class RoomTalk {
  readonly acked: AckedWord[] = [];
  /** Lines of the rooms' shared notes that the server has acknowledged. */
  readonly noted: AckedWord[] = [];
  /** Whether somebody else has said something since the vote. */
  heardOthers = false;
  readonly #student: Person;
  readonly #met = new Set<string>();
  readonly #documents: SharedDocument[] = [];
  #words = 0;

  constructor(student: Person) {
    this.#student = student;
  }

  /** Goes into a room, once; `vote` is what one has to say there, null for who did not vote. */
  enter(roomId: string, item: ItemSeen, vote: Answer | null): void {
    if (this.#met.has(roomId)) return;
    this.#met.add(roomId);
    this.heardOthers = false;
    const channel = this.#student.device.channel(`room/${roomId}`);
    channel.on("message", (data) => {
      if (messageSchema.parse(data).user_id !== this.#student.userId) this.heardOthers = true;
    });
    channel.on("state", (data) => {
      const { task } = viewSchema.parse(data);
      if (task?.step === "turns") this.#turn(channel, task);
    });
    channel.on("task", (data) => this.#turn(channel, taskSchema.parse(data)));
    channel.on("turn", (data) => this.#turn(channel, turnSchema.parse(data)));
    channel.on("peer_activity", (data) => this.#see(channel, data));
    this.#student.run(() => this.#talk(channel, roomId, item, vote));
  }

  async #talk(channel: Channel, roomId: string, { form }: ItemSeen, vote: Answer | null): Promise<void> {
    const { trait } = this.#student.parts;
    await pause(thinkMs(trait, TALK_MS));
    const option = vote?.response.kind === "choice" ? vote.response.option : null;
    const offered = form.kind === "choice" ? form.options.find(({ id }) => id === option)?.text : undefined;
    await this.#say(
      channel,
      roomId,
      offered === undefined ? "I did not vote." : `I took ${offered}; what did you take?`,
    );
    this.#noteDown(channel, roomId, offered ?? "nothing");
    await pause(thinkMs(trait, TALK_MS));
    await this.#say(channel, roomId, "Let us write one number under the other.");
  }

  async #say(channel: Channel, roomId: string, words: string): Promise<void> {
    this.#words += 1;
    // Each word is one of a kind, so that it can be looked for.
    const text = `${words} (${this.#student.parts.trait.index}.${this.#words})`;
    if (await this.#send(channel, "say", { text }) !== null) this.acked.push({ roomId, text });
  }

  /** A line of their own at the head of the notes that the room shares. */
  #noteDown(channel: Channel, roomId: string, vote: string): void {
    const document = new SharedDocument(channel, "notes");
    this.#documents.push(document);
    const text = `student ${this.#student.parts.trait.index} took ${vote}`;
    let isOver = false;
    document.onChange((change) => {
      if (change.kind === "refused") this.#student.refusals.push(`note ${change.code}`);
      if (change.kind === "saved" && !isOver) this.noted.push({ roomId, text });
      // The line is in, or will never be.
      if (change.kind !== "changed") isOver = true;
    });
    document.notes.insert(0, `${text}\n`);
  }

  end(): void {
    for (const document of this.#documents) document.close();
  }

  #turn(channel: Channel, { task, turn_of }: z.infer<typeof turnSchema>): void {
    const response = this.#student.lastVote?.response;
    if (turn_of !== this.#student.userId || response === undefined) return;
    this.#student.run(async () => {
      await pause(thinkMs(this.#student.parts.trait, TALK_MS));
      await this.#send(channel, "propose", { task, response });
    });
  }

  /** Whatever is proposed is agreed to: it is the vote that follows that counts. */
  #see(channel: Channel, data: unknown): void {
    const { user_id, activity, task } = activitySchema.parse(data);
    if (user_id === this.#student.userId || activity !== "proposed") return;
    this.#student.run(async () => void await this.#send(channel, "agree", { task, agrees: true }));
  }

  #send(channel: Channel, command: string, args: Record<string, unknown>) {
    return this.#student.timedSend(this.#student.device, channel, command, args);
  }
}
