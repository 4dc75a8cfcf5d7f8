/** The language model before a real HTTP server, with records in memory and a clock that the test moves. */
import type { LlmOutcome, LlmQuestion } from "../../src/domain/llm/language_model.ts";
import type { LlmCall, LlmCalls } from "../../src/domain/llm/call_records.ts";
import type { TokenLimits } from "../../src/llm/budgets.ts";
import { OpenAiModel } from "../../src/llm/open_ai_model.ts";
import { Pseudonyms } from "../../src/llm/pseudonyms.ts";
import { CountingMeter, ManualClock } from "../ml/manual_clock.ts";
import { SeededChance } from "../simulation/seeded_chance.ts";
import { type Behaviour, ChatServer } from "./chat_server.ts";

export const QUESTION: LlmQuestion = {
  purpose: "tutor",
  rules: "You help a learner. Ask one short question that brings them on, and never say what the answer is.",
  data: [{ name: "learner", text: "I am stuck." }],
  form: "text",
  tokensMax: 100,
  answerMsMax: 20_000,
  learnerId: "ada",
  classId: null,
};

/** Records in memory, summed as the store sums them. */
export class RecordedCalls implements Pick<LlmCalls, "record" | "spent"> {
  readonly calls: LlmCall[] = [];

  record(call: LlmCall): Promise<void> {
    this.calls.push(call);
    return Promise.resolve();
  }

  spent(sinceMs: number, { learner, classId }: Pick<LlmCall, "learner" | "classId">) {
    const sum = (isMine: (call: LlmCall) => boolean) =>
      this.calls.filter((call) => call.atMs >= sinceMs && isMine(call))
        .reduce((tokens, { tokensIn, tokensOut }) => tokens + tokensIn + tokensOut, 0);
    return Promise.resolve({
      learner: learner === null ? 0 : sum((call) => call.learner === learner),
      ofClass: classId === null ? 0 : sum((call) => call.classId === classId),
    });
  }
}

export interface Heard {
  readonly outcome: LlmOutcome;
  readonly pieces: readonly string[];
}

export class ModelWorld {
  readonly clock = new ManualClock();
  readonly meter = new CountingMeter();
  readonly records = new RecordedCalls();
  readonly failures: string[] = [];
  readonly offClasses = new Set<string>();
  readonly server: ChatServer;
  readonly model: OpenAiModel;

  private constructor(behaviours: Behaviour[], limits: TokenLimits, pseudonyms: Pseudonyms) {
    this.server = new ChatServer(...behaviours);
    this.model = new OpenAiModel({
      host: { baseUrl: this.server.baseUrl, apiKey: "a key", model: "small" },
      limits,
      calls: this.records,
      classAllows: (classId) => Promise.resolve(!this.offClasses.has(classId)),
      pseudonyms,
      clock: this.clock,
      chance: new SeededChance(3),
      meter: this.meter,
      onFailure: (what, reason) => void this.failures.push(`${what}: ${reason}`),
    });
  }

  static async open(
    behaviours: Behaviour[],
    limits: TokenLimits = { learnerDay: 100_000, classDay: 100_000 },
  ): Promise<ModelWorld> {
    return new ModelWorld(behaviours, limits, await Pseudonyms.open("a secret of this test"));
  }

  async ask(question: Partial<LlmQuestion> = {}, signal = new AbortController().signal): Promise<Heard> {
    const pieces: string[] = [];
    const outcome = await this.model.ask({ ...QUESTION, ...question }, (piece) => void pieces.push(piece), signal);
    return { outcome, pieces };
  }

  /** Asks something that was not asked before. */
  askAnew(): Promise<Heard> {
    return this.ask({ data: [{ name: "learner", text: `Question ${crypto.randomUUID()}` }] });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.server.close();
  }
}

/** The reason that there is no answer; the text where there is one. */
export function endOf({ outcome }: Heard): string {
  return outcome.kind === "no_answer" ? outcome.reason : outcome.text;
}

/** Resolves when the next try waits for its time. */
export async function pausing(world: ModelWorld): Promise<void> {
  const before = world.clock.pendingAlarms;
  await world.server.arrival;
  // The limit of the first piece is set and cleared around the try; what is set after that is the pause.
  do await world.clock.alarmSet(); while (world.clock.pendingAlarms < Math.max(2, before));
}
