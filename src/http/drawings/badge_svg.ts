/** Draws a badge: a medal with its title around it, in a colour of its own. */
import type { BadgeRule } from "../../domain/rewards/badge.ts";
import { escapeXml } from "./escape_xml.ts";

const SIZE = 400;
const POINTS = 24;
const LINE_LENGTH_MAX = 14;
const LINE_HEIGHT = 40;
const FULL_TURN_DEGREES = 360;

/** Spreads ids over the colour wheel (FNV-1a). */
function hueOf(id: string): number {
  const hash = [...id].reduce(
    (sum, letter) => Math.imul(sum ^ (letter.codePointAt(0) ?? 0), 16_777_619),
    2_166_136_261,
  );
  return (hash >>> 0) % FULL_TURN_DEGREES;
}

function starPath(): string {
  return Array.from({ length: 2 * POINTS }, (_, i) => {
    const angle = Math.PI * i / POINTS;
    const reach = i % 2 === 0 ? 190 : 172;
    return `${(SIZE / 2 + reach * Math.sin(angle)).toFixed(1)} ${(SIZE / 2 - reach * Math.cos(angle)).toFixed(1)}`;
  }).join("L");
}

/** Words put together into lines that fit the medal. */
function linesOf(title: string): readonly string[] {
  return title.split(/\s+/).reduce<string[]>((lines, word) => {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length + 1 > LINE_LENGTH_MAX) return [...lines, word];
    return [...lines.slice(0, -1), `${last} ${word}`];
  }, []);
}

export function badgeSvg({ id, title, description }: BadgeRule): string {
  const hue = hueOf(id);
  const lines = linesOf(title);
  const top = SIZE / 2 - (lines.length - 1) * LINE_HEIGHT / 2 + 12;
  const text = lines.map((line, i) =>
    `<text x="${SIZE / 2}" y="${top + i * LINE_HEIGHT}" text-anchor="middle" font-size="34" font-weight="600" ` +
    `font-family="system-ui, sans-serif" fill="hsl(${hue} 60% 22%)">${escapeXml(line)}</text>`
  ).join("");
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIZE} ${SIZE}" role="img" aria-labelledby="t d">` +
    `<title id="t">${escapeXml(title)}</title><desc id="d">${escapeXml(description)}</desc>` +
    `<path d="M${starPath()}Z" fill="hsl(${hue} 55% 42%)"/>` +
    `<circle cx="${SIZE / 2}" cy="${SIZE / 2}" r="150" fill="hsl(${hue} 60% 95%)" stroke="#fff" stroke-width="8"/>` +
    `${text}</svg>`;
}
