/** What a learning session is at any moment: one arm a status, each with its own fields. */
import { type AffectSummary, affectSummary } from "../affect/trajectory.ts";
import type { EmotionWindow } from "../affect/emotion_window.ts";
import type { RenderedItem } from "../curriculum/rendered_item.ts";
import type { ChoiceReceipt, CompletionCause, Override, PastItem, PauseCause, SessionPlan } from "./messages.ts";
import type { Tally } from "./tally.ts";

export interface OpenItem {
  /** Of the event that served it. */
  readonly number: number;
  readonly item: RenderedItem;
  readonly receipt: ChoiceReceipt;
  readonly servedAtMs: number;
  readonly hintsGiven: number;
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

interface Begun {
  readonly sessionId: string;
  readonly plan: SessionPlan;
  readonly seed: number;
  readonly startedAtMs: number;
  readonly tally: Tally;
  /** Latest last, at most `HISTORY_MAX`. */
  readonly history: readonly PastItem[];
  readonly emotion: EmotionWindow;
}

export interface ActiveSession extends Begun {
  readonly status: "active";
  /** Up to here time on task has been counted. */
  readonly clockMs: number;
  /** When the learner last did something. */
  readonly heardAtMs: number;
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

/** The affect tendency as of the session's last moment: a state has no clock of its own. Null without a face. */
export function presentAffect(session: ActiveSession | PausedSession): AffectSummary | null {
  const lastMs = session.status === "active" ? session.clockMs : session.pausedAtMs;
  return affectSummary(session.emotion, Math.max(lastMs, session.emotion.readings.at(-1)?.atMs ?? 0));
}
