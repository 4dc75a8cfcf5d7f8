/** A kind of actor with its types closed over, so that the registry can hold all kinds alike. */
import type { ActorId } from "../domain/address.ts";
import type { Aggregate } from "../domain/aggregate.ts";
import { Activation } from "./activation.ts";
import type { ActivationHost, Resident } from "./activation_host.ts";
import { DEFAULT_KIND_LIMITS, type KindLimits } from "./limits.ts";
import type { EffectRunner } from "./ports.ts";
import type { KindRules } from "./turn_loop.ts";

export interface ActorKind {
  /** The kind part of its actors' ids. */
  readonly name: string;
  /** Puts an actor of this kind into memory; it reads its state when it is first wanted. */
  open(id: ActorId, host: ActivationHost): Resident;
}

/**
 * A kind from its rules, what runs its effects, and its bounds. Commands reach an actor through `Address<C>`, which
 * only lets a `C` be sent, or from the journal, where they were a `C` when stored: hence the one cast.
 */
export function defineKind<S, C, E extends { readonly type: string }, X>(
  aggregate: Aggregate<S, C, E, X>,
  runEffect: EffectRunner<X, C>,
  limits: KindLimits = DEFAULT_KIND_LIMITS,
): ActorKind {
  const rules: KindRules<S, C, E, X> = {
    aggregate,
    runEffect,
    limits,
    commandOf: (command) => command as C,
  };
  return { name: aggregate.kind, open: (id, host) => new Activation(id, rules, host) };
}
