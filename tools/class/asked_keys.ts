/** Looks for the key of what a class is asked in everything else that one of its students is told until the reveal. */
import { z } from "zod";
import { reckon } from "./arithmetic_course.ts";
import type { ToldFrame } from "./told_frames.ts";

/** An answer that came to its session so soon after a question was opened may have been sent before it. */
const ON_ITS_WAY_MS = 1_000;
/** What people say, choose among or have chosen: a right answer there is a peer's, and nobody calls it right. */
const PEOPLES: ReadonlySet<string> = new Set(["response", "options", "prompt", "text", "answer", "answers", "update"]);
/** Times, counts and prices: a number there that is a sum by chance is no answer. */
const COUNTED = /(?:_ms|_at|seq|epoch|version|bytes|amount|balance|points|level)$/;
const HELP: readonly string[] = ["hint", "tutor_said", "tutor_text"];

const askedSchema = z.looseObject({
  item: z.looseObject({ prompt: z.string() }),
  step: z.string().default("open"),
  opened_at_ms: z.number().default(0),
});
const lessonSchema = z.looseObject({ question: askedSchema.nullish() });
const servedSchema = z.looseObject({ item: z.looseObject({ prompt: z.string() }) });
const sessionSchema = z.looseObject({ current_item: servedSchema.nullish() });
const judgedSchema = z.looseObject({ item_ref: z.number(), correct_answer: z.string() });

interface Leaf {
  readonly path: readonly string[];
  readonly value: string | number;
}

/** Every text and number in `value`, with the names that lead to it. */
export function* leavesOf(value: unknown, path: readonly string[]): Generator<Leaf> {
  if (typeof value === "string" || typeof value === "number") yield { path, value };
  else if (typeof value === "object" && value !== null) {
    for (const [name, inner] of Object.entries(value)) yield* leavesOf(inner, [...path, name]);
  }
}

/** Whether it says that `sum` is right, by where it stands. */
function tells({ path, value }: Leaf, sum: string): boolean {
  if (path.some((name) => PEOPLES.has(name))) return false;
  if (typeof value === "number") return `${value}` === sum && !COUNTED.test(path.at(-1) ?? "");
  return new RegExp(`\\b${sum}\\b`).test(value);
}

interface Asked {
  readonly sum: string;
  readonly sinceMs: number;
}

export class AskedKeys {
  /** By lesson. */
  readonly #asked = new Map<string, Asked>();
  /** The right answer to what each session has open. */
  readonly #served = new Map<string, string>();
  /** Answers of sessions that were told in their time; what was told stays told. */
  readonly #told = new Set<string>();
  readonly #known = new Set<string>();
  /** Acknowledgements of which it is not known yet when their answers were decided. */
  readonly #doubts = new Map<string, string>();

  /** What this frame tells of a question that is not revealed, in words. */
  leaksIn(frame: ToldFrame): readonly string[] {
    const channel = frame.channel ?? "";
    if (channel.startsWith("classroom/")) {
      this.#followLesson(channel, frame);
      return [];
    }
    const leaks = [...this.#asked.values()].flatMap((asked) => [...this.#leaks(channel, frame, asked)]);
    if (channel.startsWith("session/")) this.#followSession(channel, frame, leaks.length > 0 ? "leaks" : "clean");
    return leaks;
  }

  /** Acknowledgements that told a key and whose answers nobody heard of. */
  get unheard(): readonly string[] {
    return [...this.#doubts.values()];
  }

  #followLesson(channel: string, { event, data, state }: ToldFrame): void {
    if (event === "question") this.#ask(channel, data);
    if (event === "question_revealed" || event === "question_left" || event === "lesson_closed") {
      this.#asked.delete(channel);
    }
    if (state === undefined || state === null) return;
    const { question = null } = lessonSchema.parse(state);
    if (question === null || question.step === "revealed") this.#asked.delete(channel);
    else this.#ask(channel, question);
  }

  /** A second vote is on the same question: it has been asked since the first. */
  #ask(channel: string, question: unknown): void {
    const { item, opened_at_ms: sinceMs } = askedSchema.parse(question);
    const sum = `${reckon(item.prompt)}`;
    if (this.#asked.get(channel)?.sum !== sum) this.#asked.set(channel, { sum, sinceMs });
  }

  #followSession(channel: string, { event, data, state }: ToldFrame, found: "leaks" | "clean"): void {
    if (event === "lesson_update") this.#served.set(channel, `${reckon(servedSchema.parse(data).item.prompt)}`);
    const open = state === undefined || state === null ? null : sessionSchema.parse(state).current_item ?? null;
    if (open !== null) this.#served.set(channel, `${reckon(open.item.prompt)}`);
    const judged = event === "answered" ? judgedSchema.safeParse(data).data : undefined;
    if (judged === undefined) return;
    this.#doubts.delete(`${channel} ${judged.item_ref}`);
    if (found === "leaks") return;
    this.#told.add(`${channel} ${judged.item_ref}`);
    this.#known.add(judged.correct_answer);
  }

  *#leaks(channel: string, frame: ToldFrame, { sum, sinceMs }: Asked): Generator<string> {
    const { type, event, at_ms: atMs = Infinity, data, state, body, ...rest } = frame;
    if (atMs < sinceMs) return;
    const where = `${event ?? type} of ${channel === "" ? "no channel" : channel.split("/")[0]}`;
    const isOfSession = channel.startsWith("session/");
    const mayBeOnItsWay = isOfSession && atMs < sinceMs + ON_ITS_WAY_MS;
    if (mayBeOnItsWay && (event === "answered" || HELP.includes(event ?? ""))) return;
    if (isOfSession && HELP.includes(event ?? "") && this.#served.get(channel) === sum) {
      yield `${where} helps with what the class is asked`;
    }
    if (isOfSession && this.#known.has(sum)) return;
    const leaf = leavesOf({ data, state, body, rest }, []).find((one) => tells(one, sum));
    if (leaf === undefined) return;
    const told = `${where} ${leaf.path.join(".")} holds the answer to what the class is asked`;
    const judged = judgedSchema.safeParse(body).data;
    if (!isOfSession || judged === undefined) yield told;
    else if (!this.#told.has(`${channel} ${judged.item_ref}`)) this.#doubts.set(`${channel} ${judged.item_ref}`, told);
  }
}
