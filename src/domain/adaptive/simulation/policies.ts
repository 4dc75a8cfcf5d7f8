/** The policies that can be compared, by name. */
import { chooseByOwnPolicy } from "./own_policy.ts";
import { chooseAtRandom, chooseByElo75, chooseInOrder, chooseLowestMastery } from "./plain_policies.ts";
import type { Policy } from "./policy.ts";
import { chooseSkillBySkill } from "./skill_by_skill.ts";

/** Those compared with each other unless one is asked for by name. */
export const COMPARED_POLICIES = ["ours", "random", "fixed", "lowest_mastery", "elo75"] as const;
export const POLICY_NAMES = [...COMPARED_POLICIES, "skill_by_skill"] as const;
export type PolicyName = typeof POLICY_NAMES[number];

export const POLICIES: { readonly [name in PolicyName]: Policy } = {
  ours: chooseByOwnPolicy,
  random: chooseAtRandom,
  fixed: chooseInOrder,
  lowest_mastery: chooseLowestMastery,
  elo75: chooseByElo75,
  skill_by_skill: chooseSkillBySkill,
};
