/** What runs beside a session's turns: bringing its next item, by the engine's choice or by its teacher's; the tutor. */
import type { EffectRunner, TellFromEffect } from "../actors/ports.ts";
import { assertNever } from "../domain/assert_never.ts";
import type { LanguageModel } from "../domain/llm/language_model.ts";
import type { SessionCommand, SessionEffect } from "../domain/session/messages.ts";
import { createAskTutor } from "./ask_tutor.ts";
import type { ChoiceSources } from "./choice_basis.ts";
import { createChooseItem } from "./choose_item.ts";
import type { AskedSource } from "./held_back.ts";
import { createServeOverride } from "./serve_override.ts";

/** @param model null where the deployment runs without a language model */
export function createSessionEffects(
  sources: ChoiceSources & AskedSource,
  model: LanguageModel | null,
  tell: TellFromEffect,
): EffectRunner<SessionEffect, SessionCommand> {
  const chooseItem = createChooseItem(sources);
  const serveOverride = createServeOverride(sources);
  const askTutor = createAskTutor(model, tell);
  return (effect, actor, signal) => {
    switch (effect.kind) {
      case "choose_item":
        return chooseItem(effect, actor, signal);
      case "serve_override":
        return serveOverride(effect, actor, signal);
      case "ask_tutor":
        return askTutor(effect, actor, signal);
      default:
        return assertNever(effect);
    }
  };
}
