/** The last quarter of an hour of a trajectory, a point every five seconds in which a face was seen. */

export const SERIES_BUCKET_MS = 5_000;
export const SERIES_SPAN_MS = 15 * 60_000;
/** Time over which the slope is fitted. */
const SLOPE_SPAN_MS = 60_000;
/** Fewer points, or points closer together, give no slope. */
const SLOPE_POINTS_MIN = 3;
const SLOPE_POINTS_MAX = SLOPE_SPAN_MS / SERIES_BUCKET_MS + 1;
const SLOPE_SPREAD_MS_MIN = 10_000;

export interface AffectPoint {
  /** A multiple of {@link SERIES_BUCKET_MS}, by the server's clock. */
  readonly startMs: number;
  /** Faces read in it. */
  readonly frames: number;
  /** As of the last of these, smoothed. */
  readonly valence: number;
  readonly arousal: number;
  readonly stress: number;
}

/** Oldest first, rising in time. */
export type AffectSeries = readonly AffectPoint[];

/** The series with a level reached at `nowMs`. After a step back of the clock it counts for the newest point. */
export function withLevel(
  series: AffectSeries,
  level: Pick<AffectPoint, "valence" | "arousal" | "stress">,
  nowMs: number,
): AffectSeries {
  const last = series.at(-1);
  const startMs = Math.max(last?.startMs ?? 0, Math.floor(nowMs / SERIES_BUCKET_MS) * SERIES_BUCKET_MS);
  const { valence, arousal, stress } = level;
  if (last?.startMs === startMs) {
    return [...series.slice(0, -1), { startMs, frames: last.frames + 1, valence, arousal, stress }];
  }
  return [
    ...seriesAt(series, startMs),
    { startMs, frames: 1, valence, arousal, stress },
  ];
}

/** The points that have not grown too old to be told. */
export function seriesAt(series: AffectSeries, nowMs: number): AffectSeries {
  return series.filter(({ startMs }) => nowMs - startMs < SERIES_SPAN_MS);
}

/** Least-squares change of stress a minute over the last minute of the series; 0 where too little was seen. */
export function stressSlopePerMinute(series: AffectSeries): number {
  const last = series.at(-1);
  if (last === undefined) return 0;
  const points = series.slice(-SLOPE_POINTS_MAX).filter(({ startMs }) => last.startMs - startMs <= SLOPE_SPAN_MS);
  const first = points[0] ?? last;
  if (points.length < SLOPE_POINTS_MIN || last.startMs - first.startMs < SLOPE_SPREAD_MS_MIN) return 0;
  const mean = (numbers: readonly number[]) => numbers.reduce((sum, n) => sum + n, 0) / numbers.length;
  const minutes = points.map(({ startMs }) => (startMs - first.startMs) / 60_000);
  const tMean = mean(minutes);
  const sMean = mean(points.map(({ stress }) => stress));
  const spread = minutes.reduce((sum, t) => sum + (t - tMean) ** 2, 0);
  return points.reduce((sum, { stress }, i) => sum + ((minutes[i] ?? 0) - tMean) * (stress - sMean), 0) / spread;
}
