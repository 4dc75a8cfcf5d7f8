/** Looks through a student's frames for what is not theirs to know: keys of what is open, and others' answers. */
import { z } from "zod";
import { EXPLANATION_MARK, HINT_MARK, reckon } from "./arithmetic_course.ts";
import { AskedKeys, leavesOf } from "./asked_keys.ts";
import { OWN_WRONG_FIRST } from "./item_seen.ts";
import type { ToldFrame } from "./told_frames.ts";

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const OWN_WRONG = /\b7000\d{3}\b/g;
/** Members that tell what is right. */
const KEY_MEMBERS: readonly string[] = ["key", "correct_answer", "explanation", "correct", "your_result", "answers"];

const itemSchema = z.looseObject({ prompt: z.string() });
const askedSchema = z.looseObject({ item: itemSchema });
const stateSchema = z.looseObject({
  question: z.looseObject({ item: itemSchema, step: z.string() }).nullish(),
  current_item: askedSchema.nullish(),
});
const judgedSchema = z.looseObject({ correct_answer: z.string() });

/** Whose frames they are. */
export interface Reader {
  readonly userId: string;
  /** Their place in the class, which makes their wrong answers their own. */
  readonly index: number;
}

/** The names under which something that is not null stands, at any depth. */
function* membersOf(value: unknown): Generator<string> {
  if (typeof value !== "object" || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    if (inner !== null) yield name;
    yield* membersOf(inner);
  }
}

/** In a room of a lesson names and votes are told by those in it; what is right is not told at all. */
function* ofRoom({ type, event, data, state }: ToldFrame): Generator<string> {
  for (const { path, value } of leavesOf({ data, state }, [])) {
    const text = `${value}`;
    if (text.includes(EXPLANATION_MARK) || text.includes(HINT_MARK) || path.at(-1) === "correct_answer") {
      yield `${event ?? type} ${path.join(".")} tells what is right`;
    }
  }
}

export class StudentFrames {
  /** The right answer to what is open, by channel. */
  readonly #open = new Map<string, string>();
  readonly #askedKeys = new AskedKeys();

  constructor(private readonly reader: Reader, private readonly students: ReadonlySet<string>) {}

  /** What this frame tells that it should not, in words; nothing, as a rule. */
  leaksIn(frame: ToldFrame): readonly string[] {
    const asked = this.#askedKeys.leaksIn(frame);
    const channel = frame.channel ?? "";
    const [kind] = channel.split("/");
    switch (kind) {
      case "classroom":
      case "session":
        this.#follow(channel, frame);
        return [...asked, ...this.#ofOthers(frame), ...this.#ofKey(channel, kind, frame)];
      // Those in a room see what the others there say and answer.
      case "room":
        return [...asked, ...ofRoom(frame)];
      default:
        return [...asked, ...this.#ofOthers(frame)];
    }
  }

  /** What is left once all has been read. */
  get leaksLeft(): readonly string[] {
    return this.#askedKeys.unheard;
  }

  /** What is open once this frame has been read; its own reveal may tell. */
  #follow(channel: string, { event, data, state }: ToldFrame): void {
    switch (event) {
      case "question":
      case "lesson_update":
        this.#open.set(channel, `${reckon(askedSchema.parse(data).item.prompt)}`);
        break;
      case "question_revealed":
      case "question_left":
      case "answered":
      case "skipped":
      case "completed":
        this.#open.delete(channel);
        break;
    }
    if (state === undefined || state === null) return;
    const { question, current_item } = stateSchema.parse(state);
    const item = question?.step === "revealed" ? null : question?.item ?? current_item?.item ?? null;
    if (item === null) this.#open.delete(channel);
    else this.#open.set(channel, `${reckon(item.prompt)}`);
  }

  /** A spotlight shows the class what its teacher wants shown. */
  *#ofOthers({ event, data, state, body, ...rest }: ToldFrame): Generator<string> {
    if (event === "spotlight") return;
    for (const { path, value } of leavesOf({ data, state, body, rest }, [])) {
      const where = `${event ?? rest.type} ${path.join(".")}`;
      const text = `${value}`;
      for (const [id] of text.matchAll(UUID)) {
        if (id !== this.reader.userId && this.students.has(id)) yield `${where} names another student`;
      }
      for (const [number] of text.matchAll(OWN_WRONG)) {
        if (Number(number) !== OWN_WRONG_FIRST + this.reader.index) yield `${where} holds another student's answer`;
      }
    }
  }

  *#ofKey(channel: string, kind: string, { type, event, data, state, body }: ToldFrame): Generator<string> {
    const sum = this.#open.get(channel);
    // What an answer came to is told with its own item, which is closed, whichever has been served since.
    if (sum === undefined || (kind === "session" && judgedSchema.safeParse(body).success)) return;
    const where = event ?? type;
    for (const { path, value } of leavesOf({ data, state, body }, [])) {
      const text = `${value}`;
      const mayHold = path.includes("response") || path.includes("options") || path.includes("prompt");
      if (!mayHold && new RegExp(`\\b${sum}\\b`).test(text)) yield `${where} ${path.join(".")} holds the right answer`;
      // In a session of their own they may have asked for help.
      if (kind === "session") continue;
      if (text.includes(EXPLANATION_MARK)) yield `${where} ${path.join(".")} explains what is open`;
      if (text.includes(HINT_MARK)) yield `${where} ${path.join(".")} holds a hint`;
    }
    const { question, current_item } = stateSchema.safeParse(state).data ?? {};
    // A worked example is of another item.
    const item = event === "intervention" ? null : { data, question, current_item };
    for (const name of membersOf(item)) if (KEY_MEMBERS.includes(name)) yield `${where} has a member ${name}`;
  }
}
