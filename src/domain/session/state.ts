/** What a learning session is at any moment: one arm a status, each with its own fields. */
import { ATTENDING, type Attention } from "../affect/attention.ts";
import { type EmotionWindow, withoutReadings } from "../affect/emotion_window.ts";
import { type InterventionRecord, NO_INTERVENTIONS } from "../affect/intervention.ts";
import type { Ground } from "../affect/intervention_policy.ts";
import type { WorkLog } from "../affect/work_log.ts";
import type { RenderedItem } from "../curriculum/rendered_item.ts";
import type { TutorThread } from "../tutor/ladder.ts";
import type { ChoiceReceipt, CompletionCause, Override, PastItem, PauseCause, SessionPlan } from "./messages.ts";
import type { Offer } from "./offer.ts";
import type { Tally } from "./tally.ts";
import type { WorkedExample } from "./worked_example.ts";

export interface OpenItem {
  /** Of the event that served it. */
  readonly number: number;
  readonly item: RenderedItem;
  readonly receipt: ChoiceReceipt;
  readonly servedAtMs: number;
  readonly hintsGiven: number;
  /** `workedMs` at which each was given. */
  readonly hintsAtMs: readonly number[];
  /** Absent until the learner has asked the tutor about it. */
  readonly tutor?: TutorThread;
  /** Time worked on it up to the session's clock, pauses excluded. */
  readonly workedMs: number;
}

/** A session at work either waits for its next item or has one open. */
export type Step =
  | {
    readonly kind: "choosing";
    /** The event since which an item is awaited; results read before it come too late. */
    readonly basisSeq: number;
    readonly failures: number;
    /** Null while a choice is under way. */
    readonly retryAtMs: number | null;
  }
  | { readonly kind: "item_open"; readonly open: OpenItem };

/** An item that a teacher wants, until it is served. */
export interface PendingOverride extends Override {
  /** The event since which it is awaited. */
  readonly askedSeq: number;
}

/** A suggestion that was made to the learner. */
export interface Suggestion {
  /** Number of the event that made it; of what a face called, the time, which no event's number reaches. */
  readonly id: number;
  readonly offer: Offer;
  readonly grounds: readonly Ground[];
  readonly told: "learner_and_staff" | "staff";
  /** Items closed by then. */
  readonly itemsMet: number;
}

/** What a strained face called: in memory only, so that nothing stored tells of it (M25). */
export interface FaceHelp {
  /** The newest, until the learner has answered it or it has served its turn. */
  readonly open: Suggestion | null;
  readonly record: InterventionRecord;
}

export const NO_FACE_HELP: FaceHelp = { open: null, record: NO_INTERVENTIONS };

interface Begun {
  readonly sessionId: string;
  readonly plan: SessionPlan;
  readonly seed: number;
  readonly startedAtMs: number;
  readonly tally: Tally;
  /** Latest last, at most `HISTORY_MAX`. */
  readonly history: readonly PastItem[];
  /** Ids of all items answered right, each once: as many at most as the session takes. */
  readonly right: readonly string[];
  readonly work: WorkLog;
  /** Latest last. */
  readonly examples: readonly WorkedExample[];
  readonly interventions: InterventionRecord;
  /** The newest, until the learner has answered it or it has served its turn. */
  readonly suggestion: Suggestion | null;
  /** Choices that still aim at easier items because that was suggested or asked for. */
  readonly easierItemsLeft: number;
  /** The teacher who has paused the tutor; absent or null while it may speak. */
  readonly tutorPausedBy?: string | null;
  /** In memory only, like `faceHelp` and `attention`: see `withoutMemories`. */
  readonly emotion: EmotionWindow;
  readonly faceHelp: FaceHelp;
  readonly attention: Attention;
}

export interface ActiveSession extends Begun {
  readonly status: "active";
  /** Up to here time on task has been counted. */
  readonly clockMs: number;
  /** When the learner last did something. */
  readonly heardAtMs: number;
  /** The same, once the silence since was noticed; else null. */
  readonly idleSinceMs: number | null;
  readonly step: Step;
  /** The open item stays open until the teacher's is there. */
  readonly override: PendingOverride | null;
}

export interface PausedSession extends Begun {
  readonly status: "paused";
  readonly pausedAtMs: number;
  readonly cause: PauseCause;
  readonly step: Step;
  /** Served once the session goes on. */
  readonly override: PendingOverride | null;
}

interface CompletedSession extends Begun {
  readonly status: "completed";
  readonly completedAtMs: number;
  readonly cause: CompletionCause;
}

export type BegunSession = ActiveSession | PausedSession | CompletedSession;
export type SessionState = { readonly status: "not_created"; readonly sessionId: string } | BegunSession;

/** Share of the target answered, 0 to 1; it never falls, since answers are never taken back. */
export function progressOf(plan: SessionPlan, answered: number): number {
  return Math.min(1, answered / plan.targetItems);
}

/** Items closed, answered or not. */
export function itemsMet({ tally }: BegunSession): number {
  return tally.answered + tally.skipped;
}

/** The state as the journal alone would give it: without what lives in memory only. */
export function withoutMemories(session: BegunSession): BegunSession {
  return { ...session, emotion: withoutReadings(session.emotion), faceHelp: NO_FACE_HELP, attention: ATTENDING };
}
