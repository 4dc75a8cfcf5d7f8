/** Draws a simulated month: completion curves, what happened day by day, points, templates. */
import { completionCurves, pointSpread, QUANTILES, type TemplateResult } from "./month_figures.ts";
import { MONTH_DAYS } from "./habits.ts";
import type { MonthRecord } from "./month_record.ts";

const WIDTH = 720;
const HEIGHT = 400;
const PANEL = { left: 60, top: 50, width: 470, height: 290 } as const;
/** Told apart without colour vision as well (Okabe and Ito, 2008). */
const COLOURS = ["#d55e00", "#0072b2", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000"] as const;
const Y_TICKS = 4;
const BAR = { left: 210, height: 9, row: 24, top: 60, width: 420 } as const;

interface Line {
  readonly name: string;
  readonly values: readonly number[];
}

interface LineChart {
  readonly title: string;
  readonly xName: string;
  readonly xEvery: number;
  readonly yMax: number;
  readonly isShare: boolean;
  readonly lines: readonly Line[];
}

function svg(height: number, title: string, parts: readonly string[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="sans-serif" font-size="12">`,
    `<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>`,
    `<text x="${PANEL.left}" y="26" font-weight="bold">${title}</text>`,
    ...parts,
    "</svg>",
    "",
  ].join("\n");
}

/** At or above `value`, with round numbers at all ticks. */
function roundUp(value: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, value / Y_TICKS))));
  const tick = [1, 2, 5, 10].find((times) => times * unit * Y_TICKS >= value) ?? 10;
  return tick * unit * Y_TICKS;
}

function lineChart({ title, xName, xEvery, yMax, isShare, lines }: LineChart): string {
  const steps = Math.max(1, ...lines.map(({ values }) => values.length - 1));
  const x = (step: number) => PANEL.left + PANEL.width * step / steps;
  const y = (value: number) => PANEL.top + PANEL.height * (1 - value / yMax);
  const bottom = PANEL.top + PANEL.height;
  const ticks = Array.from({ length: Y_TICKS + 1 }, (_, tick) => yMax * tick / Y_TICKS);
  return svg(HEIGHT, title, [
    ...ticks.map((value) =>
      `<text x="${PANEL.left - 8}" y="${y(value) + 4}" text-anchor="end">${
        isShare ? `${value * 100}%` : value
      }</text>` +
      `<path d="M${PANEL.left} ${y(value)}h${PANEL.width}" stroke="#dddddd"/>`
    ),
    ...lines.map(({ values }, i) => {
      const points = values.map((value, step) => `${x(step).toFixed(1)},${y(value).toFixed(1)}`).join(" ");
      return `<polyline fill="none" stroke="${COLOURS[i]}" stroke-width="2" points="${points}"/>`;
    }),
    ...Array.from(
      { length: Math.floor(steps / xEvery) + 1 },
      (_, tick) =>
        `<text x="${x(tick * xEvery).toFixed(1)}" y="${bottom + 18}" text-anchor="middle">${tick * xEvery}</text>`,
    ),
    `<text x="${PANEL.left + PANEL.width / 2}" y="${bottom + 40}" text-anchor="middle">${xName}</text>`,
    ...lines.map(({ name }, i) => {
      const [left, top] = [PANEL.left + PANEL.width + 20, PANEL.top + 14 + i * 22];
      return `<path d="M${left} ${top - 4}h16" stroke="${COLOURS[i]}" stroke-width="3"/>` +
        `<text x="${left + 24}" y="${top}">${name}</text>`;
    }),
  ]);
}

export function drawCompletionCurves(record: MonthRecord): string {
  return lineChart({
    title: "Quests completed, of those taken up, by kind",
    xName: "days after acceptance",
    xEvery: 2,
    yMax: 1,
    isShare: true,
    lines: completionCurves(record).map(({ kind, quests, shares }) => ({
      name: `${kind} (${quests})`,
      values: shares,
    })),
  });
}

export function drawDays(record: MonthRecord): string {
  const days = Array.from({ length: MONTH_DAYS }, (_, day) => record.days[day]);
  const lines = [
    { name: "learners at work", values: days.map((day) => day?.learners.size ?? 0) },
    { name: "quests offered", values: days.map((day) => day?.offered ?? 0) },
    { name: "taken up", values: days.map((day) => day?.accepted ?? 0) },
    { name: "completed", values: days.map((day) => day?.completed ?? 0) },
  ];
  const yMax = roundUp(Math.max(1, ...lines.flatMap(({ values }) => values)));
  return lineChart({ title: "Learners and quests by day", xName: "day", xEvery: 5, yMax, isShare: false, lines });
}

export function drawPoints(record: MonthRecord): string {
  const spread = pointSpread(record, MONTH_DAYS);
  const lines = QUANTILES.map((share, i) => ({
    name: share === 1 ? "most" : `${share * 100}% are below`,
    values: spread.map((quantiles) => quantiles[i] ?? 0),
  })).slice(1).reverse();
  const yMax = roundUp(Math.max(1, ...lines.flatMap(({ values }) => values)));
  return lineChart({
    title: "Points of a learner by the end of each day",
    xName: "day",
    xEvery: 5,
    yMax,
    isShare: false,
    lines,
  });
}

export function drawTemplates(results: readonly TemplateResult[]): string {
  const bar = (row: number, place: number, share: number) =>
    `<rect x="${BAR.left}" y="${BAR.top + row * BAR.row + place * BAR.height}" ` +
    `width="${(BAR.width * share).toFixed(1)}" height="${BAR.height}" fill="${COLOURS[1 - place]}"/>`;
  const bottom = BAR.top + results.length * BAR.row;
  return svg(bottom + 40, "Offers taken up (blue) and quests then completed (red), by template", [
    ...Array.from({ length: Y_TICKS + 1 }, (_, tick) => {
      const left = BAR.left + BAR.width * tick / Y_TICKS;
      return `<path d="M${left} ${BAR.top}V${bottom}" stroke="#dddddd"/>` +
        `<text x="${left}" y="${bottom + 18}" text-anchor="middle">${100 * tick / Y_TICKS}%</text>`;
    }),
    ...results.map(({ templateId, acceptedShare, completedShare }, row) =>
      `<text x="${BAR.left - 8}" y="${BAR.top + row * BAR.row + 13}" text-anchor="end">${templateId}</text>` +
      bar(row, 0, acceptedShare) + bar(row, 1, completedShare ?? 0)
    ),
  ]);
}
