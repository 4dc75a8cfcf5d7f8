/** How learners take to each template: accepted or passed over, completed or dropped, by level band. */
import { entryOf } from "../entry_of.ts";
import type { Beta } from "./beta.ts";
import type { LevelBand } from "./template.ts";

export interface EngagementCounts {
  readonly accepted: number;
  /** Declined, or let go by. */
  readonly passed: number;
  readonly completed: number;
  /** Abandoned, expired or failed. */
  readonly dropped: number;
}

export type EngagementOutcome = keyof EngagementCounts;

export interface Engagement {
  readonly templateId: string;
  readonly band: LevelBand;
  readonly outcome: EngagementOutcome;
}

/** Counts by `templateId:band`. */
export interface EngagementBoard {
  readonly [templateAndBand: string]: EngagementCounts;
}

/** Of one template in one band: of the offers, how many are accepted; of the accepted, how many completed. */
export interface EngagementPosterior {
  readonly accept: Beta;
  readonly complete: Beta;
}

const NO_COUNTS: EngagementCounts = { accepted: 0, passed: 0, completed: 0, dropped: 0 };
/** What the rate of the level above counts for, in observations. */
const PRIOR_STRENGTH = 4;

export function engagementKey(templateId: string, band: LevelBand): string {
  return `${templateId}:${band}`;
}

export function withEngagement(board: EngagementBoard, { templateId, band, outcome }: Engagement): EngagementBoard {
  const key = engagementKey(templateId, band);
  const counts = entryOf(board, key) ?? NO_COUNTS;
  return { ...board, [key]: { ...counts, [outcome]: counts[outcome] + 1 } };
}

type Tried = readonly [successes: number, failures: number];

function summed(cells: readonly EngagementCounts[]): EngagementCounts {
  return cells.reduce((sum, cell) => ({
    accepted: sum.accepted + cell.accepted,
    passed: sum.passed + cell.passed,
    completed: sum.completed + cell.completed,
    dropped: sum.dropped + cell.dropped,
  }), NO_COUNTS);
}

/** Each level's prior mean is the posterior mean of the level above it, which leaves out what the lower level has seen. */
function posterior(all: Tried, template: Tried, cell: Tried): Beta {
  const flat = (all[0] + 1) / (all[0] + all[1] + 2);
  const above = (template[0] + PRIOR_STRENGTH * flat) / (template[0] + template[1] + PRIOR_STRENGTH);
  return { alpha: cell[0] + PRIOR_STRENGTH * above, beta: cell[1] + PRIOR_STRENGTH * (1 - above) };
}

/** What the counts say of a template in a band: bands of one template inform each other, and templates each other. */
export function engagementOf(board: EngagementBoard, templateId: string, band: LevelBand): EngagementPosterior {
  const own = engagementKey(templateId, band);
  const ofTemplate = (key: string) => key.startsWith(`${templateId}:`);
  const others = Object.entries(board).filter(([key]) => !ofTemplate(key)).map(([, counts]) => counts);
  const siblings = Object.entries(board).filter(([key]) => ofTemplate(key) && key !== own).map(([, counts]) => counts);
  const [all, template, cell] = [summed(others), summed(siblings), entryOf(board, own) ?? NO_COUNTS];
  const accepts = ({ accepted, passed }: EngagementCounts): Tried => [accepted, passed];
  const completes = ({ completed, dropped }: EngagementCounts): Tried => [completed, dropped];
  return {
    accept: posterior(accepts(all), accepts(template), accepts(cell)),
    complete: posterior(completes(all), completes(template), completes(cell)),
  };
}
