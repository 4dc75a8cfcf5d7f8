/** The settings of the language model: which host, which model, and how much of it a day. */
import { z } from "zod";
import { whole } from "./whole_setting.ts";

const LEARNER_TOKENS_DEFAULT = 30_000;
const CLASS_TOKENS_DEFAULT = 600_000;
const TOKENS_MAX = 999_999_999;

export const LANGUAGE_MODEL_VARIABLES = {
  OPENAI_API_KEY: z.string().min(1).optional(),
  OPENAI_BASE_URL: z.string().refine(
    (text) => URL.canParse(text) && /^https?:/.test(text),
    "is not a URL such as http://127.0.0.1:11434/v1",
  ).optional(),
  LLM_MODEL: z.string().trim().min(1).max(200).optional(),
  LLM_TOKENS_LEARNER_DAY: whole(0, TOKENS_MAX).default(LEARNER_TOKENS_DEFAULT),
  LLM_TOKENS_CLASS_DAY: whole(0, TOKENS_MAX).default(CLASS_TOKENS_DEFAULT),
  LLM_RETENTION_DAYS: whole(1, 365).default(30),
};

const variables = z.object(LANGUAGE_MODEL_VARIABLES);
type Variables = z.infer<typeof variables>;

export interface LanguageModelSettings {
  readonly host: { readonly baseUrl: string | null; readonly apiKey: string | null; readonly model: string };
  /** Tokens a day. */
  readonly limits: { readonly learnerDay: number; readonly classDay: number };
}

type Given = { readonly [name: string]: string | undefined };

function isOnThisMachine(url: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(url).hostname);
}

/** What the variables demand of each other; read from the raw texts, so that no fault hides another. */
export function languageModelFaults(given: Given): readonly string[] {
  const { NEUROLEARN_ENV, LLM_MODEL, OPENAI_API_KEY, OPENAI_BASE_URL: baseUrl } = given;
  if (LLM_MODEL === undefined) return [];
  if (OPENAI_API_KEY === undefined && baseUrl === undefined) {
    return ["LLM_MODEL: needs OPENAI_API_KEY, or OPENAI_BASE_URL of a host such as Ollama or llama.cpp"];
  }
  const isOpen = baseUrl !== undefined && URL.canParse(baseUrl) && baseUrl.startsWith("http:") &&
    !isOnThisMachine(baseUrl);
  return NEUROLEARN_ENV === "production" && OPENAI_API_KEY !== undefined && isOpen
    ? ["OPENAI_BASE_URL: must begin with https:// in production where OPENAI_API_KEY is sent to another machine"]
    : [];
}

/** Null without a model's name: a key that lies in the environment for something else sends nobody's words anywhere. */
export function languageModelSettings(environment: Variables): LanguageModelSettings | null {
  const { LLM_MODEL, OPENAI_API_KEY, OPENAI_BASE_URL, LLM_TOKENS_LEARNER_DAY, LLM_TOKENS_CLASS_DAY } = environment;
  if (LLM_MODEL === undefined) return null;
  return {
    host: { baseUrl: OPENAI_BASE_URL ?? null, apiKey: OPENAI_API_KEY ?? null, model: LLM_MODEL },
    limits: { learnerDay: LLM_TOKENS_LEARNER_DAY, classDay: LLM_TOKENS_CLASS_DAY },
  };
}

export function unusedLanguageModelVariables(environment: Variables): readonly string[] {
  if (environment.LLM_MODEL !== undefined) return [];
  return (["OPENAI_API_KEY", "OPENAI_BASE_URL"] as const).filter((name) => environment[name]);
}
