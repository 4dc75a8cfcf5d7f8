/** A student on one socket with several sessions, who answers what comes and remembers every acknowledgement. */
import { z } from "zod";
import type { Response } from "../../src/domain/curriculum/rendered_item.ts";
import { assertNever } from "../../src/domain/assert_never.ts";
import { type Channel, NeuroLearn } from "../../web/client/neurolearn.js";
import type { Person } from "./people.ts";

const named = z.array(z.looseObject({ id: z.string() }));
const formSchema = z.discriminatedUnion("kind", [
  z.looseObject({ kind: z.literal("choice"), options: named }),
  z.looseObject({ kind: z.literal("choices"), options: named }),
  z.looseObject({ kind: z.literal("number"), units: z.array(z.string()) }),
  z.looseObject({ kind: z.literal("text") }),
  z.looseObject({ kind: z.literal("ordering"), entries: named }),
  z.looseObject({ kind: z.literal("matching"), left: named, right: named }),
]);
export const lessonSchema = z.looseObject({ item_ref: z.number(), item: z.looseObject({ form: formSchema }) });
export type Lesson = z.infer<typeof lessonSchema>;
export const stateSchema = z.looseObject({ current_item: lessonSchema.nullable() });
const gradedSchema = z.looseObject({ correct: z.boolean(), score: z.number() });

/** An answer of the right shape, chosen by `chance` in [0, 1). */
export function guess(form: z.infer<typeof formSchema>, chance: number): Response {
  switch (form.kind) {
    case "choice":
      return { kind: "choice", option: form.options[Math.floor(chance * form.options.length)]?.id ?? "" };
    case "choices":
      return { kind: "choices", options: form.options.slice(0, 1).map(({ id }) => id) };
    case "number":
      return { kind: "number", value: Math.floor(chance * 20) - 5, unit: form.units[0] ?? null };
    case "text":
      return { kind: "text", text: "slope" };
    case "ordering":
      return { kind: "ordering", order: form.entries.map(({ id }) => id) };
    case "matching":
      return {
        kind: "matching",
        pairs: Object.fromEntries(form.left.map(({ id }, i) => [id, form.right[i]?.id ?? ""])),
      };
    default:
      return assertNever(form);
  }
}

export interface Acknowledged {
  readonly item: number;
  readonly correct: boolean;
  readonly score: number;
}

/** What one session's student saw. */
export interface Seen {
  readonly sessionId: string;
  readonly acknowledged: Acknowledged[];
  /** Numbers of the events that came, in the order they came. */
  readonly events: number[];
  emotions: number;
}

export interface StudentParts {
  readonly person: Person;
  readonly sessionIds: readonly string[];
  readonly chance: () => number;
  readonly photograph: Uint8Array;
  readonly answered: () => void;
}

const FRAME_EVERY_ANSWERS = 7;

export class Student {
  readonly seen: readonly Seen[];
  readonly #parts: StudentParts;
  readonly #client: NeuroLearn;
  readonly #working = new Set<Promise<void>>();
  #isStopping = false;

  constructor(base: string, parts: StudentParts) {
    this.#parts = parts;
    this.#client = new NeuroLearn(`${base.replace("http", "ws")}/api/v1/socket`, () => parts.person.token);
    this.seen = parts.sessionIds.map((sessionId) => this.#attend(sessionId));
  }

  get person(): Person {
    return this.#parts.person;
  }

  /** Answers nothing new; resolves once every answer that was sent has been acknowledged. */
  async finish(): Promise<void> {
    this.#isStopping = true;
    while (this.#working.size > 0) await Promise.all(this.#working);
    this.#client.close();
  }

  #attend(sessionId: string): Seen {
    const channel = this.#client.channel(`session/${sessionId}`);
    const seen: Seen = { sessionId, acknowledged: [], events: [], emotions: 0 };
    const items = new Set<number>();
    const meet = (lesson: Lesson) => {
      if (this.#isStopping || items.has(lesson.item_ref)) return;
      items.add(lesson.item_ref);
      const work = this.#answer(channel, lesson, seen).finally(() => this.#working.delete(work));
      this.#working.add(work);
    };
    channel.on("*", (_data, place) => {
      if (place.type === "event") seen.events.push(place.seq);
    });
    channel.on("emotion", () => seen.emotions += 1);
    channel.on("state", (state) => {
      const { current_item } = stateSchema.parse(state);
      if (current_item !== null) meet(current_item);
    });
    channel.on("lesson_update", (lesson) => meet(lessonSchema.parse(lesson)));
    return seen;
  }

  async #answer(channel: Channel, { item_ref: item, item: { form } }: Lesson, seen: Seen): Promise<void> {
    if (seen.acknowledged.length % FRAME_EVERY_ANSWERS === 0) {
      this.#client.sendCameraFrame(channel, "jpeg", this.#parts.photograph);
    }
    const response = guess(form, this.#parts.chance());
    const { correct, score } = gradedSchema.parse(await channel.send("answer", { item, response }));
    seen.acknowledged.push({ item, correct, score });
    this.#parts.answered();
  }
}
