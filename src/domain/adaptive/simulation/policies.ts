/** The policies that can be compared, by name. */
import { chooseByOwnPolicy } from "./own_policy.ts";
import { chooseAtRandom, chooseByElo75, chooseInOrder, chooseLowestMastery } from "./plain_policies.ts";
import type { Policy } from "./policy.ts";

export const POLICY_NAMES = ["ours", "random", "fixed", "lowest_mastery", "elo75"] as const;
export type PolicyName = typeof POLICY_NAMES[number];

export const POLICIES: { readonly [name in PolicyName]: Policy } = {
  ours: chooseByOwnPolicy,
  random: chooseAtRandom,
  fixed: chooseInOrder,
  lowest_mastery: chooseLowestMastery,
  elo75: chooseByElo75,
};
