/** A class's live lesson over the real protocol: its people on their channels, with everything that they were told. */
import { z } from "zod";
import { type Channel, NeuroLearn } from "../../web/client/neurolearn.js";
import { lastingPort } from "../support/lasting_port.ts";
import type { ServerProcess } from "../support/server_process.ts";
import { call, enrol, joinClass, type Person, signIn } from "./people.ts";
import { guess, lessonSchema } from "./student.ts";

export const questionSchema = z.looseObject({
  question: z.number(),
  round: z.number(),
  deadline_ms: z.number().nullable(),
  item: lessonSchema.shape.item,
});
export type Question = z.infer<typeof questionSchema>;
const idSchema = z.looseObject({ id: z.string() });

/** Of a server that is to come back at the same place. */
export function settingsIn(dataDir: string) {
  return { PORT: String(lastingPort()), DATA_DIR: dataDir, RATE_LIMITS: "off", BCRYPT_COST: "4", EMOTION: "off" };
}

/** No turn of a room or a debate may be shorter. */
const AWAY_MS_MIN = 15_000;

/** Longer than this server, on its first start, needs to come back on this machine now. */
export function longerThanAwayMs({ startedInMs }: ServerProcess): number {
  return Math.max(AWAY_MS_MIN, Math.round(8_000 + 2 * startedInMs));
}

interface Told {
  readonly type: string;
  readonly data: unknown;
  /** By the server's clock. */
  readonly atMs: number;
}

/** One channel, with everything that was told on it. */
export class Heard {
  readonly all: Told[] = [];
  readonly #waiting: (() => void)[] = [];

  constructor(readonly channel: Channel) {
    channel.on("*", (data, { type, event, at_ms }) => {
      const name = event ?? (type === "joined" || type === "reset" ? "state" : null);
      // Who is here comes under the same frame as the state.
      if (name === null || Array.isArray(data)) return;
      this.all.push({ type: name, data, atMs: at_ms ?? 0 });
      for (const go of this.#waiting.splice(0)) go();
    });
  }

  async told(type: string, times: number): Promise<Told> {
    return await this.#once(() => this.all.filter((one) => one.type === type)[times - 1]);
  }

  /** The first thing told that fits: an event, a digest or the state, whichever brings it. */
  async first(fits: (told: Told) => boolean): Promise<Told> {
    return await this.#once(() => this.all.find(fits));
  }

  async #once(find: () => Told | undefined): Promise<Told> {
    for (let found = find();; found = find()) {
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => void this.#waiting.push(resolve));
    }
  }
}

/** One person on the lesson's channel, and on others as they open them. */
export class Attendee {
  readonly #client: NeuroLearn;
  readonly lesson: Heard;

  constructor(base: string, readonly person: Person, lessonId: string) {
    this.#client = new NeuroLearn(`${base.replace("http", "ws")}/api/v1/socket`, () => person.token);
    this.lesson = this.open(`classroom/${lessonId}`);
  }

  open(channel: string): Heard {
    return new Heard(this.#client.channel(channel));
  }

  nowMs(): number {
    return this.#client.serverNowMs();
  }

  async send(command: string, args: Record<string, unknown> = {}): Promise<unknown> {
    return await this.lesson.channel.send(command, args);
  }

  /** Answers by `chance` in [0, 1) alone, so that right ones and wrong ones come. */
  async answer({ question, round, item }: Question, chance: number): Promise<void> {
    await this.send("answer", { question, round, response: guess(item.form, chance), answered_at_ms: this.nowMs() });
  }

  close(): void {
    this.#client.close();
  }
}

export interface LiveLesson {
  readonly teacher: Attendee;
  readonly students: readonly Attendee[];
  readonly lessonId: string;
}

/** Of the teacher whom the server's demo has made. */
export async function demoPassword(dataDir: string): Promise<string> {
  const text = await Deno.readTextFile(`${dataDir}/demo-accounts.json`);
  return z.looseObject({ teacher: z.string() }).parse(JSON.parse(text)).teacher;
}

/** The teacher whom the server's demo has made. */
export async function demoTeacher(base: string, dataDir: string): Promise<Person> {
  return await signIn(base, "teacher", await demoPassword(dataDir));
}

/** Opens a lesson of a new class with so many students, none of whom has come in yet. */
export async function holdLesson(
  base: string,
  dataDir: string,
  studentCount: number,
  plan: { readonly question_limit_ms: number },
): Promise<LiveLesson> {
  const teacher = await demoTeacher(base, dataDir);
  const post = async (path: string, body: object) =>
    idSchema.parse(await call(base, path, { method: "POST", body: JSON.stringify(body) }, teacher.token)).id;
  const classId = await post("/classes", { title: "Monday" });
  const people: Person[] = [];
  for (let i = 0; i < studentCount; i += 1) {
    const person = await enrol(base, `pupil_${i}`);
    await joinClass(base, classId, teacher, person);
    people.push(person);
  }
  const lessonId = await post(`/classes/${classId}/lessons`, {
    course_id: "elementary-algebra",
    title: "Lines",
    mode: "teacher_paced",
    offline_ms_max: 120_000,
    ...plan,
  });
  const students = people.map((person) => new Attendee(base, person, lessonId));
  return { teacher: new Attendee(base, teacher, lessonId), students, lessonId };
}
