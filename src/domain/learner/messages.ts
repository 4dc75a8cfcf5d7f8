/** What a learner actor is told and what it records. */
import { type Address, addressOf } from "../address.ts";
import type { HiddenState } from "../adaptive/learner_knowledge.ts";
import type { NetworkAnswer, Sighting } from "../adaptive/sighting.ts";
import type { Difficulty, Modality } from "../curriculum/rendered_item.ts";
import type { Correction, FigureName } from "../dna/corrections.ts";
import type { WorkBehaviour } from "../dna/work_behaviour.ts";
import type { ReviewNotice } from "../memory/review_schedule.ts";
import type { ProposeQuestsEffect, QuestCommand, QuestEvent } from "../quests/messages.ts";
import type { ActivityKind } from "../quests/template.ts";
import type { RewardEvent } from "../rewards/messages.ts";
import type { CompletionCause } from "../session/messages.ts";
import type { Tally } from "../session/tally.ts";
import type { Profile, ProfileDraft } from "./profile.ts";

/** One graded answer, from whichever session it was given in. */
export interface AnswerFact {
  readonly sessionId: string;
  readonly courseId: string;
  readonly itemId: string;
  readonly skills: readonly string[];
  readonly difficulty: Difficulty;
  readonly correct: boolean;
  readonly score: number;
  readonly hintsUsed: number;
  /** Null where not the learner set the pace, as in a question to a class: it then says nothing of their memory. */
  readonly responseMs: number | null;
  readonly atMs: number;
  /** In which ways the item offered to be shown, each once. */
  readonly presentations: readonly Modality[];
  /** What the work showed at this answer. */
  readonly behaviour: readonly WorkBehaviour[];
  /** Null where the item was chosen without the course's statistics: the answer then moves the ratings alone. */
  readonly sighting: Sighting | null;
}

/** What answers told by older programs, and stored, do not say. */
export const UNTOLD_ANSWER: Pick<AnswerFact, "sighting" | "presentations" | "behaviour"> = {
  sighting: null,
  presentations: [],
  behaviour: [],
};

/** One completed session, as it ended. */
export interface SessionFact {
  readonly sessionId: string;
  readonly courseId: string;
  /** Null outside any class. */
  readonly classId: string | null;
  /** The skill it kept to; null for the whole course. */
  readonly topic: string | null;
  readonly cause: CompletionCause;
  readonly startedAtMs: number;
  readonly completedAtMs: number;
  readonly tally: Tally;
}

/** Something done with others, beside answering. */
export interface ActivityFact {
  readonly kind: ActivityKind;
  /** Of the debate, the room or the explanation. */
  readonly id: string;
  readonly courseId: string | null;
  readonly skills: readonly string[];
  /** Ids of those it was done with; empty for whoever debated with the AI alone. */
  readonly partners: readonly string[];
  /** What it was about: the same again with the same people counts once a day. */
  readonly subject: string;
  /** When the learner's own part in it began. */
  readonly sinceMs: number;
  readonly atMs: number;
}

/** The answers of one course that a reading takes in, by the numbers of their events. */
interface ReadSpan {
  readonly courseId: string;
  readonly fromSeq: number;
  readonly untilSeq: number;
}

export type LearnerCommand =
  | QuestCommand
  | {
    readonly type: "record_answer";
    readonly answer: AnswerFact;
    /** The live lesson that it was given in, which is told how mastery has moved; absent outside one. */
    readonly lessonId?: string;
  }
  | { readonly type: "record_session"; readonly session: SessionFact }
  | { readonly type: "record_activity"; readonly activity: ActivityFact }
  /** The network has read the answers. */
  | ({ readonly type: "answers_read"; readonly hidden: HiddenState } & ReadSpan)
  /** It has not, and will be asked again with the next answer. */
  | ({ readonly type: "reading_failed"; readonly reason: string } & ReadSpan)
  /** Replaces the learner's profile if `expectedVersion` is still current. */
  | { readonly type: "set_profile"; readonly expectedVersion: number; readonly draft: ProfileDraft }
  /** The learner has stopped suggestions in a session, which holds for those to come. */
  | { readonly type: "stop_suggestions" }
  /** What the learner says of one figure about how they learn; null takes it back. */
  | { readonly type: "correct_dna"; readonly figure: FigureName; readonly correction: Correction | null }
  /** Reviews may be due now. */
  | { readonly type: "reviews_deadline" }
  /** Books an entry of the ledger back, by somebody who teaches. */
  | { readonly type: "take_back_points"; readonly entryId: string; readonly reason: string };

export type LearnerEvent =
  | QuestEvent
  | { readonly type: "answer_recorded"; readonly answer: AnswerFact }
  | { readonly type: "session_recorded"; readonly session: SessionFact }
  | {
    readonly type: "activity_recorded";
    readonly activity: ActivityFact;
    readonly occasion: string;
    /** Not where it is the same again: it is on record, and earns nothing. */
    readonly counts: boolean;
  }
  | ({ readonly type: "answers_read"; readonly hidden: HiddenState } & ReadSpan)
  | { readonly type: "profile_set"; readonly profile: Profile }
  | {
    readonly type: "dna_corrected";
    readonly figure: FigureName;
    readonly correction: Correction | null;
    readonly atMs: number;
  }
  | { readonly type: "reviews_due"; readonly notices: readonly ReviewNotice[]; readonly atMs: number }
  | RewardEvent;

/** Asks the network to take in what it has not read of this learner. */
export interface ReadAnswersEffect extends ReadSpan {
  readonly kind: "read_answers";
  readonly hidden: HiddenState | null;
  readonly answers: readonly NetworkAnswer[];
}

/** What runs beside a learner's turns. */
export type LearnerEffect = ReadAnswersEffect | ProposeQuestsEffect;

export function learnerAddress(learnerId: string): Address<LearnerCommand> {
  return addressOf<LearnerCommand>("learner", learnerId);
}
