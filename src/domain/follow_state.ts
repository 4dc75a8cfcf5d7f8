/** What follows, in every aggregate alike, from the way that its state goes in a turn: timers moved, effects begun. */
import type { EventPlace } from "./aggregate.ts";
import type { TimerChange, TurnContext } from "./decision.ts";

/** The state after `events`, as the runtime will reach it once they have their numbers. */
export function stateAfter<State, Event>(
  evolve: (state: State, event: Event, place: EventPlace) => State,
  state: State,
  events: readonly Event[],
  { seq, nowMs }: Pick<TurnContext, "seq" | "nowMs">,
): State {
  return events.reduce((reached, event, i) => evolve(reached, event, { seq: seq + 1 + i, atMs: nowMs }), state);
}

/** When each timer of an aggregate is due, in milliseconds since the Unix epoch; null when it must not run. */
export type DueTimes<Name extends string> = { readonly [name in Name]: number | null };

/** The timer that a turn comes from; null where it is another's. */
export function firedTimer({ origin }: Pick<TurnContext, "origin">): string | null {
  return origin.kind === "timer" ? origin.name : null;
}

/**
 * What the timers need in order to be due as they now are.
 * @param fired one that is set again though it is due when it was
 */
export function timersMoved<Name extends string>(
  was: DueTimes<Name>,
  is: DueTimes<Name>,
  commands: { readonly [name in Name]: unknown },
  fired: string | null,
): readonly TimerChange[] {
  return (Object.keys(commands) as Name[]).flatMap((name): readonly TimerChange[] => {
    const dueMs = is[name];
    if (dueMs === was[name] && name !== fired) return [];
    return dueMs === null ? [{ kind: "clear", name }] : [{ kind: "set", name, dueMs, command: commands[name] }];
  });
}

/** Effects that the state has come to wait for and did not wait for before. */
export function effectsBegun<Effect extends { readonly kind: string; readonly basisSeq: number }>(
  awaitedBefore: readonly Effect[],
  awaited: readonly Effect[],
): readonly Effect[] {
  const was = new Set(awaitedBefore.map(({ kind, basisSeq }) => `${kind} ${basisSeq}`));
  return awaited.filter(({ kind, basisSeq }) => !was.has(`${kind} ${basisSeq}`));
}
