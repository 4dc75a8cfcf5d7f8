/** Opens the language model of the settings, with its records in the store. */
import type { Meter } from "../actors/ports.ts";
import type { ClassLlmPolicies } from "../domain/llm/call_records.ts";
import { OpenAiModel } from "../llm/open_ai_model.ts";
import type { Pseudonyms } from "../llm/pseudonyms.ts";
import type { OpenStore } from "../store/open_store.ts";
import type { LanguageModelSettings } from "./language_model_settings.ts";
import type { Log } from "./log.ts";
import { systemChance, systemClock } from "./system_ports.ts";

export interface LanguageModelParts {
  readonly settings: LanguageModelSettings | null;
  readonly store: Pick<OpenStore, "llmCalls" | "classLlmPolicies">;
  readonly pseudonyms: Pseudonyms;
  readonly meter: Meter;
  readonly log: Log;
}

/** Whether a class may use language models: until somebody has said otherwise it may. */
async function isAllowed(policies: Pick<ClassLlmPolicies, "current">, classId: string): Promise<boolean> {
  return (await policies.current(classId))?.allowed ?? true;
}

/** Null where the deployment runs without one. */
export function openLanguageModel({ settings, store, pseudonyms, meter, log }: LanguageModelParts): OpenAiModel | null {
  if (settings === null) return null;
  const { host, limits } = settings;
  log.write("info", "language model", { model: host.model, host: host.baseUrl ?? "OpenAI" });
  return new OpenAiModel({
    host,
    limits,
    calls: store.llmCalls,
    classAllows: (classId) => isAllowed(store.classLlmPolicies, classId),
    pseudonyms,
    clock: systemClock,
    chance: systemChance,
    meter,
    onFailure: (what, reason) => log.write("warn", what, { reason }),
  });
}
