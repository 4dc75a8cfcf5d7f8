/** Whole learning sessions on the real engine: sessions, learners, choice of items; answered as fast as they come. */
import type { Registry } from "../../src/actors/registry.ts";
import type { Broadcast } from "../../src/actors/envelope.ts";
import { courseSchema } from "../../src/http/documents/course_schemas.ts";
import { assertNever } from "../../src/domain/assert_never.ts";
import type { Course } from "../../src/domain/curriculum/course.ts";
import type { Response } from "../../src/domain/curriculum/rendered_item.ts";
import type { Json } from "../../src/domain/json.ts";
import { sessionAddress } from "../../src/domain/session/messages.ts";
import { z } from "zod";
import { RefusedError } from "./durable_events.ts";

const lessonSchema = z.looseObject({
  item_ref: z.number(),
  item: z.looseObject({
    form: z.looseObject({
      kind: z.enum(["choice", "choices", "number", "text", "ordering", "matching"]),
      units: z.array(z.string()).optional(),
      options: z.array(z.looseObject({ id: z.string() })).optional(),
      entries: z.array(z.looseObject({ id: z.string() })).optional(),
      left: z.array(z.looseObject({ id: z.string() })).optional(),
      right: z.array(z.looseObject({ id: z.string() })).optional(),
    }),
  }),
});
type Lesson = z.infer<typeof lessonSchema>;

export async function demoCourse(): Promise<Course> {
  const file = new URL("../../content/elementary-algebra.json", import.meta.url);
  return courseSchema.parse(JSON.parse(await Deno.readTextFile(file)));
}

/** An answer of the right shape; whether it is right is chance. */
function answerTo({ item: { form } }: Lesson): Response {
  const ids = (list: readonly { readonly id: string }[] | undefined) => (list ?? []).map(({ id }) => id);
  switch (form.kind) {
    case "choice":
      return { kind: "choice", option: ids(form.options)[0] ?? "" };
    case "choices":
      return { kind: "choices", options: ids(form.options).slice(0, 1) };
    case "number":
      return { kind: "number", value: 1, unit: form.units?.[0] ?? null };
    case "ordering":
      return { kind: "ordering", order: ids(form.entries) };
    case "matching": {
      const right = ids(form.right);
      return { kind: "matching", pairs: Object.fromEntries(ids(form.left).map((left, i) => [left, right[i] ?? ""])) };
    }
    case "text":
      return { kind: "text", text: "x" };
    default:
      return assertNever(form.kind);
  }
}

/** A learner in a session, answering each item once it is served. */
export class BusyLearner {
  #lesson: Lesson | null = null;
  #served: (lesson: Lesson) => void = () => undefined;
  #answers = 0;
  readonly #watcher = { deliver: (broadcast: Broadcast) => this.#hear(broadcast), lost: () => undefined };

  constructor(private readonly registry: Registry, readonly sessionId: string, readonly learnerId: string) {}

  get #origin() {
    return { kind: "client", principal: { userId: this.learnerId, role: "student" } } as const;
  }

  /** Starts the session and watches it; resolves once the first item is there. */
  async start(courseId: string): Promise<void> {
    const plan = {
      learnerId: this.learnerId,
      courseId,
      classId: null,
      topic: null,
      learningObjectives: [],
      difficulty: null,
      targetItems: 500,
    };
    const to = sessionAddress(this.sessionId);
    const reply = await this.registry.tell(to, { type: "create", plan }, { commandId: "create", origin: this.#origin });
    if (reply.kind !== "done") throw new RefusedError(JSON.stringify(reply));
    const watching = await this.registry.watch(to, this.#origin.principal, { epoch: 1, seq: 1 }, this.#watcher);
    if (watching.kind === "resumed") { for (const missed of watching.missed) this.#hear(missed); }
    await this.#next();
  }

  /** Answers the open item; resolves to the milliseconds until its acknowledgement, once the next item is there. */
  async answer(): Promise<number> {
    const lesson = await this.#next();
    this.#lesson = null;
    const begunMs = performance.now();
    const command = { type: "answer", item: lesson.item_ref, response: answerTo(lesson) } as const;
    const from = { commandId: `a${this.#answers++}`, origin: this.#origin };
    const reply = await this.registry.tell(sessionAddress(this.sessionId), command, from);
    if (reply.kind !== "done") throw new RefusedError(JSON.stringify(reply));
    const waitMs = performance.now() - begunMs;
    await this.#next();
    return waitMs;
  }

  /** Stops watching, so that the session may be passivated. */
  leave(): void {
    this.registry.unwatch(sessionAddress(this.sessionId), this.#watcher);
  }

  #next(): Promise<Lesson> {
    if (this.#lesson !== null) return Promise.resolve(this.#lesson);
    return new Promise((resolve) => this.#served = resolve);
  }

  #hear({ type, data }: { readonly type: string; readonly data: Json }): void {
    if (type !== "lesson_update") return;
    this.#lesson = lessonSchema.parse(data);
    this.#served(this.#lesson);
  }
}
