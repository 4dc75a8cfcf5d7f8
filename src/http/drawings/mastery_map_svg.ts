/** Draws a course as a map of its skills: what rests on what, and how well each is mastered, how surely. */
import type { Skill } from "../../domain/curriculum/course.ts";
import type { Mastery } from "../../domain/adaptive/mastery.ts";
import { escapeXml, shortened } from "./escape_xml.ts";
import { skillColumns } from "./skill_columns.ts";

const BOX = { width: 220, height: 58 } as const;
const GAP = { x: 56, y: 22 } as const;
const LEFT = 24;
const TOP = 76;
const BOTTOM = 44;
const WIDTH_MIN = 560;
const TITLE_LENGTH_MAX = 25;
const BAR = { x: 12, y: 36, width: 196, height: 8 } as const;

/** From little to much mastered, light to dark, so that it reads without colour vision; after Viridis. */
const SHADES = ["#fdf3c4", "#b8de9a", "#5ec0a0", "#237a7a", "#31688e"] as const;
/** Dark enough to need light text. */
const LIGHT_TEXT_FROM = 3;

/** A skill's mastery; null where it was not practised enough to say. */
export type MasteryOf = (skillId: string) => Mastery | null;

interface Placed {
  readonly skill: Skill;
  readonly x: number;
  readonly y: number;
}

function shadeOf(probability: number): number {
  return Math.min(SHADES.length - 1, Math.floor(probability * SHADES.length));
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function edge(from: Placed, to: Placed): string {
  const [x1, y1] = [from.x + BOX.width, from.y + BOX.height / 2];
  const [x2, y2] = [to.x, to.y + BOX.height / 2];
  const bend = (x2 - x1) / 2;
  return `<path d="M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}" fill="none" stroke="#9ca3af"/>`;
}

function box({ skill, x, y }: Placed, mastery: Mastery | null): string {
  const shade = mastery === null ? null : shadeOf(mastery.probability);
  const fill = shade === null ? "#ffffff" : SHADES[shade];
  const ink = shade !== null && shade >= LIGHT_TEXT_FROM ? "#ffffff" : "#111827";
  const dash = mastery === null ? ` stroke-dasharray="4 3"` : "";
  const says = mastery === null
    ? "not enough data"
    : `${percent(mastery.probability)} (${percent(mastery.low)} to ${
      percent(mastery.high)
    }), ${mastery.answers} answers`;
  return `<g transform="translate(${x} ${y})"><title>${escapeXml(`${skill.title}: ${says}`)}</title>` +
    `<rect width="${BOX.width}" height="${BOX.height}" rx="8" fill="${fill}" stroke="#6b7280"${dash}/>` +
    `<text x="12" y="22" fill="${ink}" font-weight="bold">${
      escapeXml(shortened(skill.title, TITLE_LENGTH_MAX))
    }</text>` +
    (mastery === null
      ? `<text x="12" y="44" fill="#4b5563" font-size="11">not enough data</text>`
      : bar(mastery, ink)) +
    "</g>";
}

/** The 90% interval as a band within a frame from 0 to 1, the figure as a stroke. */
function bar({ probability, low, high }: Mastery, ink: string): string {
  const at = (share: number) => (BAR.x + BAR.width * share).toFixed(1);
  const width = (BAR.width * (high - low)).toFixed(1);
  return `<rect x="${BAR.x}" y="${BAR.y}" width="${BAR.width}" height="${BAR.height}" fill="none" stroke="${ink}"/>` +
    `<rect x="${at(low)}" y="${BAR.y}" width="${width}" height="${BAR.height}" fill="${ink}" opacity=".4"/>` +
    `<path d="M${at(probability)} ${BAR.y - 3}v${BAR.height + 6}" stroke="${ink}" stroke-width="3"/>`;
}

/** Each column is centred between the top and the foot of the tallest. */
function placed(columns: readonly (readonly Skill[])[], rows: number): readonly Placed[] {
  return columns.flatMap((column, i) => {
    const top = TOP + (rows - column.length) * (BOX.height + GAP.y) / 2;
    return column.map((skill, row) => ({
      skill,
      x: LEFT + i * (BOX.width + GAP.x),
      y: top + row * (BOX.height + GAP.y),
    }));
  });
}

export function masteryMapSvg(title: string, skills: readonly Skill[], masteryOf: MasteryOf): string {
  const columns = skillColumns(skills);
  const rows = Math.max(1, ...columns.map(({ length }) => length));
  const boxes = placed(columns, rows);
  const byId = new Map(boxes.map((one) => [one.skill.id, one]));
  const edges = boxes.flatMap((to) =>
    to.skill.prerequisites.flatMap((id) => {
      const from = byId.get(id);
      return from === undefined || from.x >= to.x ? [] : [edge(from, to)];
    })
  );
  const width = Math.max(WIDTH_MIN, 2 * LEFT + columns.length * (BOX.width + GAP.x) - GAP.x);
  const foot = TOP + rows * (BOX.height + GAP.y) - GAP.y;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${foot + BOTTOM}" role="img" ` +
    `font-family="sans-serif" font-size="13">`,
    `<title>${escapeXml(title)}</title>`,
    `<rect width="${width}" height="${foot + BOTTOM}" fill="#ffffff"/>`,
    `<text x="${LEFT}" y="32" font-size="16" font-weight="bold">${escapeXml(shortened(title, 60))}</text>`,
    `<text x="${LEFT}" y="54" font-size="12" fill="#4b5563">Stroke: chance of a right answer on an average item. ` +
    `Band: 90 % interval. Lines: what rests on what.</text>`,
    ...edges,
    ...boxes.map((one) => box(one, masteryOf(one.skill.id))),
    "</svg>",
    "",
  ].join("\n");
}
