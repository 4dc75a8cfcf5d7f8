/** Draws figures between 0 and 1 as a radar: a dot a figure on its axis, its 90% interval as a bar along it. */
import type { Interval } from "../../domain/dna/interval.ts";
import { escapeXml } from "./escape_xml.ts";

export interface RadarAxis {
  readonly label: string;
  /** Between 0 and 1; null where there is not enough data. */
  readonly interval: Interval | null;
}

const WIDTH = 760;
const HEIGHT = 520;
const CENTRE = { x: 380, y: 275 } as const;
const RADIUS = 165;
const LABEL_GAP = 20;
const RINGS = [0.25, 0.5, 0.75, 1] as const;
/** Told apart without colour vision as well (Okabe and Ito, 2008). */
const COLOUR = "#0072b2";

interface Direction {
  readonly x: number;
  readonly y: number;
}

/** The first axis points up, the others follow clockwise. */
function directionOf(axis: number, of: number): Direction {
  const angle = 2 * Math.PI * axis / of - Math.PI / 2;
  return { x: Math.cos(angle), y: Math.sin(angle) };
}

function at(direction: Direction, share: number, beyond = 0): string {
  const reach = RADIUS * share + beyond;
  return `${(CENTRE.x + reach * direction.x).toFixed(1)} ${(CENTRE.y + reach * direction.y).toFixed(1)}`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function ring(share: number, directions: readonly Direction[]): string {
  const path = directions.map((direction) => at(direction, share)).join("L");
  return `<path d="M${path}Z" fill="none" stroke="#d0d4da"/>` +
    `<text x="${CENTRE.x + 4}" y="${CENTRE.y - RADIUS * share - 3}" font-size="10" fill="#6b7280">${
      percent(share)
    }</text>`;
}

function anchorOf({ x }: Direction): string {
  if (Math.abs(x) < 0.2) return "middle";
  return x > 0 ? "start" : "end";
}

function labelOf({ label, interval }: RadarAxis, direction: Direction): string {
  const [x, y] = at(direction, 1, LABEL_GAP).split(" ").map(Number);
  // Two lines, wholly outside the rings above and below as well.
  const top = (y ?? 0) + (direction.y < -0.9 ? -18 : direction.y > 0.9 ? 8 : -4);
  const anchor = anchorOf(direction);
  const says = interval === null
    ? "not enough data"
    : `${percent(interval.value)} (${percent(interval.low)} to ${percent(interval.high)})`;
  return `<text x="${x}" y="${top}" text-anchor="${anchor}" font-weight="bold">${escapeXml(label)}</text>` +
    `<text x="${x}" y="${top + 16}" text-anchor="${anchor}" font-size="12" fill="#4b5563">${says}</text>`;
}

function spoke({ interval }: RadarAxis, direction: Direction): string {
  const line = `M${at(direction, 0)}L${at(direction, 1)}`;
  if (interval === null) return `<path d="${line}" stroke="#9ca3af" stroke-dasharray="4 4"/>`;
  const span = `M${at(direction, interval.low)}L${at(direction, interval.high)}`;
  const [x, y] = at(direction, interval.value).split(" ");
  return `<path d="${line}" stroke="#d0d4da"/>` +
    `<path d="${span}" stroke="${COLOUR}" stroke-width="10" opacity=".3"/>` +
    `<circle cx="${x}" cy="${y}" r="5" fill="${COLOUR}"/>`;
}

/** Neighbours are joined where both are known; a gap stays a gap. */
function outline(axes: readonly RadarAxis[], directions: readonly Direction[]): string {
  const ends = axes.map(({ interval }, i) => {
    const direction = directions[i];
    return interval === null || direction === undefined ? null : at(direction, interval.value);
  });
  if (ends.every((end) => end !== null)) {
    return `<path d="M${ends.join("L")}Z" fill="${COLOUR}" fill-opacity=".12" stroke="${COLOUR}" stroke-width="2"/>`;
  }
  const lines = ends.flatMap((end, i) => {
    const next = ends[(i + 1) % ends.length];
    return end === null || next === null || next === undefined ? [] : [`M${end}L${next}`];
  });
  return `<path d="${lines.join("")}" fill="none" stroke="${COLOUR}" stroke-width="2"/>`;
}

/** @param axes three or more */
export function radarSvg(title: string, axes: readonly RadarAxis[]): string {
  const directions = axes.map((_, i) => directionOf(i, axes.length));
  const parts = axes.map((axis, i) => {
    const direction = directions[i] ?? { x: 0, y: 0 };
    return { spoke: spoke(axis, direction), label: labelOf(axis, direction) };
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" font-family="sans-serif" ` +
    `font-size="13">`,
    `<title>${escapeXml(title)}</title>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>`,
    `<text x="20" y="28" font-size="16" font-weight="bold">${escapeXml(title)}</text>`,
    ...RINGS.map((share) => ring(share, directions)),
    outline(axes, directions),
    ...parts.flatMap(({ spoke, label }) => [spoke, label]),
    `<text x="20" y="${HEIGHT - 14}" font-size="11" fill="#6b7280">` +
    `Dot: figure. Bar: 90 % interval. Dashed: not enough data yet.</text>`,
    "</svg>",
    "",
  ].join("\n");
}
