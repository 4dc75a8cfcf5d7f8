/** What the deployment's quest board is told and what it records: how learners take to each template. */
import { type Address, addressOf } from "../address.ts";
import type { Engagement } from "../quests/engagement.ts";

export interface QuestBoardCommand {
  readonly type: "record_engagement";
  readonly engagements: readonly Engagement[];
}

export interface QuestBoardEvent {
  readonly type: "engagement_recorded";
  readonly engagements: readonly Engagement[];
}

/** There is one for all learners. */
export const QUEST_BOARD: Address<QuestBoardCommand> = addressOf<QuestBoardCommand>("quests", "all");
