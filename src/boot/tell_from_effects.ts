/** How an effect that is still running tells its actor what it has come to so far. */
import type { TellFromEffect } from "../actors/ports.ts";
import type { Registry } from "../actors/registry.ts";

export function tellFromEffects(registry: () => Registry): TellFromEffect {
  return async (to, command, basisSeq) => {
    const from = { commandId: `effect:${crypto.randomUUID()}`, origin: { kind: "effect", basisSeq } } as const;
    return (await registry().tell(to, command, from)).kind === "done" ? "taken" : "refused";
  };
}
