/** What a live lesson records; each event holds all that its projections tell, since those see the event alone. */
import type { RenderedItem, Response } from "../curriculum/rendered_item.ts";
import type { RoomReport } from "../room/room_report.ts";
import type { BreakoutPlan, QuestionPurpose, Reasoned, SkillShift } from "./messages.ts";
import type { LessonPlan } from "./plan.ts";
import type { RosterEntry } from "./roster.ts";
import type { StudentProgress } from "./student_progress.ts";

/** Who among the staff did it, and why. */
export interface Act extends Reasoned {
  readonly by: string;
}

/** Multipliers that are not 1, of those who are in the lesson; null: no limit. */
export interface Allowances {
  readonly [userId: string]: number | null;
}

/** Time that single learners were given beyond the others. */
export interface ExtraTimes {
  readonly [userId: string]: number;
}

/** One learner's result, told when the question is revealed. */
export interface QuestionResult {
  readonly correct: boolean;
  readonly score: number;
}

/** How many gave one answer. */
export interface AnswerCount {
  /** In words. */
  readonly answer: string;
  readonly correct: boolean;
  /** One of the item's own options, rather than a learner's own words or number. */
  readonly offered: boolean;
  readonly count: number;
}

export interface Standing {
  readonly userId: string;
  readonly name: string;
  readonly rank: number;
  /** Sum of scores, each 0 to 1: right or wrong counts, never speed. */
  readonly points: number;
}

/** What a discussion brought: shares right among those who voted both times. */
export interface VoteGain {
  readonly voters: number;
  readonly before: number;
  readonly after: number;
  /** Hake's normalised gain (after - before) / (1 - before); null when all were right before. */
  readonly normalised: number | null;
}

/** What the discussion brought in one room. */
export interface RoomGain {
  readonly roomId: string;
  readonly number: number;
  /** Null where nobody of the room voted both times. */
  readonly gain: VoteGain | null;
}

/** Who talks with whom, in which room. */
export interface RoomSeats {
  readonly roomId: string;
  /** 1, 2, …: how people call it. */
  readonly number: number;
  readonly members: readonly string[];
}

/** Where one learner sits from now on; a room that was not there is new. */
export interface NewSeat extends Pick<RoomSeats, "roomId" | "number"> {
  readonly userId: string;
}

export type ClassroomEvent =
  | {
    readonly type: "lesson_opened";
    readonly by: string;
    readonly plan: LessonPlan;
    readonly roster: readonly RosterEntry[];
    /** Every question's seed derives from it. */
    readonly seed: number;
  }
  | {
    readonly type: "roster_changed";
    readonly upserted: readonly RosterEntry[];
    readonly removed: readonly string[];
    /** Those of the staff who are so no more. */
    readonly leftStaff: readonly string[];
  }
  | { readonly type: "student_waiting"; readonly userId: string }
  | { readonly type: "student_entered"; readonly userId: string }
  | ({ readonly type: "students_admitted"; readonly userIds: readonly string[] } & Act)
  | ({ readonly type: "student_turned_away"; readonly userId: string } & Act)
  | ({ readonly type: "lesson_started" } & Act)
  | ({ readonly type: "lesson_paused" } & Act)
  /** Deadlines of an open question move on by `pausedMs`. */
  | ({ readonly type: "lesson_resumed"; readonly pausedMs: number } & Act)
  | ({
    readonly type: "question_asked";
    readonly itemId: string | null;
    readonly purpose: QuestionPurpose;
    readonly limitMs: number | null;
  } & Act)
  | {
    readonly type: "question_failed";
    readonly code: "item_unknown" | "no_item_left" | "failed";
    readonly says: string;
  }
  | {
    readonly type: "question_opened";
    /** This event's own number; answers name it. */
    readonly number: number;
    readonly item: RenderedItem;
    readonly purpose: QuestionPurpose;
    readonly openedAtMs: number;
    readonly limitMs: number | null;
    readonly allowances: Allowances;
  }
  | {
    readonly type: "answer_counted";
    readonly question: number;
    readonly round: number;
    readonly userId: string;
    readonly response: Response;
    /** When it was given, as far as the learner's word is believed. */
    readonly answeredAtMs: number;
    readonly correct: boolean;
    readonly score: number;
  }
  /** For all: each learner's own share of it, by their allowance. */
  | ({
    readonly type: "time_extended";
    readonly userId: string | null;
    readonly byMs: number;
    readonly allowances: Allowances;
  } & Act)
  /**
   * From `cutoffMs` on, and what single learners were given beyond it, nobody may answer; what was answered before and
   * is on its way still counts until pens are down. A later one moves an announced close.
   */
  | {
    readonly type: "question_closing";
    readonly question: number;
    readonly round: number;
    /** Null: the clock. */
    readonly act: Act | null;
    readonly cutoffMs: number;
    readonly extraMs: ExtraTimes;
  }
  /** The barrier: no answer after this event counts. */
  | { readonly type: "pens_down"; readonly question: number; readonly round: number; readonly counted: number }
  | ({
    readonly type: "question_reopened";
    readonly question: number;
    /** One more than before in a second vote. */
    readonly round: number;
    readonly openedAtMs: number;
    readonly limitMs: number | null;
    readonly allowances: Allowances;
  } & Act)
  | ({
    readonly type: "breakouts_formed";
    /** This event's own number. */
    readonly number: number;
    readonly how: BreakoutPlan["how"];
    /** Draws the same rooms again. */
    readonly seed: number;
    /** The question that is talked over; null: none. */
    readonly question: number | null;
    readonly task: string | null;
    readonly rooms: readonly RoomSeats[];
    readonly recallAtMs: number | null;
  } & Act)
  /** By the teacher, or (null) since they had no room or nobody in it to talk to. */
  | { readonly type: "students_seated"; readonly seats: readonly NewSeat[]; readonly act: Act | null }
  | ({ readonly type: "rooms_told"; readonly roomId: string | null; readonly text: string } & Act)
  | ({ readonly type: "rooms_recalled"; readonly recallAtMs: number } & Act)
  /** Everybody is back. */
  | { readonly type: "rooms_over" }
  | {
    readonly type: "room_reported";
    readonly roomId: string;
    readonly number: number;
    readonly report: RoomReport;
    /** Those whom the room has let in since its last report. */
    readonly letIn: readonly string[];
  }
  | ({
    readonly type: "question_revealed";
    readonly question: number;
    /** In words. */
    readonly correctAnswer: string;
    readonly explanation: string;
    readonly results: { readonly [userId: string]: QuestionResult };
    readonly answers: readonly AnswerCount[];
    /** Best first; empty where there is no leaderboard. */
    readonly standings: readonly Standing[];
    /** Null without a second vote. */
    readonly gain: VoteGain | null;
    /** Empty where it was not talked over in rooms. */
    readonly roomGains: readonly RoomGain[];
  } & Act)
  /** Another question, or the end, has taken the place of one that was not revealed. */
  | { readonly type: "question_left"; readonly question: number }
  /** The learners' own records have been told. */
  | { readonly type: "answers_told"; readonly question: number }
  | ({
    readonly type: "override_sent";
    readonly userId: string;
    readonly sessionId: string;
    readonly itemId: string;
  } & Act)
  /** `number`: this event's own. */
  | (
    & { readonly type: "message_sent"; readonly number: number; readonly userId: string | null; readonly text: string }
    & Act
  )
  | ({
    readonly type: "spotlighted";
    readonly question: number;
    readonly userId: string;
    readonly named: boolean;
    /** In words. */
    readonly answer: string;
    readonly correct: boolean;
  } & Act)
  | { readonly type: "hand_raised"; readonly userId: string; readonly raised: boolean }
  | { readonly type: "student_progressed"; readonly userId: string; readonly progress: StudentProgress }
  | {
    readonly type: "mastery_moved";
    readonly userId: string;
    readonly skills: readonly SkillShift[];
  }
  /** Null: the clock. */
  | { readonly type: "lesson_closed"; readonly act: Act | null }
  | ({ readonly type: "lesson_reopened" } & Act);
