/** Draws a debate's argument map: each side in its column, in the order said, with lines to what was answered. */
import type { z } from "@hono/zod-openapi";
import type { mapSchema } from "../documents/debate_schemas.ts";
import { escapeXml, shortened } from "./escape_xml.ts";

type ArgumentMap = z.infer<typeof mapSchema>;
type Node = ArgumentMap["nodes"][number];
type Edge = ArgumentMap["edges"][number];

const BOX = { width: 330, height: 74 } as const;
const GAP = { x: 120, y: 16 } as const;
const MARGIN = { x: 70, top: 84, bottom: 20 } as const;
const WIDTH = 2 * MARGIN.x + 2 * BOX.width + GAP.x;
const TITLE_LENGTH_MAX = 90;
const LINE_LENGTH_MAX = 48;
const LINES_MAX = 3;
const LINE_HEIGHT = 15;

/** Told apart without colour vision as well (Okabe and Ito, 2008), and by their dashes. */
const STROKES: { readonly [relation in Edge["relation"]]: { readonly colour: string; readonly dashes: string } } = {
  supports: { colour: "#009e73", dashes: "" },
  gives_evidence: { colour: "#0072b2", dashes: "2 4" },
  rebuts: { colour: "#d55e00", dashes: "8 4" },
  concedes: { colour: "#6b7280", dashes: "1 6" },
};

/** Words put together into lines that fit a box; what does not fit is cut with an ellipsis. */
function linesOf(text: string): readonly string[] {
  const lines = text.split(/\s+/).reduce<string[]>((all, word) => {
    const last = all.at(-1);
    if (last === undefined || last.length + word.length + 1 > LINE_LENGTH_MAX) return [...all, word];
    return [...all.slice(0, -1), `${last} ${word}`];
  }, []);
  const rest = lines.slice(LINES_MAX - 1).join(" ");
  const kept = lines.length <= LINES_MAX ? lines : [...lines.slice(0, LINES_MAX - 1), rest];
  return kept.map((line) => shortened(line, LINE_LENGTH_MAX));
}

function leftOf({ side }: Node): number {
  return side === "for" ? MARGIN.x : MARGIN.x + BOX.width + GAP.x;
}

function topOf(row: number): number {
  return MARGIN.top + row * (BOX.height + GAP.y);
}

function box(node: Node, row: number, isOpen: boolean): string {
  const [x, y] = [leftOf(node), topOf(row)];
  const author = node.by.kind === "ai" ? `${node.kind} · AI` : node.kind;
  const text = linesOf(node.text).map((line, i) =>
    `<text x="${x + 10}" y="${y + 36 + i * LINE_HEIGHT}" font-size="12" fill="#111827">${escapeXml(line)}</text>`
  ).join("");
  return `<g><title>${escapeXml(node.text)}</title>` +
    `<rect x="${x}" y="${y}" width="${BOX.width}" height="${BOX.height}" rx="8" fill="#f9fafb" stroke="#374151" ` +
    `stroke-width="${isOpen ? 2.5 : 1}"/>` +
    `<text x="${x + 10}" y="${y + 18}" font-size="11" font-weight="600" fill="#374151">` +
    `${node.statement} · ${escapeXml(author)}${isOpen ? " · unanswered" : ""}</text>${text}</g>`;
}

/** Between the columns across the gap; within one, around its outer edge. */
function line({ from, to, relation }: Edge, nodes: readonly Node[]): string {
  const [i, j] = [nodes.findIndex(({ statement }) => statement === from), nodes.findIndex((n) => n.statement === to)];
  const [a, b] = [nodes[i], nodes[j]];
  if (a === undefined || b === undefined) return "";
  const inner = (node: Node) => leftOf(node) + (node.side === "for" ? BOX.width : 0);
  const outer = (node: Node) => leftOf(node) + (node.side === "for" ? 0 : BOX.width);
  const [y1, y2] = [topOf(i) + BOX.height / 2, topOf(j) + BOX.height / 2];
  const isWithin = a.side === b.side;
  const [x1, x2] = isWithin ? [outer(a), outer(b)] : [inner(a), inner(b)];
  const bend = isWithin ? x1 + (a.side === "for" ? -50 : 50) : (x1 + x2) / 2;
  const { colour, dashes } = STROKES[relation];
  return `<path d="M${x1} ${y1}C${bend} ${y1} ${bend} ${y2} ${x2} ${y2}" fill="none" stroke="${colour}" ` +
    `stroke-width="1.8" stroke-dasharray="${dashes}" marker-end="url(#tip)"><title>${relation}</title></path>`;
}

/** The drawing; the whole text of a statement is its tooltip. */
export function argumentMapSvg(title: string, { nodes, edges, unanswered }: ArgumentMap): string {
  const height = topOf(Math.max(1, nodes.length)) + MARGIN.bottom;
  const heading = (text: string, x: number) =>
    `<text x="${x}" y="70" text-anchor="middle" font-size="14" font-weight="600" fill="#111827">${text}</text>`;
  const says = `${nodes.length} statements, ${unanswered.length} of them unanswered`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" ` +
    `aria-labelledby="t d" font-family="system-ui, sans-serif"><title id="t">${escapeXml(title)}</title>` +
    `<desc id="d">${says}</desc><defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="6" ` +
    `markerHeight="6" orient="auto"><path d="M0 0L8 4L0 8Z" fill="#374151"/></marker></defs>` +
    `<text x="${WIDTH / 2}" y="34" text-anchor="middle" font-size="17" font-weight="700" fill="#111827">` +
    `${escapeXml(shortened(title, TITLE_LENGTH_MAX))}</text>` +
    heading("for", MARGIN.x + BOX.width / 2) + heading("against", WIDTH - MARGIN.x - BOX.width / 2) +
    edges.map((edge) => line(edge, nodes)).join("") +
    nodes.map((node, row) => box(node, row, unanswered.includes(node.statement))).join("") + "</svg>";
}
