/** How punctual a server's timers were, as its own metrics tell it (T3). */

export interface TimersKept {
  readonly fired: number;
  /** Of those, at most {@link TIMER_LATE_MS_MAX} after their moment. */
  readonly inTime: number;
}

export const TIMER_LATE_MS_MAX = 100;
const HISTOGRAM = "neurolearn_timer_late_ms";

/** Reads the histogram in Prometheus' text format; none fired where it is not there yet. */
export function timersIn(metrics: string): TimersKept {
  const valueOf = (series: string) => {
    const line = metrics.split("\n").find((one) => one.startsWith(`${series} `));
    return line === undefined ? 0 : Number(line.slice(series.length));
  };
  return { fired: valueOf(`${HISTOGRAM}_count`), inTime: valueOf(`${HISTOGRAM}_bucket{le="${TIMER_LATE_MS_MAX}"}`) };
}
