/** The kinds of actors a run is played with, wrapped so that the history sees what their rules are asked. */
import { type ActorKind, defineKind } from "../../src/actors/actor_kind.ts";
import type { KindLimits } from "../../src/actors/limits.ts";
import type { EffectRunner } from "../../src/actors/ports.ts";
import { type ActorId, kindOf } from "../../src/domain/address.ts";
import type { Aggregate } from "../../src/domain/aggregate.ts";
import { ACCOUNT } from "./actors/account.ts";
import { COUNTER, type CounterCommand, type SquareEffect } from "./actors/counter.ts";
import type { Based, Seen } from "./actors/digest.ts";
import { FUSE } from "./actors/fuse.ts";
import { type Fold, newFold } from "./fold.ts";
import type { History } from "./history.ts";
import type { SeededChance } from "./seeded_chance.ts";
import type { SimulatedProcess } from "./simulated_process.ts";
import type { VirtualTime } from "./virtual_time.ts";

/** An effect that failed on purpose. */
export class EffectFault extends Error {
  override readonly name = "EffectFault";
}

/** The truth of one actor; `actor` must be of a kind of this cast. */
export function foldOf(actor: ActorId): Fold {
  switch (kindOf(actor)) {
    case "account":
      return newFold(ACCOUNT, actor);
    case "fuse":
      return newFold(FUSE, actor);
    case "counter":
  }
  return newFold(COUNTER, actor);
}

function witnessed<State extends Seen, Command, Event extends Based & { readonly type: string }, Effect>(
  aggregate: Aggregate<State, Command, Event, Effect>,
  history: History,
): Aggregate<State, Command, Event, Effect> {
  return {
    ...aggregate,
    decide: (state, command, context) => {
      history.deciding(state.seq, context);
      return aggregate.decide(state, command, context);
    },
  };
}

/** The kinds as one process runs them: its effects answer through its gate, late, wrong or never. */
export function castOf(
  parts: { time: VirtualTime; process: SimulatedProcess; chance: SeededChance; history: History },
  limits: KindLimits,
): readonly ActorKind[] {
  const { time, process, chance, history } = parts;
  const square: EffectRunner<SquareEffect, CounterCommand> = ({ ticket, askedSeq }, actor, signal) => {
    history.effectStarted(actor, askedSeq);
    return new Promise((resolve, reject) => {
      signal.addEventListener("abort", () => reject(new EffectFault("aborted")));
      const fate = chance.weigh([["answers", 8], ["fails", 1], ["hangs", 1]]);
      if (fate === "hangs") return;
      time.in(chance.between(0, 300), () =>
        process.enter(() => {
          if (fate === "fails") reject(new EffectFault("no answer today"));
          else resolve({ type: "answered", ticket, square: ticket * ticket });
        }));
    });
  };
  const none: EffectRunner<never, never> = (effect) => Promise.resolve(effect);
  return [
    defineKind(witnessed(ACCOUNT, history), none, limits),
    defineKind(witnessed(COUNTER, history), square, limits),
    defineKind(witnessed(FUSE, history), none, limits),
  ];
}
