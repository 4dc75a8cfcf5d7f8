/** What a learning session is told, what it records, and what it asks for. */
import { type Address, addressOf } from "../address.ts";
import type { ChoicePolicy } from "../adaptive/choice_policy.ts";
import type { Considered } from "../adaptive/considered.ts";
import type { ScoreWeights } from "../adaptive/score.ts";
import type { Sighting } from "../adaptive/sighting.ts";
import type { InterventionReply } from "../affect/intervention.ts";
import type { Ground } from "../affect/intervention_policy.ts";
import type { EmotionObservation } from "../affect/observation.ts";
import type { Difficulty, RenderedItem, Response } from "../curriculum/rendered_item.ts";
import type { Offer } from "./offer.ts";
import type { Tally } from "./tally.ts";
import type { AskTutorEffect, TutorCommand, TutorEvent } from "./tutor_messages.ts";

export interface SessionPlan {
  readonly learnerId: string;
  readonly courseId: string;
  /** The class whose policies hold in this session; null outside any class. */
  readonly classId: string | null;
  /** The live lesson that is told how the session goes; absent outside one. */
  readonly lessonId?: string;
  /** A skill id to stay within, with its prerequisites; null for the whole course. */
  readonly topic: string | null;
  readonly learningObjectives: readonly string[];
  /** The learner's wish; null lets ability decide. */
  readonly difficulty: Difficulty | null;
  /** How many items make the session complete, 1 to 500. */
  readonly targetItems: number;
}

/** Why an item was chosen, and everything needed to weigh and draw it again. */
export interface ChoiceReceipt {
  readonly id: string;
  readonly policy: ChoicePolicy;
  /** One plain sentence for the learner. */
  readonly reason: string;
  /** Plain sentences for the teacher: what decided, and against what. */
  readonly grounds: readonly string[];
  readonly model: string;
  /** True when the model was missing or late and a stated prior stood in. */
  readonly prior: boolean;
  /** The number of the course's event up to which statistics counted; null where they could not be had. */
  readonly statisticsVersion: number | null;
  /** The number of the learner's event up to which their knowledge counted; null where it could not be read. */
  readonly learnerSeq: number | null;
  /** The edition of the course; null where that was not recorded. */
  readonly courseVersion: number | null;
  /** Null where that was not recorded. */
  readonly chosenAtMs: number | null;
  /** What was known of the chosen item; null where statistics could not be had. */
  readonly sighting: Sighting | null;
  readonly targetProbability: number;
  /** What each term of a score counts; none where that was not recorded. */
  readonly weights: ScoreWeights;
  /** Of the softmax that the item was drawn by: `e^(score / temperature)`. */
  readonly temperature: number;
  readonly seed: number;
  /** Best first. */
  readonly considered: readonly Considered[];
  /** Probability with which this item was drawn among those considered. */
  readonly propensity: number;
  /** The teacher who put this item in place of the engine's choice, and why; null where nobody did. */
  readonly override: { readonly by: string; readonly reason: string } | null;
  /** Ids of items that could not come, since a lesson asked them; absent where there were none. */
  readonly heldBack?: readonly string[];
}

/** Sent by the person in the session. `item` is the number of the event that served the item. */
export type LearnerSessionCommand =
  | { readonly type: "answer"; readonly item: number; readonly response: Response }
  | { readonly type: "hint"; readonly item: number }
  | { readonly type: "skip"; readonly item: number }
  | { readonly type: "pause" }
  | { readonly type: "resume" }
  | { readonly type: "complete" }
  /** Whether the lesson's tab is hidden since `at`: milliseconds since the Unix epoch, by the server's clock as the client knows it. */
  | { readonly type: "attention"; readonly hidden: boolean; readonly at: number }
  /** The learner wants easier items for a while. */
  | { readonly type: "easier_items" }
  /** What the learner thinks of suggestion `id`. */
  | { readonly type: "intervention_reply"; readonly id: number; readonly reply: InterventionReply };

/** What a teacher wants to come next, and why. */
export interface Override {
  readonly itemId: string;
  /** The teacher's user id. */
  readonly by: string;
  /** Told to the learner: 1 to 300 characters of plain text. */
  readonly reason: string;
}

/** Sent by the learner's teacher: this item of the course comes next, in place of one that is open. */
export type StaffSessionCommand = {
  readonly type: "override_item";
  readonly itemId: string;
  readonly reason: string;
};

/** Sent by the engine: the edge, effects, timers and the live lesson that the session belongs to. */
export type EngineSessionCommand =
  /** By a teacher in the lesson. */
  | ({ readonly type: "lesson_override" } & Override)
  | { readonly type: "create"; readonly plan: SessionPlan }
  | { readonly type: "observe_emotion"; readonly observation: EmotionObservation }
  | { readonly type: "forget_emotion" }
  | {
    readonly type: "serve_item";
    readonly item: RenderedItem;
    readonly receipt: ChoiceReceipt;
    /** Whether the learner's profile lets lessons suggest anything. */
    readonly suggestions: boolean;
  }
  | { readonly type: "no_item_left" }
  /** The course has no item such as the teacher wanted. */
  | { readonly type: "override_unknown" }
  /** A lesson asks the learner that item now. */
  | { readonly type: "override_held_back" }
  | { readonly type: "choice_failed"; readonly reason: string }
  /** A choice that failed may be tried again now. */
  | { readonly type: "retry_choice" }
  /** The learner has not been heard of for a while. */
  | { readonly type: "idle_deadline" }
  /** The tab has been hidden, or shown again, for so long that the learner is off task, or no more. */
  | { readonly type: "attention_deadline" };

export type SessionCommand = LearnerSessionCommand | StaffSessionCommand | EngineSessionCommand | TutorCommand;

export type PauseCause = "learner" | "staff" | "idle" | "choice_failed";
/**
 * Why an item was closed without an answer; `overridden`: the teacher put another in its place; `asked_in_lesson`: the
 * learner passed it over while a lesson asked it.
 */
export type SkipCause = "learner" | "overridden" | "asked_in_lesson";
export type CompletionCause = "learner" | "staff" | "target_reached" | "no_item_left";

/** Each event holds all that its projections tell, since those see the event alone. */
export type SessionEvent =
  | {
    readonly type: "created";
    readonly plan: SessionPlan;
    /** Every choice's seed derives from it. */
    readonly seed: number;
  }
  | {
    readonly type: "item_served";
    /** This event's own number; commands about the item name it. */
    readonly number: number;
    readonly item: RenderedItem;
    readonly receipt: ChoiceReceipt;
    readonly progress: number;
  }
  | {
    readonly type: "answered";
    readonly item: number;
    readonly response: Response;
    readonly correct: boolean;
    /** 0 to 1, hints already taken off. */
    readonly score: number;
    readonly responseMs: number;
    readonly hintsUsed: number;
    /** What would have been right, in words; the item is closed now. */
    readonly correctAnswer: string;
    readonly explanation: string;
    readonly progress: number;
  }
  | {
    readonly type: "hint_given";
    readonly item: number;
    /** 1, 2 or 3. */
    readonly rung: number;
    readonly text: string;
    /** Help with the item so far, in hints; absent where the tutor had not gone further than the hints. */
    readonly helpUsed?: number;
  }
  | TutorEvent
  | { readonly type: "skipped"; readonly item: number; readonly cause: SkipCause }
  | ({ readonly type: "override_asked" } & Override)
  | {
    readonly type: "override_refused";
    readonly itemId: string;
    readonly code: "item_unknown" | "item_asked" | "choice_failed";
    /** One plain sentence for the teacher. */
    readonly reason: string;
  }
  | { readonly type: "choice_failed"; readonly attempt: number; readonly reason: string }
  | { readonly type: "paused"; readonly cause: PauseCause }
  | { readonly type: "resumed" }
  | { readonly type: "emotion_forgotten" }
  /** Nothing has come from the learner since `sinceMs`. */
  | { readonly type: "idle_noticed"; readonly sinceMs: number }
  | {
    readonly type: "intervention";
    /** This event's own number; the learner's reply names it. */
    readonly id: number;
    readonly offer: Offer;
    /** What the learner did, never what a face showed: this is stored (M6). */
    readonly grounds: readonly Ground[];
    readonly told: "learner_and_staff" | "staff";
  }
  | { readonly type: "intervention_answered"; readonly id: number; readonly reply: InterventionReply }
  /** The learner wants no more suggestions in this session: they say so now, or their profile does. */
  | { readonly type: "suggestions_stopped"; readonly by: "learner" | "profile" }
  /** The learner asked for easier items. */
  | { readonly type: "easier_asked" }
  | {
    readonly type: "completed";
    readonly cause: CompletionCause;
    readonly progress: number;
    readonly tally: Tally;
  };

/** An item met earlier in the session and what came of it. */
export interface PastItem {
  readonly itemId: string;
  readonly skills: readonly string[];
  readonly correct: boolean;
  readonly score: number;
  /** Null when it was skipped. */
  readonly answeredAtMs: number | null;
  /** What chose it. */
  readonly policy: ChoicePolicy;
}

/** What the choice of a session's next item goes by. */
interface ChoiceBasis {
  readonly basisSeq: number;
  readonly sessionId: string;
  readonly seed: number;
  readonly plan: SessionPlan;
  /** Success probability to aim at: by the learner's wish and what the work calls for. */
  readonly targetProbability: number;
  /** Items already met in this session, latest last, at most `HISTORY_MAX`. */
  readonly history: readonly PastItem[];
  /** Ids of all items answered right in this session, each once. */
  readonly right: readonly string[];
}

export interface ChooseItemEffect extends ChoiceBasis {
  readonly kind: "choose_item";
}

/** The same for the item that a teacher wants. */
export interface ServeOverrideEffect extends ChoiceBasis {
  readonly kind: "serve_override";
  readonly override: Override;
}

/** What brings a session's next item. */
export type ChoiceEffect = ChooseItemEffect | ServeOverrideEffect;

export type SessionEffect = ChoiceEffect | AskTutorEffect;

export function sessionAddress(sessionId: string): Address<SessionCommand> {
  return addressOf<SessionCommand>("session", sessionId);
}
