/** Language models as JSON: how one stands, what its calls cost, and where it is switched off. */
import { z } from "@hono/zod-openapi";
import { LLM_PURPOSES, NO_ANSWER_REASONS } from "../../domain/llm/language_model.ts";
import type { ClassLlmPolicy, LlmCall } from "../../domain/llm/call_records.ts";
import { isoTime, pageQuerySchema, personIdSchema, timeSchema } from "./json_content.ts";

const purposeSchema = z.enum(LLM_PURPOSES);
const outcomeSchema = z.enum(["answered", "cached", ...NO_ANSWER_REASONS]);

export const llmStandingSchema = z.object({
  model: z.string().nullable().openapi({ description: "null: this deployment runs without one" }),
  circuit: z.enum(["closed", "open", "half_open"]).openapi({
    description: "Open: it has failed so often that it is left alone for a while; authored texts stand in",
  }),
  calls_under_way: z.int().openapi({ description: "On the node that answers" }),
  tokens_a_day: z.object({ learner: z.int(), class: z.int() }).nullable(),
}).openapi("LanguageModel");

export const llmCallsQuerySchema = pageQuerySchema.extend({
  purpose: purposeSchema.optional(),
  outcome: outcomeSchema.optional(),
  learner_id: personIdSchema.optional().openapi({ description: "An account; found by its pseudonym" }),
  class_id: personIdSchema.optional(),
});

export const llmCallSchema = z.object({
  id: z.string(),
  at: timeSchema,
  purpose: purposeSchema,
  model: z.string(),
  prompt_hash: z.string().openapi({ description: "SHA-256 of the whole prompt; no text is kept" }),
  learner: z.string().nullable().openapi({ description: "A pseudonym, the one that the model's host is told" }),
  class_id: z.string().nullable(),
  tokens_in: z.int(),
  tokens_out: z.int(),
  first_text_ms: z.int().nullable(),
  answer_ms: z.int(),
  tries: z.int().openapi({ description: "0 where nothing was sent" }),
  outcome: outcomeSchema,
}).openapi("LanguageModelCall");

export function llmCallJson(call: LlmCall): z.infer<typeof llmCallSchema> {
  return {
    id: call.id,
    at: isoTime(call.atMs),
    purpose: call.purpose,
    model: call.model,
    prompt_hash: call.promptHash,
    learner: call.learner,
    class_id: call.classId,
    tokens_in: call.tokensIn,
    tokens_out: call.tokensOut,
    first_text_ms: call.firstTextMs,
    answer_ms: call.answerMs,
    tries: call.tries,
    outcome: call.outcome,
  };
}

export const classLlmChangeSchema = z.object({ allowed: z.boolean() }).openapi("ClassLanguageModelChange");

export const classLlmSchema = z.object({
  allowed: z.boolean(),
  decided_by: z.string().nullable().openapi({ description: "Account that decided; null: nobody yet, so allowed" }),
  decided_at: timeSchema.nullable(),
}).openapi("ClassLanguageModel");

export function classLlmJson(policy: ClassLlmPolicy | null): z.infer<typeof classLlmSchema> {
  if (policy === null) return { allowed: true, decided_by: null, decided_at: null };
  return { allowed: policy.allowed, decided_by: policy.byUserId, decided_at: isoTime(policy.atMs) };
}
