/** Proposes quests to a learner: finds what is applicable, ranks it, personalises the best. */
import { randomFrom } from "../random.ts";
import { applicableQuests } from "./applicable.ts";
import type { EngagementBoard } from "./engagement.ts";
import { personalise } from "./personalise.ts";
import type { QuestDraft } from "./quest.ts";
import { type Ranked, rankQuests } from "./rank.ts";
import type { QuestSituation } from "./situation.ts";
import type { QuestTemplate } from "./template.ts";

export interface Proposal {
  /** Best first. */
  readonly drafts: readonly QuestDraft[];
  readonly considered: readonly Ranked[];
}

/** At most `limit` quests; the same seed and situation give the same. */
export function proposeQuests(
  templates: readonly QuestTemplate[],
  situation: QuestSituation,
  board: EngagementBoard,
  { seed, limit }: { readonly seed: number; readonly limit: number },
): Proposal {
  const applicable = applicableQuests(templates, situation);
  const candidates = applicable.map(({ template: { id, kind }, fit }) => ({ templateId: id, kind, fit }));
  const { chosen, considered } = rankQuests(candidates, board, { band: situation.band, seed, limit });
  // A sequence apart from the one that ranks.
  const random = randomFrom(~seed);
  const drafts = chosen.flatMap((place) => {
    const one = applicable[place];
    return one === undefined ? [] : [personalise(one, situation, random)];
  });
  return { drafts, considered };
}
