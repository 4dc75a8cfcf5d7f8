/** Ranks the quests that a learner could take by the engagement to expect, by Thompson sampling. */
import { randomFrom } from "../random.ts";
import { roundShare } from "../session/tally.ts";
import { type Beta, drawBeta } from "./beta.ts";
import { type EngagementBoard, engagementOf } from "./engagement.ts";
import type { LevelBand, QuestKind } from "./template.ts";

/** One that could be offered. */
export interface Rankable {
  readonly templateId: string;
  readonly kind: QuestKind;
  /** What goals and interests make of it: 1 without any. */
  readonly fit: number;
}

/** One template as it was weighed. */
export interface Ranked {
  readonly templateId: string;
  readonly fit: number;
  readonly accept: Beta;
  readonly complete: Beta;
  /** The draw that ranked it: chance of acceptance times chance of completion then, times `fit`. */
  readonly drawn: number;
  /** How likely it was to be among those offered: its share of {@link REPLICATIONS} further rankings and of this one. */
  readonly propensity: number;
}

/** Enough to rank again and to weigh what came of it. */
export interface ProposalReceipt {
  readonly policy: "thompson_beta";
  readonly seed: number;
  readonly band: LevelBand;
  /** The number of the board's last event; null where it could not be read. */
  readonly boardSeq: number | null;
  readonly learnerSeq: number | null;
  readonly considered: readonly Ranked[];
  /** Ids of the templates offered, best first. */
  readonly offered: readonly string[];
}

const REPLICATIONS = 200;

interface Weighed extends Rankable {
  readonly accept: Beta;
  readonly complete: Beta;
}

function drawAll(weighed: readonly Weighed[], random: () => number): readonly number[] {
  return weighed.map(({ accept, complete, fit }) => drawBeta(accept, random) * drawBeta(complete, random) * fit);
}

/** Places of the best `limit`: one of each kind first, so that a learner can choose; then the best of the rest. */
function best(weighed: readonly Weighed[], draws: readonly number[], limit: number): readonly number[] {
  const order = weighed.map((one, place) => ({ kind: one.kind, place, drawn: draws[place] ?? 0 }))
    .sort((a, b) => b.drawn - a.drawn);
  const firsts = order.filter(({ kind }, i) => order.findIndex((one) => one.kind === kind) === i);
  const rest = order.filter((one) => !firsts.includes(one));
  return [...firsts, ...rest].slice(0, limit).map(({ place }) => place);
}

/** The places in `candidates` of those to offer, best first, and the figures of all. */
export function rankQuests(
  candidates: readonly Rankable[],
  board: EngagementBoard,
  { band, seed, limit }: { readonly band: LevelBand; readonly seed: number; readonly limit: number },
): { readonly chosen: readonly number[]; readonly considered: readonly Ranked[] } {
  const weighed = candidates.map((one) => ({ ...one, ...engagementOf(board, one.templateId, band) }));
  const random = randomFrom(seed);
  const draws = drawAll(weighed, random);
  const chosen = best(weighed, draws, limit);
  const times = new Map(chosen.map((place) => [place, 1]));
  for (let i = 0; i < REPLICATIONS; i++) {
    for (const place of best(weighed, drawAll(weighed, random), limit)) times.set(place, (times.get(place) ?? 0) + 1);
  }
  const considered = weighed.map(({ templateId, fit, accept, complete }, place) => ({
    templateId,
    fit,
    accept,
    complete,
    drawn: roundShare(draws[place] ?? 0),
    propensity: roundShare((times.get(place) ?? 0) / (REPLICATIONS + 1)),
  }));
  return { chosen, considered };
}
