/** How far a learner has come, for quests: told from how much they have answered and how able that shows them. */
import type { Rating } from "../adaptive/elo.ts";
import type { LevelBand } from "./template.ts";

/** With fewer answers nothing is said of ability. */
const NEWCOMER_ANSWERS_MAX = 20;
/** In logits; 0 is even odds on an item of average difficulty, 1 nearly three in four. */
const SECURE_ABILITY_MIN = 0.3;
const ADVANCED_ABILITY_MIN = 1.2;

export function levelBandOf({ ability, answers }: Rating): LevelBand {
  if (answers < NEWCOMER_ANSWERS_MAX) return "newcomer";
  if (ability < SECURE_ABILITY_MIN) return "developing";
  return ability < ADVANCED_ABILITY_MIN ? "secure" : "advanced";
}
