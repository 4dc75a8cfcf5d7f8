/** What runs beside a class's matching: reading how a learner stands in the skills of a course. */
import type { EffectRunner } from "../actors/ports.ts";
import { errorOf } from "../domain/adaptive/mastery.ts";
import { SKILLS_READ_MAX } from "../domain/matching/limits.ts";
import type { MatchingCommand, ReadStandingEffect } from "../domain/matching/messages.ts";
import type { SkillStanding } from "../domain/matching/search.ts";
import { type ChoiceSources, readChoiceBasis } from "./choice_basis.ts";

/** Finer than this nothing is known of anybody. */
const DECIMALS = 1_000;

function rounded(share: number): number {
  return Math.round(share * DECIMALS) / DECIMALS;
}

async function read(
  sources: ChoiceSources,
  { userId, courseId, skills }: ReadStandingEffect,
  signal: AbortSignal,
): Promise<readonly SkillStanding[]> {
  const basis = await readChoiceBasis(sources, { learnerId: userId, courseId, history: [] }, signal);
  if (basis === null) return [];
  const { course, reading } = basis;
  const wished = course.skills.filter(({ id }) => skills.includes(id));
  const others = course.skills.filter(({ id }) => !skills.includes(id));
  return [...wished, ...others].slice(0, SKILLS_READ_MAX).map(({ id, title }) => {
    const mastery = reading.masteryOf(id);
    return { skillId: id, title, probability: rounded(mastery.probability), error: rounded(errorOf(mastery)) };
  });
}

export function createMatchingEffects(sources: ChoiceSources): EffectRunner<ReadStandingEffect, MatchingCommand> {
  return async (effect, _actor, signal) => {
    const standing = await read(sources, effect, signal);
    return { type: "standing_read", userId: effect.userId, standing };
  };
}
