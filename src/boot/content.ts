/** What a deployment plays by beside its courses: badges and quests, read and checked before anything starts. */
import type { QuestTemplate } from "../domain/quests/template.ts";
import type { BadgeRule } from "../domain/rewards/badge.ts";
import { readBadgeRules } from "./badge_rules.ts";
import { readQuestTemplates } from "./quest_templates.ts";

export interface Content {
  readonly badges: readonly BadgeRule[];
  readonly questTemplates: readonly QuestTemplate[];
}

/** @throws BadBadgesError, BadQuestTemplatesError with every fault */
export async function readContent(): Promise<Content> {
  const badges = await readBadgeRules();
  return { badges, questTemplates: await readQuestTemplates(new Set(badges.map(({ id }) => id))) };
}
