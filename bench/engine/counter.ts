/** The smallest actor that stores something: one event a command. */
import type { Aggregate } from "../../src/domain/aggregate.ts";
import { accept } from "../../src/domain/decision.ts";
import { assertNever } from "../../src/domain/assert_never.ts";
import { type Address, addressOf } from "../../src/domain/address.ts";

export interface Counted {
  readonly type: "counted";
  readonly by: number;
}

export const counter: Aggregate<{ readonly total: number }, Counted, Counted, never> = {
  kind: "counter",
  schemaVersion: 1,
  initial: () => ({ total: 0 }),
  decide: (state, command) => accept([command], { reply: state.total + command.by }),
  evolve: (state, event) => ({ total: state.total + event.by }),
  upcastState: (_version, stored) => stored as { total: number },
  upcastEvent: (_version, _type, stored) => stored as Counted,
  priorityOf: () => "graded",
  pendingEffects: () => [],
  effectFailed: (effect) => assertNever(effect),
  audienceOf: () => "all",
  view: (state) => ({ ...state }),
  project: (event) => ({ type: event.type, data: event.by }),
  listing: () => null,
};

export function counterAddress(index: number): Address<Counted> {
  return addressOf<Counted>("counter", `c${index}`);
}
