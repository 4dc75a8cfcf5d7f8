/** How a debate follows its class: who leaves has no part in it any more, who comes in has one (V8). */
import { reject, type TurnContext } from "../decision.ts";
import { isEngine } from "../engine.ts";
import { entryOf } from "../entry_of.ts";
import type { EngineDebateCommand } from "./messages.ts";
import { partIn } from "./people.ts";
import { type DebateDecision, passDeserted, settle } from "./settle.ts";
import type { OpenedDebate } from "./state.ts";

/** What was said stays; the turn of a speaker who leaves passes at once. */
export function decideRoster(
  debate: OpenedDebate,
  { upserted, removed }: Extract<EngineDebateCommand, { type: "roster_changed" }>,
  context: TurnContext,
): DebateDecision {
  const { origin } = context;
  if (origin.kind !== "client" || !isEngine(origin.principal)) {
    return reject("forbidden", "Only the class tells who is in it.");
  }
  const now = [
    ...upserted.map((entry) => ({ userId: entry.userId, is: partIn(debate, entry) })),
    ...removed.map((userId) => ({ userId, is: null })),
  ];
  const moves = now.map((one) => ({ ...one, was: entryOf(debate.people, one.userId) })).filter(({ was, is }) =>
    was !== is
  );
  if (moves.length === 0) return settle(debate, [], context);
  return settle(debate, passDeserted(debate, [{ type: "roster_changed", moves }], context), context);
}
