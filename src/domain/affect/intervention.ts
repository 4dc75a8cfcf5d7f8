/** Suggestions made to a learner: how often, and what the learner's answers make of that. They never grade. */

/** `easier_item` says that easier items come, `easier_on_request` that they may be asked for. */
const INTERVENTION_KINDS = [
  "hint",
  "easier_item",
  "easier_on_request",
  "worked_example",
  "break",
  "praise",
  "teacher_attention",
] as const;
export type InterventionKind = typeof INTERVENTION_KINDS[number];
export type InterventionReply = "helped" | "not_now" | "stop";

/** Between any two, of whatever kind. */
export const INTERVENTION_GAP_MS_MIN = 2 * 60_000;
export const INTERVENTIONS_PER_HOUR_MAX = 6;
const HOUR_MS = 60 * 60_000;

/** Between two of one kind, unless the learner's answers say otherwise. */
export const COOL_DOWN_MS: { readonly [kind in InterventionKind]: number } = {
  hint: 4 * 60_000,
  easier_item: 5 * 60_000,
  easier_on_request: 5 * 60_000,
  worked_example: 5 * 60_000,
  break: 20 * 60_000,
  praise: 6 * 60_000,
  teacher_attention: 10 * 60_000,
};
/** What `not_now` multiplies a kind's cool-down by, up to an hour; `helped` takes it back as far as the kind's own. */
const NOT_NOW_FACTOR = 2;

interface Made {
  readonly atMs: number;
  /** Items closed in the session by then: nothing is suggested twice while nothing has moved on. */
  readonly itemsMet: number;
  /** From the suggestion, or from the learner's answer to it. */
  readonly coolFromMs: number;
  readonly coolDownMs: number;
}

export interface InterventionRecord {
  readonly made: { readonly [kind in InterventionKind]?: Made };
  /** Of the last hour, oldest first. */
  readonly hourMs: readonly number[];
  /** The learner wants none in this session; their teacher may still be called. */
  readonly stopped: boolean;
}

export const NO_INTERVENTIONS: InterventionRecord = { made: {}, hourMs: [], stopped: false };

function both(a: Made | undefined, b: Made | undefined): Made | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  const longest = a.coolFromMs + a.coolDownMs > b.coolFromMs + b.coolDownMs ? a : b;
  return { ...longest, atMs: Math.max(a.atMs, b.atMs), itemsMet: Math.max(a.itemsMet, b.itemsMet) };
}

/** Both as one, for what keeps its distance from either. */
export function together(a: InterventionRecord, b: InterventionRecord): InterventionRecord {
  const kinds = INTERVENTION_KINDS.flatMap((kind) => {
    const made = both(a.made[kind], b.made[kind]);
    return made === undefined ? [] : [[kind, made] as const];
  });
  return {
    made: Object.fromEntries(kinds),
    hourMs: [...a.hourMs, ...b.hourMs].sort((one, other) => one - other),
    stopped: a.stopped || b.stopped,
  };
}

/** Whether one of this kind may be made now: not stopped, not too soon, not too often, not on the same work again. */
export function mayIntervene(
  record: InterventionRecord,
  kind: InterventionKind,
  itemsMet: number,
  nowMs: number,
): boolean {
  if (record.stopped && kind !== "teacher_attention") return false;
  const lately = record.hourMs.filter((atMs) => nowMs - atMs < HOUR_MS);
  if (lately.length >= INTERVENTIONS_PER_HOUR_MAX) return false;
  if (nowMs - (lately.at(-1) ?? -Infinity) < INTERVENTION_GAP_MS_MIN) return false;
  const before = record.made[kind];
  return before === undefined || (before.itemsMet < itemsMet && nowMs - before.coolFromMs >= before.coolDownMs);
}

/** The record with one more. */
export function intervened(
  record: InterventionRecord,
  kind: InterventionKind,
  itemsMet: number,
  atMs: number,
): InterventionRecord {
  const coolDownMs = record.made[kind]?.coolDownMs ?? COOL_DOWN_MS[kind];
  return {
    ...record,
    made: { ...record.made, [kind]: { atMs, itemsMet, coolFromMs: atMs, coolDownMs } },
    hourMs: [...record.hourMs.filter((madeMs) => atMs - madeMs < HOUR_MS), atMs],
  };
}

function tuned(made: Made, kind: InterventionKind, reply: InterventionReply, atMs: number): Made {
  switch (reply) {
    case "helped":
      return { ...made, coolDownMs: Math.max(COOL_DOWN_MS[kind], made.coolDownMs / NOT_NOW_FACTOR) };
    case "not_now":
      return { ...made, coolFromMs: atMs, coolDownMs: Math.min(HOUR_MS, made.coolDownMs * NOT_NOW_FACTOR) };
    case "stop":
      return made;
  }
}

/** The record after the learner's answer to the newest suggestion of this kind. */
export function replied(
  record: InterventionRecord,
  kind: InterventionKind,
  reply: InterventionReply,
  atMs: number,
): InterventionRecord {
  const before = record.made[kind];
  return {
    ...record,
    made: before === undefined ? record.made : { ...record.made, [kind]: tuned(before, kind, reply, atMs) },
    stopped: record.stopped || reply === "stop",
  };
}
