/** All that the devices of a class heard: looked through for what nobody may be told, and counted. */
import { z } from "zod";
import { pause } from "./gate.ts";
import { type Reader, StudentFrames } from "./frame_leaks.ts";
import { framesOf, type ToldFrame } from "./told_frames.ts";

/** Leaks named in a report; the rest are counted. */
const LEAKS_NAMED_MAX = 20;
/** Of work, and of rest after it. */
const SLICE_MS = 4;

const placeSchema = z.looseObject({ question: z.number(), round: z.number() });

/** One opening of one question. */
export function openingKey({ question, round }: { readonly question: number; readonly round: number }): string {
  return `${question}.${round}`;
}

interface Heard {
  readonly reader: Reader | null;
  readonly message: string;
}

export class ClassRecord {
  readonly #students = new Map<Reader, StudentFrames>();
  readonly #userIds = new Set<string>();
  #waiting: Heard[] = [];
  frames = 0;
  bytes = 0;
  /** Acknowledgements of commands that had been done before. */
  repeated = 0;
  leaks = 0;
  readonly leaksNamed: string[] = [];
  /** Numbers of the events that counted answers, by opening. */
  readonly countedSeqs = new Map<string, number[]>();
  /** Numbers of the barriers, by opening; each frame of one must say the same. */
  readonly barrierSeqs = new Map<string, Set<number>>();
  /** When the server told the teacher of the class, by its clock. */
  readonly updatesAtMs: number[] = [];

  /** Counts somebody among the students, whose ids are for nobody else. */
  seated({ userId }: Reader): void {
    this.#userIds.add(userId);
  }

  /** Keeps a message until it is looked through; `reader` null: the teacher. */
  hear(reader: Reader | null, message: string): void {
    this.bytes += message.length;
    this.#waiting.push({ reader, message });
  }

  /** Looks through what has come so far, a little at a time: nobody is to wait for it. */
  async lookThrough(): Promise<void> {
    const heard = this.#waiting;
    this.#waiting = [];
    let sliceEndMs = performance.now() + SLICE_MS;
    for (const { reader, message } of heard) {
      for (const frame of framesOf(message)) this.#look(reader, frame);
      if (performance.now() < sliceEndMs) continue;
      await pause(SLICE_MS);
      sliceEndMs = performance.now() + SLICE_MS;
    }
  }

  /** Looks through the rest: nothing more comes. */
  async lookThroughAll(): Promise<void> {
    await this.lookThrough();
    for (const student of this.#students.values()) this.#found(student.leaksLeft);
  }

  #found(leaks: readonly string[]): void {
    this.leaks += leaks.length;
    this.leaksNamed.push(...leaks.slice(0, Math.max(0, LEAKS_NAMED_MAX - this.leaksNamed.length)));
  }

  #look(reader: Reader | null, frame: ToldFrame): void {
    this.frames += 1;
    if (frame.repeated === true) this.repeated += 1;
    if (frame.event === "answer_counted") this.#countedSeqs(frame);
    if (frame.event === "pens_down") this.#barriers(frame);
    if (reader === null) {
      if (frame.event === "class_update") this.updatesAtMs.push(frame.at_ms ?? NaN);
      return;
    }
    this.#found(this.#framesOf(reader).leaksIn(frame));
  }

  #countedSeqs({ data, seq = NaN }: ToldFrame): void {
    const key = openingKey(placeSchema.parse(data));
    this.countedSeqs.set(key, [...this.countedSeqs.get(key) ?? [], seq]);
  }

  #barriers({ data, seq = NaN }: ToldFrame): void {
    const key = openingKey(placeSchema.parse(data));
    this.barrierSeqs.set(key, (this.barrierSeqs.get(key) ?? new Set()).add(seq));
  }

  #framesOf(reader: Reader): StudentFrames {
    const known = this.#students.get(reader);
    if (known !== undefined) return known;
    const made = new StudentFrames(reader, this.#userIds);
    this.#students.set(reader, made);
    return made;
  }
}
