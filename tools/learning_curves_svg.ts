/** Draws, for one kind of learner, how much is mastered after how many items under each policy. */
import type { PolicyResult } from "../src/domain/adaptive/simulation/compare_policies.ts";
import { GOAL_SHARE } from "../src/domain/adaptive/simulation/play_run.ts";
import type { PolicyName } from "../src/domain/adaptive/simulation/policies.ts";

const WIDTH = 720;
const HEIGHT = 400;
const PANEL = { left: 60, top: 50, width: 480, height: 290 } as const;
/** Told apart without colour vision as well (Okabe and Ito, 2008). */
const COLOURS: { readonly [policy in PolicyName]: string } = {
  ours: "#d55e00",
  random: "#999999",
  fixed: "#0072b2",
  lowest_mastery: "#009e73",
  elo75: "#cc79a7",
  skill_by_skill: "#e69f00",
};
const SHARE_TICKS = [0, 0.25, 0.5, 0.75, 1] as const;
const ITEM_TICKS = 6;

function y(share: number): number {
  return PANEL.top + PANEL.height * (1 - share);
}

function curveLine({ policy, curve }: PolicyResult): string {
  const step = PANEL.width / Math.max(1, curve.length - 1);
  const points = curve.map((share, items) => `${(PANEL.left + step * items).toFixed(1)},${y(share).toFixed(1)}`);
  return `<polyline fill="none" stroke="${COLOURS[policy]}" stroke-width="2" points="${points.join(" ")}"/>`;
}

function legendEntry({ policy }: PolicyResult, index: number): string {
  const [left, top] = [PANEL.left + PANEL.width + 20, PANEL.top + 14 + index * 22];
  return `<path d="M${left} ${top - 4}h16" stroke="${COLOURS[policy]}" stroke-width="3"/>` +
    `<text x="${left + 24}" y="${top}">${policy}</text>`;
}

/** @param results of the same learners, with curves of the same length */
export function drawLearningCurves(title: string, results: readonly PolicyResult[]): string {
  const bottom = PANEL.top + PANEL.height;
  const items = Math.max(1, (results[0]?.curve.length ?? 1) - 1);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>`,
    `<text x="${PANEL.left}" y="26" font-weight="bold">${title}</text>`,
    ...SHARE_TICKS.map((share) =>
      `<text x="${PANEL.left - 8}" y="${y(share) + 4}" text-anchor="end">${share * 100}%</text>` +
      `<path d="M${PANEL.left} ${y(share)}h${PANEL.width}" stroke="#dddddd"/>`
    ),
    `<path d="M${PANEL.left} ${y(GOAL_SHARE)}h${PANEL.width}" stroke="#000000" stroke-dasharray="4 4"/>`,
    ...results.map(curveLine),
    ...Array.from({ length: ITEM_TICKS + 1 }, (_, tick) => {
      const left = PANEL.left + PANEL.width * tick / ITEM_TICKS;
      return `<text x="${left}" y="${bottom + 18}" text-anchor="middle">${
        Math.round(items * tick / ITEM_TICKS)
      }</text>`;
    }),
    `<text x="${PANEL.left + PANEL.width / 2}" y="${bottom + 40}" text-anchor="middle">items answered</text>`,
    ...results.map(legendEntry),
    "</svg>",
    "",
  ].join("\n");
}
