/** What a learner is told about quests and what is recorded of them. */
import type { Response } from "../curriculum/rendered_item.ts";
import type { ActiveQuest, CriterionResult, Quest, QuestDraft, RubricPoints } from "./quest.ts";
import type { ProposalReceipt } from "./rank.ts";
import type { Tally } from "./tally.ts";
import type { LevelBand, QuestKind } from "./template.ts";

/** Sent by the learner. */
export type LearnerQuestCommand =
  /** Asks for quests; nothing happens while enough are offered. */
  | { readonly type: "seek_quests" }
  | { readonly type: "accept_quest"; readonly questId: string }
  | { readonly type: "decline_quest"; readonly questId: string }
  | { readonly type: "abandon_quest"; readonly questId: string }
  /** `answers` to the keyed criteria, by their ids; `text` for those that a teacher judges; `digest` of both. */
  | {
    readonly type: "submit_quest";
    readonly questId: string;
    readonly answers: { readonly [criterionId: string]: Response };
    readonly text: string;
    readonly digest: string;
  }
  | { readonly type: "join_team"; readonly teamId: string };

/** Sent by the engine: effects, the clock, submissions and teams. */
export type EngineQuestCommand =
  | {
    readonly type: "offer_quests";
    readonly basisSeq: number;
    readonly drafts: readonly QuestDraft[];
    readonly receipt: ProposalReceipt;
  }
  | { readonly type: "proposal_failed"; readonly basisSeq: number; readonly reason: string }
  | { readonly type: "quests_deadline" }
  /** A teacher has judged a submission. */
  | {
    readonly type: "record_evaluation";
    readonly questId: string;
    readonly attempt: number;
    readonly points: RubricPoints;
    readonly comment: string;
  }
  | {
    readonly type: "team_joined";
    readonly teamId: string;
    readonly draft: QuestDraft;
    readonly deadlineMs: number;
  }
  | { readonly type: "team_refused"; readonly teamId: string; readonly reason: string }
  /** The team's quest is over; `hasContributed`: this member had a part in it. */
  | {
    readonly type: "team_finished";
    readonly teamId: string;
    readonly outcome: "completed" | "expired";
    readonly hasContributed: boolean;
  };

export type QuestCommand = LearnerQuestCommand | EngineQuestCommand;

/** How an offer or a quest ended without completion. */
export type ClosedOutcome =
  | "declined"
  | "offer_expired"
  | "abandoned"
  | "expired"
  /** The last submission fell short. */
  | "failed"
  /** The team completed it before this member had a part in it. */
  | "completed_without_you";

/** What every event about the end of a quest says of it. */
interface EndedQuest {
  readonly questId: string;
  readonly templateId: string;
  readonly questKind: QuestKind;
  readonly band: LevelBand;
  readonly title: string;
  readonly teamId: string | null;
  readonly atMs: number;
}

export type QuestEvent =
  | { readonly type: "quests_sought"; readonly seed: number; readonly atMs: number }
  | { readonly type: "quests_offered"; readonly offers: readonly Quest[]; readonly receipt: ProposalReceipt }
  | {
    readonly type: "quest_accepted";
    readonly accepted: ActiveQuest;
    /** Who is invited into a team has not been offered the quest. */
    readonly by: "offer" | "invitation";
  }
  | { readonly type: "team_join_asked"; readonly teamId: string }
  | { readonly type: "team_join_refused"; readonly teamId: string; readonly reason: string }
  | {
    readonly type: "quest_progressed";
    readonly questId: string;
    readonly teamId: string | null;
    /** Those that changed. */
    readonly tallies: { readonly [criterionId: string]: Tally };
    /** How much each of them amounts to. */
    readonly amounts: { readonly [criterionId: string]: number };
    /** The score so far, 0 to 1; of a team's quest the member's own share. */
    readonly progress: number;
  }
  | {
    readonly type: "quest_submitted";
    readonly questId: string;
    readonly attempt: number;
    readonly keyed: { readonly [criterionId: string]: number };
    readonly underReview: boolean;
    readonly atMs: number;
  }
  | {
    readonly type: "quest_fell_short";
    readonly questId: string;
    readonly attempt: number;
    readonly score: number;
    readonly threshold: number;
    readonly results: readonly CriterionResult[];
    readonly comment: string;
    readonly triesLeft: number;
    readonly deadlineMs: number;
  }
  | ({
    readonly type: "quest_completed";
    readonly score: number;
    readonly results: readonly CriterionResult[];
    readonly comment: string;
    /** Those of the quest times the score, rounded. */
    readonly points: number;
    readonly badges: readonly string[];
  } & EndedQuest)
  | ({ readonly type: "quest_closed"; readonly outcome: ClosedOutcome } & EndedQuest);

/** Asks for quests that suit the learner now. */
export interface ProposeQuestsEffect {
  readonly kind: "propose_quests";
  readonly basisSeq: number;
  readonly learnerId: string;
  readonly seed: number;
  readonly atMs: number;
  /** How many are wanted. */
  readonly offersMax: number;
}
