/** A trajectory as a session's view holds it, and what one who reads the view later makes of it. */
import type { AffectSeries } from "./affect_series.ts";

/** Column by column, as charts take it and in a third of the bytes of points; all columns are as long. */
export interface SeriesColumns {
  readonly start_ms: readonly number[];
  readonly frames: readonly number[];
  readonly valence: readonly number[];
  readonly arousal: readonly number[];
  readonly stress: readonly number[];
}

const COLUMNS = ["frames", "valence", "arousal", "stress"] as const;

/** The series in columns, each level through `round`. */
export function columnsOf(series: AffectSeries, round: (level: number) => number): SeriesColumns {
  const column = (name: typeof COLUMNS[number]) => series.map((point) => round(point[name]));
  return {
    start_ms: series.map(({ startMs }) => startMs),
    frames: column("frames"),
    valence: column("valence"),
    arousal: column("arousal"),
    stress: column("stress"),
  };
}

/** The columns cut to what began within `windowMs` before `nowMs`. */
export function columnsWithin(columns: SeriesColumns, windowMs: number, nowMs: number): SeriesColumns {
  const first = columns.start_ms.findIndex((startMs) => nowMs - startMs <= windowMs);
  const cut = (column: readonly number[]) => first < 0 ? [] : column.slice(first);
  return {
    start_ms: cut(columns.start_ms),
    frames: cut(columns.frames),
    valence: cut(columns.valence),
    arousal: cut(columns.arousal),
    stress: cut(columns.stress),
  };
}
