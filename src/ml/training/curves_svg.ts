/** Draws a training run as an SVG: loss on the left, validation AUC by source on the right. */
import type { EpochRecord } from "./checkpoint.ts";

const WIDTH = 960;
const HEIGHT = 400;
const PANEL = { width: 320, height: 280, top: 50 } as const;
const LEFT = 60;
const RIGHT = 460;
/** Told apart without colour vision as well (Okabe and Ito, 2008). */
const COLOURS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000", "#999999"];

interface Curve {
  readonly name: string;
  readonly colour: string;
  readonly values: readonly number[];
}

export function drawCurves(history: readonly EpochRecord[], bestEpoch: number): string {
  const loss: Curve = { name: "training loss", colour: "#000000", values: history.map((epoch) => epoch.loss) };
  const sources = Object.keys(history[0]?.validation ?? {});
  const aucs = sources.map((name, index): Curve => ({
    name,
    colour: COLOURS[index % COLOURS.length] ?? "#000000",
    values: history.map((epoch) => epoch.validation[name] ?? NaN),
  }));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>`,
    panel("Log loss of the training answers, by epoch", [loss], LEFT),
    panel(`Validation AUC, by epoch (best: ${bestEpoch + 1})`, aucs, RIGHT),
    ...aucs.map((curve, index) => legendEntry(curve, index)),
    "</svg>",
    "",
  ].join("\n");
}

function panel(title: string, curves: readonly Curve[], left: number): string {
  const values = curves.flatMap((curve) => curve.values).filter(Number.isFinite);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const span = high - low || 1;
  const bottom = PANEL.top + PANEL.height;
  const x = (index: number, count: number) => left + PANEL.width * (count < 2 ? 0.5 : index / (count - 1));
  const y = (value: number) => bottom - PANEL.height * (value - low) / span;
  const lines = curves.map(({ colour, values }) => {
    const points = values.map((value, index) => `${x(index, values.length).toFixed(1)},${y(value).toFixed(1)}`);
    return `<polyline fill="none" stroke="${colour}" stroke-width="2" points="${points.join(" ")}"/>`;
  });
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((share) => {
    const value = low + span * share;
    return `<text x="${left - 6}" y="${y(value) + 4}" text-anchor="end">${value.toFixed(3)}</text>` +
      `<path d="M${left} ${y(value)}h${PANEL.width}" stroke="#dddddd"/>`;
  });
  const count = Math.max(...curves.map((curve) => curve.values.length));
  return [
    `<text x="${left}" y="${PANEL.top - 20}" font-weight="bold">${title}</text>`,
    ...ticks,
    ...lines,
    `<text x="${left}" y="${bottom + 18}">1</text>`,
    `<text x="${left + PANEL.width}" y="${bottom + 18}" text-anchor="end">${count}</text>`,
  ].join("\n");
}

function legendEntry({ name, colour }: Curve, index: number): string {
  const [x, y] = [RIGHT + PANEL.width + 14, PANEL.top + 14 + index * 20];
  return `<path d="M${x} ${y - 4}h14" stroke="${colour}" stroke-width="2"/><text x="${x + 20}" y="${y}">${name}</text>`;
}
