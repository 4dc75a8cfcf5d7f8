/** What a team's quest is told, always by its members' own records, and what it records. */
import { type Address, addressOf } from "../address.ts";
import type { QuestDraft } from "../quests/quest.ts";

/** How much each automatic criterion amounts to. */
export interface Amounts {
  readonly [criterionId: string]: number;
}

export type TeamQuestCommand =
  | { readonly type: "found_team"; readonly draft: QuestDraft; readonly deadlineMs: number }
  | { readonly type: "join_team"; readonly learnerId: string }
  /** What the member has done for the quest by now, all told: told again it counts once. */
  | { readonly type: "contribute"; readonly amounts: Amounts }
  | { readonly type: "leave_team" }
  | { readonly type: "team_deadline" };

export type TeamQuestEvent =
  | {
    readonly type: "team_founded";
    readonly founderId: string;
    readonly draft: QuestDraft;
    readonly deadlineMs: number;
  }
  | { readonly type: "member_joined"; readonly learnerId: string }
  /** Kept, so that the request has an event to carry the answer. */
  | { readonly type: "member_refused"; readonly learnerId: string; readonly reason: string }
  | {
    readonly type: "team_progressed";
    readonly learnerId: string;
    readonly amounts: Amounts;
    /** The team's, with these counted in. */
    readonly totals: Amounts;
    readonly progress: number;
  }
  | { readonly type: "member_left"; readonly learnerId: string }
  | { readonly type: "team_completed"; readonly contributors: readonly string[] }
  | { readonly type: "team_expired" };

export function teamQuestAddress(teamId: string): Address<TeamQuestCommand> {
  return addressOf<TeamQuestCommand>("teamquest", teamId);
}
