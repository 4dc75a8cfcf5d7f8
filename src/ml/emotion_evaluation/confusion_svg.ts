/** Draws a confusion matrix as an SVG: labels down, answers across, each cell its share of the label. */
import { EMOTIONS } from "../../domain/affect/observation.ts";

const CELL = 62;
const LEFT = 150;
const TOP = 90;
/** Blue on white, told apart without colour vision by lightness (Okabe and Ito, 2008). */
const COLOUR = "#0072b2";
/** From this share on the cell is dark, and its text white. */
const DARK_SHARE_MIN = 0.55;

function cell(count: number, labelled: number, label: number, answer: number): string {
  const share = labelled === 0 ? 0 : count / labelled;
  const x = LEFT + answer * CELL, y = TOP + label * CELL;
  const ink = share >= DARK_SHARE_MIN ? "#ffffff" : "#000000";
  const text = `<tspan font-weight="bold">${(100 * share).toFixed(0)}%</tspan>` +
    `<tspan x="${x + CELL / 2}" dy="15" font-size="11">${count}</tspan>`;
  return `<rect x="${x}" y="${y}" width="${CELL}" height="${CELL}" fill="${COLOUR}" fill-opacity="${
    share.toFixed(3)
  }" ` +
    `stroke="#cccccc"/><text x="${x + CELL / 2}" y="${y + CELL / 2}" text-anchor="middle" fill="${ink}">${text}</text>`;
}

function rowOf(counts: readonly number[], label: number): string[] {
  const labelled = counts.reduce((sum, count) => sum + count, 0);
  const middle = TOP + label * CELL + CELL / 2;
  return [
    `<text x="${LEFT - 10}" y="${middle}" text-anchor="end">${EMOTIONS[label] ?? ""}` +
    `<tspan x="${LEFT - 10}" dy="15" font-size="11" fill="#555555">${labelled}</tspan></text>`,
    ...counts.map((count, answer) => cell(count, labelled, label, answer)),
  ];
}

/** @param confusion counts by label and answer, both in the order of `EMOTIONS` */
export function drawConfusion(confusion: readonly (readonly number[])[], model: string): string {
  const side = EMOTIONS.length * CELL;
  const [width, height] = [LEFT + side + 30, TOP + side + 30];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="14">`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    `<text x="${LEFT}" y="30" font-weight="bold">${model}</text>`,
    `<text x="${LEFT}" y="52" font-size="12">what is read (across) of what is labelled (down)</text>`,
    ...EMOTIONS.map((emotion, answer) =>
      `<text x="${LEFT + answer * CELL + CELL / 2}" y="${TOP - 10}" text-anchor="middle">${emotion}</text>`
    ),
    ...confusion.flatMap(rowOf),
    "</svg>",
    "",
  ].join("\n");
}
