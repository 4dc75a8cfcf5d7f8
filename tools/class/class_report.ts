/** A simulated lesson's checks and figures, as a table for people or as JSON. */
import type { Check } from "./checks.ts";
import type { ClassOptions } from "./class_options.ts";
import type { Figures, Spread } from "./figures.ts";
import { TIMER_LATE_MS_MAX, type TimersKept } from "./timers_kept.ts";

export interface ClassReport {
  readonly options: ClassOptions;
  readonly checks: readonly Check[];
  readonly figures: Figures;
  /** How many sit in the class of each kind. */
  readonly behaviours: { readonly [behaviour: string]: number };
  readonly movedToStream: number;
}

const NAME_WIDTH = 58;
const GREEN = "\x1b[32m";
const RED = "\x1b[31m";
const DIM = "\x1b[2m";
const PLAIN = "\x1b[0m";

function painter(look: "colours" | "plain"): (colour: string, text: string) => string {
  return (colour, text) => look === "colours" ? `${colour}${text}${PLAIN}` : text;
}

function ms({ count, p50Ms, p99Ms, maxMs }: Spread): string {
  if (count === 0) return "none";
  return `p50 ${p50Ms.toFixed(1)} ms, p99 ${p99Ms.toFixed(1)} ms, most ${maxMs.toFixed(0)} ms, of ${count}`;
}

function kept({ fired, inTime }: TimersKept): string {
  return `${inTime} of ${fired}`;
}

function figureRows({ figures, behaviours, movedToStream }: ClassReport): readonly (readonly [string, string])[] {
  const { seconds, answers, server, timers, framesPerSecond, bytesPerSecond } = figures;
  const cpu = server === null
    ? "not known of a server elsewhere"
    : `${server.cpuSeconds.toFixed(1)} s, ${(100 * server.cpuSeconds / seconds).toFixed(0)}% of a core, ` +
      `ready but without a core ${server.coreWaitSeconds.toFixed(1)} s`;
  const list = (counts: { readonly [name: string]: number }) =>
    Object.entries(counts).map(([name, count]) => `${name} ${count}`).join(", ");
  return [
    ["students", list(behaviours)],
    ["answers acknowledged", `${answers} in ${seconds.toFixed(0)} s`],
    ["acknowledged over WebSocket", ms(figures.ackSocket)],
    ["acknowledged over a stream", ms(figures.ackStream)],
    ["age of the teacher's view", ms(figures.viewAge)],
    ["frames to all, a second", `${framesPerSecond.toFixed(0)}, ${(bytesPerSecond / 1_024).toFixed(0)} KiB`],
    ["CPU time of the server", cpu],
    [`timers within ${TIMER_LATE_MS_MAX} ms of their moment`, timers === null ? "not known" : kept(timers)],
    ["acknowledged again after a repeat", `${figures.repeatedAcks}`],
    ["moved from WebSocket to a stream", `${movedToStream}`],
    ["refused", list(figures.refusals) || "nothing"],
    ["lateness of this process itself", ms(figures.loopLag)],
  ];
}

export function classTable(report: ClassReport, look: "colours" | "plain"): string {
  const paint = painter(look);
  const checks = report.checks.map(({ name, holds, found }) =>
    `${holds ? paint(GREEN, "holds") : paint(RED, "FAILS")}  ${name.padEnd(NAME_WIDTH)} ${paint(DIM, found)}`
  );
  const figures = figureRows(report).map(([name, text]) => `${name.padEnd(NAME_WIDTH + 7)} ${text}`);
  return [...checks, "", ...figures].join("\n");
}

export function classJson({ options, checks, figures, behaviours, movedToStream }: ClassReport): string {
  const { students, minutes, seed, place } = options;
  const asked = { students, minutes, seed, place: place.kind, chaos: place.kind === "own" && place.chaos === "kills" };
  return JSON.stringify({ asked, behaviours, checks, figures, movedToStream }, null, 2);
}
