/** How well the strengths of a group's members complete each other, as far as that is known for sure. */
import { type Candidate, type MetPairs, pairKey, type SkillStanding } from "./search.ts";

/** Of what a member gets out of a group: with what they give as well, rather than for itself. */
const MUTUAL_SHARE = 0.75;
/** Off the score of a group all of whose pairs have met before. */
const MET_SHARE = 0.5;

/** A candidate among others, with what is asked of every two of them again and again worked out once. */
export interface Profile extends Candidate {
  readonly place: number;
  /** By the place of a helper: how far they are surely ahead in each skill that this one wants to work on. */
  readonly leads: readonly Float64Array[];
}

/**
 * By how much one who helps is ahead of one who learns, in chance of a right answer, 0 to 1. A lead counts only beyond
 * one standard error of the difference, so that who is hardly known neither leads nor lags.
 */
export function sureLead(ahead: SkillStanding | undefined, behind: SkillStanding | undefined): number {
  if (ahead === undefined || behind === undefined) return 0;
  return Math.max(0, ahead.probability - behind.probability - Math.hypot(ahead.error, behind.error));
}

export function profilesOf(candidates: readonly Candidate[]): readonly Profile[] {
  const bySkill = candidates.map(({ standing }) => new Map(standing.map((one) => [one.skillId, one])));
  return candidates.map((candidate, place) => {
    const { wished, standing } = candidate;
    const wants = wished.length > 0 ? wished : standing.map(({ skillId }) => skillId);
    const own = bySkill[place];
    const leads = bySkill.map((helper) =>
      Float64Array.from(wants, (skillId) => sureLead(helper.get(skillId), own?.get(skillId)))
    );
    return { ...candidate, place, leads };
  });
}

/** What the best helper of each skill that `learner` wants to work on is ahead of them, on average. */
function help({ leads, place }: Profile, helpers: readonly Profile[]): number {
  const skills = leads[place]?.length ?? 0;
  let sum = 0;
  for (let skill = 0; skill < skills; skill++) {
    let best = 0;
    for (const helper of helpers) best = Math.max(best, leads[helper.place]?.[skill] ?? 0);
    sum += best;
  }
  return skills === 0 ? 0 : sum / skills;
}

/** Harmonic mean: high only where both are. */
function harmonic(a: number, b: number): number {
  return a + b === 0 ? 0 : 2 * a * b / (a + b);
}

/** What one member gets out of the group: help, and somebody to help. */
function memberScore(member: Profile, others: readonly Profile[]): number {
  const got = help(member, others);
  const given = Math.max(0, ...others.map((other) => help(other, [member])));
  return MUTUAL_SHARE * harmonic(got, given) + (1 - MUTUAL_SHARE) * got;
}

function metShare(group: readonly Profile[], met: MetPairs): number {
  let [pairs, known] = [0, 0];
  for (const [i, a] of group.entries()) {
    for (const b of group.slice(i + 1)) {
      pairs += 1;
      if (met.has(pairKey(a.userId, b.userId))) known += 1;
    }
  }
  return pairs === 0 ? 0 : known / pairs;
}

/**
 * 0 to 1: how much the group's members can help each other, mutually, in what they want to work on. Both sides of a
 * match are joined by their harmonic mean, as in reciprocal recommenders (Pizzato et al., RECON, 2010); less where
 * they have met before.
 */
export function groupScore(group: readonly Profile[], met: MetPairs): number {
  const scores = group.map((member) => memberScore(member, group.filter((other) => other !== member)));
  const mean = scores.reduce((sum, score) => sum + score, 0) / group.length;
  return mean * (1 - MET_SHARE * metShare(group, met));
}

/** Whether nobody of these will not be with another. */
export function isPeaceful(group: readonly Candidate[]): boolean {
  return group.every(({ notAgain }) => notAgain.length === 0 || !group.some(({ userId }) => notAgain.includes(userId)));
}

/** Whether these may be put together: a size that suits all, and nobody with whom another will not be. */
export function isAllowed(group: readonly Candidate[]): boolean {
  const size = group.length;
  return group.every(({ sizeMin, sizeMax }) => sizeMin <= size && size <= sizeMax) && isPeaceful(group);
}
