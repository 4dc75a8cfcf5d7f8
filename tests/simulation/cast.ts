/** The kinds of actors a run is played with, wrapped so that the history sees what their rules are asked. */
import { type ActorKind, defineKind } from "../../src/actors/actor_kind.ts";
import type { KindLimits } from "../../src/actors/limits.ts";
import type { EffectRunner } from "../../src/actors/ports.ts";
import { type ActorId, kindOf } from "../../src/domain/address.ts";
import type { Aggregate, Priority } from "../../src/domain/aggregate.ts";
import { ACCOUNT } from "./actors/account.ts";
import { COUNTER, type CounterCommand, type SquareEffect } from "./actors/counter.ts";
import type { Based, Seen } from "./actors/digest.ts";
import { FUSE } from "./actors/fuse.ts";
import type { Errand } from "./errands.ts";
import { type Fold, newFold } from "./fold.ts";
import type { History } from "./history.ts";
import type { QueueRules } from "./queue_rules.ts";
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

/** How soon the actor's mailbox serves this errand. */
export function priorityOf({ command }: Errand): Priority {
  switch (command.type) {
    case "open":
    case "transfer":
    case "light":
    case "receive":
      return ACCOUNT.priorityOf(command);
    case "burn":
    case "boom":
    case "spark":
    case "relay":
      return FUSE.priorityOf(command);
    case "add":
    case "arm":
    case "arm_dud":
    case "disarm":
    case "ring":
    case "ask":
    case "answered":
    case "unanswered":
    case "note":
    case "flash":
    case "refuse":
      return COUNTER.priorityOf(command);
  }
}

function witnessed<State extends Seen, Command, Event extends Based & { readonly type: string }, Effect>(
  aggregate: Aggregate<State, Command, Event, Effect>,
  { time, process, history, queues, leases }: CastParts,
): Aggregate<State, Command, Event, Effect> {
  return {
    ...aggregate,
    decide: (state, command, context) => {
      history.deciding(state.seq, context);
      if (leases === "own") history.ownership.acting(context.actor, process.name, "decides on");
      queues.deciding(context.actor, context.commandId, time.nowMs());
      try {
        return aggregate.decide(state, command, context);
      } catch (fault) {
        queues.failed(context.actor, context.commandId, time.nowMs());
        history.failed(context.actor, context.commandId);
        throw fault;
      }
    },
  };
}

export interface CastParts {
  readonly time: VirtualTime;
  readonly process: SimulatedProcess;
  readonly chance: SeededChance;
  readonly history: History;
  readonly queues: QueueRules;
  /** `inherited`: a dead process of the same name may still end the lease, so that nothing follows from its end. */
  readonly leases: "own" | "inherited";
}

/** The kinds as one process runs them: its effects answer through its gate, late, wrong or never. */
export function castOf(parts: CastParts, limits: KindLimits): readonly ActorKind[] {
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
    defineKind(witnessed(ACCOUNT, parts), none, limits),
    defineKind(witnessed(COUNTER, parts), square, limits),
    defineKind(witnessed(FUSE, parts), none, limits),
  ];
}
