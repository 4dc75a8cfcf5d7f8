/** Figures in plain words for the learner they are about. */
import { assertNever } from "../assert_never.ts";
import type { Comparison } from "./comparisons.ts";
import type { Scalar } from "./corrections.ts";
import { COMPARISON_DEFINITIONS, DEFINITIONS } from "./definitions.ts";
import type { Figure } from "./figures.ts";
import type { Interval } from "./interval.ts";

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function shares({ low, high }: Interval): string {
  return `between ${percent(low)} and ${percent(high)}`;
}

function times(value: number): string {
  return value.toFixed(1);
}

function seconds(value: number): string {
  return value < 120 ? `${Math.round(value)} s` : `${Math.round(value / 60)} min`;
}

function inWords(name: Scalar, size: number, interval: Interval): string {
  const { value, low, high } = interval;
  switch (name) {
    case "mastery":
      return `Over ${size} skills you would get about ${percent(value)} of average items right (${shares(interval)}).`;
    case "retention":
      return `Of ${size} things that came back after half a day or more you still knew ${percent(value)} ` +
        `(in the long run ${shares(interval)}).`;
    case "forgetting_rate":
      return `You forget about ${times(value)} times as fast as the schedule of reviews expects ` +
        `(between ${times(low)} and ${times(high)}, from ${size} reviews).`;
    case "pace":
      return `A right answer usually takes you about ${seconds(value)} ` +
        `(between ${seconds(low)} and ${seconds(high)}, from ${size} answers).`;
    case "persistence":
      return `After ${size} wrong answers you went on ${percent(value)} of the time (${shares(interval)}).`;
    case "hint_use":
      return `You took a hint for ${percent(value)} of ${size} answers (${shares(interval)}).`;
    case "consistency":
      return `You worked on ${percent(value)} of ${size} days, about ${times(value * 7)} days a week ` +
        `(${shares(interval)} of days).`;
    case "rapid_guessing":
      return `Quick guessing showed in ${percent(value)} of ${size} sessions (${shares(interval)}).`;
    case "hint_abuse":
      return `Hints were rushed through in ${percent(value)} of ${size} sessions (${shares(interval)}).`;
    case "unproductive_struggle":
      return `A long struggle with one skill showed in ${percent(value)} of ${size} sessions (${shares(interval)}).`;
    case "idle":
      return `A silence of three minutes or more showed in ${percent(value)} of ${size} sessions (${
        shares(interval)
      }).`;
    default:
      return assertNever(name);
  }
}

/** One sentence; where there is not enough data, what it would take. */
export function explainFigure(figure: Figure): string {
  const { name, sampleSize } = figure;
  const { sampleMin, sampleOf } = DEFINITIONS[name];
  if (figure.status === "ok") return inWords(name, sampleSize, figure);
  return `Not enough data yet: ${sampleSize} of at least ${sampleMin} ${sampleOf}.`;
}

/** One sentence or two. */
export function explainComparison({ name, groups, status, best }: Comparison): string {
  const { sampleMin } = COMPARISON_DEFINITIONS[name];
  const what = name === "best_hours" ? "time of the day" : "presentation";
  if (status === "not_enough_data") {
    return `Not enough data yet: it takes ${sampleMin} answers with one ${what} and ${sampleMin} with others.`;
  }
  const found = groups.find(({ group }) => group === best);
  if (found?.status !== "ok") return `No ${what} stands out: the differences are no larger than chance makes them.`;
  const label = name === "best_hours"
    ? `From ${found.group.replace("-", " to ")} o'clock`
    : `With ${found.group} items`;
  return `${label} your scores were ${percent(found.value)} of the full score higher than otherwise ` +
    `(${shares(found)}), over ${found.sampleSize} answers. That need not be the cause.`;
}
