/** A kind of actor with its types closed over, so that the registry can hold all kinds alike. */
import { type ActorId, keyOf } from "../domain/address.ts";
import type { Aggregate } from "../domain/aggregate.ts";
import type { Principal } from "../domain/principal.ts";
import { Activation } from "./activation.ts";
import type { ActivationHost, Resident } from "./activation_host.ts";
import type { ReadOutcome } from "./envelope.ts";
import { DEFAULT_KIND_LIMITS, type KindLimits } from "./limits.ts";
import type { EffectRunner } from "./ports.ts";
import type { KindRules } from "./turn_loop.ts";

export interface ActorKind {
  /** The kind part of its actors' ids. */
  readonly name: string;
  /** Puts an actor of this kind into memory; it reads its state when it is first wanted. */
  open(id: ActorId, host: ActivationHost): Resident;
  /** What `principal` sees at `nowMs` of an actor to which nothing has ever happened. Throws what the rules throw. */
  readUnborn(id: ActorId, principal: Principal, nowMs: number): ReadOutcome;
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
  return {
    name: aggregate.kind,
    open: (id, host) => new Activation(id, rules, host),
    readUnborn(id, principal, nowMs) {
      const state = aggregate.initial(keyOf(id));
      const audience = aggregate.audienceOf(state, principal);
      if (audience === null) return { kind: "forbidden" };
      return { kind: "read", epoch: 0, seq: 0, state: aggregate.view(state, audience, nowMs) };
    },
  };
}
