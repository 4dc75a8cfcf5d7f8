/** What runs beside a session's turns: bringing its next item, by the engine's choice or by its teacher's. */
import type { EffectRunner } from "../actors/ports.ts";
import { assertNever } from "../domain/assert_never.ts";
import type { SessionCommand, SessionEffect } from "../domain/session/messages.ts";
import type { ChoiceSources } from "./choice_basis.ts";
import { createChooseItem } from "./choose_item.ts";
import { createServeOverride } from "./serve_override.ts";

export function createSessionEffects(sources: ChoiceSources): EffectRunner<SessionEffect, SessionCommand> {
  const chooseItem = createChooseItem(sources);
  const serveOverride = createServeOverride(sources);
  return (effect, actor, signal) => {
    switch (effect.kind) {
      case "choose_item":
        return chooseItem(effect, actor, signal);
      case "serve_override":
        return serveOverride(effect, actor, signal);
      default:
        return assertNever(effect);
    }
  };
}
