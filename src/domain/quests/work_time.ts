/** Time at work, counted once however many sessions were open in it, the same in whatever order it is told. */

/** A stretch of work: from when to when. */
export type WorkSpan = readonly [fromMs: number, untilMs: number];

/** Far more than sessions tell out of order. */
export const SPANS_MAX = 32;

export interface WorkTime {
  /** Of what came before the spans; nothing that lies before `settledUntilMs` adds to it. */
  readonly settledMs: number;
  readonly settledUntilMs: number;
  /** The latest, in order, none touching another. */
  readonly spans: readonly WorkSpan[];
}

export const NO_WORK: WorkTime = { settledMs: 0, settledUntilMs: 0, spans: [] };

function lengthMs([fromMs, untilMs]: WorkSpan): number {
  return untilMs - fromMs;
}

/** The spans in order, those that touch made one. */
function merged(spans: readonly WorkSpan[]): readonly WorkSpan[] {
  return spans.toSorted(([a], [b]) => a - b).reduce<readonly WorkSpan[]>((apart, span) => {
    const last = apart.at(-1);
    if (last === undefined || span[0] > last[1]) return [...apart, span];
    return [...apart.slice(0, -1), [last[0], Math.max(last[1], span[1])]];
  }, []);
}

/** The time with one more stretch; the same object where all of it was counted already. */
export function withWork(work: WorkTime, [fromMs, untilMs]: WorkSpan): WorkTime {
  const span: WorkSpan = [Math.max(fromMs, work.settledUntilMs), untilMs];
  if (lengthMs(span) <= 0 || work.spans.some(([from, until]) => from <= span[0] && span[1] <= until)) return work;
  const spans = merged([...work.spans, span]);
  const settled = spans.slice(0, -SPANS_MAX);
  const last = settled.at(-1);
  return {
    settledMs: settled.reduce((sum, one) => sum + lengthMs(one), work.settledMs),
    settledUntilMs: last === undefined ? work.settledUntilMs : last[1],
    spans: spans.slice(-SPANS_MAX),
  };
}

export function workedMs({ settledMs, spans }: WorkTime): number {
  return spans.reduce((sum, span) => sum + lengthMs(span), settledMs);
}
