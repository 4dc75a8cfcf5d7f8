/** One try at a host that speaks OpenAI's protocol of chat completions: OpenAI itself, Ollama, llama.cpp and others. */
import { OpenAI } from "openai";
import { z } from "zod";
import type { LlmQuestion } from "../domain/llm/language_model.ts";
import { brokenAnswer, hostFailure } from "./host_failure.ts";
import { CHARACTERS_PER_TOKEN_MAX, RESPONSE_BYTES_MAX, TOKENS_BELIEVED_MAX } from "./limits.ts";
import type { Prompt } from "./prompt.ts";
import { answerOnly } from "./thinking.ts";

const OPENAI = "https://api.openai.com/v1";
/** Hosts on this machine need no key, the client wants one. */
const NO_KEY = "none";
/** Longer than any call lasts: what ends a call is its signal. */
const CLIENT_TIMEOUT_MS = 600_000;

export interface HostSettings {
  /** Null for OpenAI's own. */
  readonly baseUrl: string | null;
  readonly apiKey: string | null;
  /** As the host names it. */
  readonly model: string;
}

export type ChatPiece =
  /** `text` is empty while a model thinks aloud or refuses: it is at work. `written`: characters it wrote, told or not. */
  | { readonly kind: "text"; readonly text: string; readonly written: number }
  | { readonly kind: "cost"; readonly tokensIn: number; readonly tokensOut: number };

/** How an answer ended. `isRefused`: the model, or its host for it, will not answer. */
export interface ChatEnd {
  readonly isCut: boolean;
  readonly isRefused: boolean;
}

/** Of fields that some hosts add in their own way: what is no text counts as not there. */
const sideText = z.string().nullish().catch(null);
const tokens = z.int().min(0).max(TOKENS_BELIEVED_MAX);
/** Of a chunk what is used here; hosts add fields of their own. */
const chunkSchema = z.object({
  choices: z.array(z.object({
    delta: z.object({
      content: z.string().nullish(),
      refusal: sideText,
      // Two names for what a model thinks aloud where its host tells that apart.
      reasoning: sideText,
      reasoning_content: sideText,
    }).nullish(),
    finish_reason: z.string().nullish(),
  })),
  usage: z.object({ prompt_tokens: tokens, completion_tokens: tokens }).nullish().catch(null),
});

/** Reads no more of a body than an answer can need, and follows no redirection: the key goes to its host alone. */
async function guardedFetch(url: string | URL | Request, init?: RequestInit): Promise<Response> {
  const response = await fetch(url, { ...init, redirect: "error" });
  let bytes = 0;
  const counted = response.body?.pipeThrough(
    new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform(part, controller) {
        bytes += part.byteLength;
        if (bytes > RESPONSE_BYTES_MAX) controller.error(brokenAnswer(`more than ${RESPONSE_BYTES_MAX} bytes`));
        else controller.enqueue(part);
      },
    }),
  );
  const { status, statusText, headers } = response;
  return new Response(counted ?? null, { status, statusText, headers });
}

export class ChatHost {
  readonly model: string;
  readonly #client: OpenAI;
  /** OpenAI's newer models know the one name only, most other hosts only the other. */
  readonly #tokensName: "max_completion_tokens" | "max_tokens";

  constructor({ baseUrl, apiKey, model }: HostSettings) {
    this.model = model;
    this.#tokensName = (baseUrl ?? OPENAI).startsWith("https://api.openai.com")
      ? "max_completion_tokens"
      : "max_tokens";
    this.#client = new OpenAI({
      baseURL: baseUrl ?? OPENAI,
      apiKey: apiKey ?? NO_KEY,
      // Named, so that the client does not look for them in the environment.
      organization: null,
      project: null,
      logLevel: "off",
      maxRetries: 0,
      timeout: CLIENT_TIMEOUT_MS,
      fetch: guardedFetch,
    });
  }

  /**
   * The answer's pieces as they come; returns how it ended, `isCut` at the question's `tokensMax`.
   * @throws HostFailure; when `signal` aborts, some error or a return
   */
  async *stream(
    prompt: Prompt,
    { form, tokensMax }: Pick<LlmQuestion, "form" | "tokensMax">,
    pseudonym: string | null,
    signal: AbortSignal,
  ): AsyncGenerator<ChatPiece, ChatEnd> {
    let finish: string | null = null;
    let isRefused = false;
    let charactersLeft = tokensMax * CHARACTERS_PER_TOKEN_MAX;
    const answer = answerOnly();
    try {
      for await (const chunk of await this.#open(prompt, { form, tokensMax }, pseudonym, signal)) {
        const { choices: [choice], usage } = readChunk(chunk);
        if (usage !== null && usage !== undefined) {
          yield { kind: "cost", tokensIn: usage.prompt_tokens, tokensOut: usage.completion_tokens };
        }
        const { content, refusal, reasoning, reasoning_content } = choice?.delta ?? {};
        const text = content ?? "";
        const written = text.length + (refusal ?? "").length + (reasoning_content ?? reasoning ?? "").length;
        charactersLeft -= written;
        if (charactersLeft < 0) throw brokenAnswer("the answer does not end");
        if (written > 0) yield { kind: "text", text: answer(text), written };
        isRefused ||= (refusal ?? "") !== "";
        finish = choice?.finish_reason ?? finish;
      }
    } catch (error) {
      throw hostFailure(error);
    }
    if (finish === null) throw brokenAnswer("the answer broke off");
    return { isCut: finish === "length", isRefused: isRefused || finish === "content_filter" };
  }

  #open(
    { system, user }: Prompt,
    { form, tokensMax }: Pick<LlmQuestion, "form" | "tokensMax">,
    pseudonym: string | null,
    signal: AbortSignal,
  ) {
    return this.#client.chat.completions.create({
      model: this.model,
      messages: [{ role: "system", content: system }, { role: "user", content: user }],
      stream: true,
      stream_options: { include_usage: true },
      [this.#tokensName]: tokensMax,
      ...form === "json" ? { response_format: { type: "json_object" as const } } : {},
      ...pseudonym === null ? {} : { user: pseudonym },
    }, { signal });
  }
}

function readChunk(chunk: unknown): z.infer<typeof chunkSchema> {
  const parsed = chunkSchema.safeParse(chunk);
  if (parsed.success) return parsed.data;
  throw brokenAnswer("a part of the answer is no chunk of a chat completion");
}
