/** A student of the class that is drawn: right or wrong by a fixed rule, so that the picture is much the same each time. */
import { z } from "zod";
import type { Item } from "../../src/domain/curriculum/course.ts";
import { renderItem } from "../../src/domain/curriculum/render_item.ts";
import { type Channel, NeuroLearn } from "../../web/client/neurolearn.js";

const SEEDS_MAX = 100_000;
const MISSES_OF_WEAKEST = 0.6;

const optionsSchema = z.array(z.object({ id: z.string(), text: z.string() }));
const askedSchema = z.looseObject({
  question: z.number(),
  item: z.looseObject({
    prompt: z.string(),
    form: z.looseObject({ kind: z.literal("choice"), options: optionsSchema }),
  }),
});
type Asked = z.infer<typeof askedSchema>;

/** What is right, told by drawing the item again until it reads the same; null where it never does. */
function rightText(item: Item, prompt: string): string | null {
  for (let seed = 0; seed < SEEDS_MAX; seed += 1) {
    const { key, form, ...drawn } = renderItem(item, seed);
    if (drawn.prompt !== prompt || key.kind !== "choice" || form.kind !== "choice") continue;
    return form.options.find(({ id }) => id === key.option)?.text ?? null;
  }
  return null;
}

export class Pupil {
  readonly #client: NeuroLearn;
  readonly #channel: Channel;
  #asked = Promise.withResolvers<Asked>();

  /** `strength`: from 0, who often errs, to 1, who never does. */
  constructor(private readonly strength: number, server: string, lessonId: string, token: string) {
    this.#client = new NeuroLearn(`${server.replace("http", "ws")}/api/v1/socket`, () => token);
    this.#channel = this.#client.channel(`classroom/${lessonId}`);
    this.#channel.on("question", (asked) => this.#asked.resolve(askedSchema.parse(asked)));
  }

  nowMs(): number {
    return this.#client.serverNowMs();
  }

  send(command: string, args: Record<string, unknown> = {}): Promise<unknown> {
    return this.#channel.send(command, args);
  }

  /** Answers the question that has come or is to come. */
  async answer(item: Item, round: number): Promise<void> {
    const { question, item: { prompt, form: { options } } } = await this.#asked.promise;
    this.#asked = Promise.withResolvers();
    const right = rightText(item, prompt);
    const wrong = options.filter(({ text }) => text !== right);
    const misses = (this.strength * 7 + round * 0.37) % 1 < MISSES_OF_WEAKEST * (1 - this.strength);
    // Most slips are the same one.
    const chosen = misses ? wrong[this.strength < 0.5 ? 0 : 1] : options.find(({ text }) => text === right);
    const response = { kind: "choice", option: chosen?.id ?? "" };
    await this.send("answer", { question, response, answered_at_ms: this.nowMs() });
  }

  close(): void {
    this.#client.close();
  }
}
