/** What a live lesson is at any moment. */
import type { RenderedItem, Response } from "../curriculum/rendered_item.ts";
import type { AnswerFact } from "../learner/messages.ts";
import type { RoomReport } from "../room/room_report.ts";
import type {
  Act,
  Allowances,
  AnswerCount,
  ExtraTimes,
  QuestionResult,
  RoomGain,
  RoomSeats,
  Standing,
  VoteGain,
} from "./events.ts";
import type { QuestionPurpose } from "./messages.ts";
import type { LessonPlan } from "./plan.ts";
import type { ClassPart } from "./roster.ts";
import type { StudentProgress } from "./student_progress.ts";

export interface Staff {
  readonly name: string;
  readonly part: Exclude<ClassPart, "student">;
}

export interface SkillCount {
  readonly answered: number;
  readonly correct: number;
}

/** How likely an average item of the skill is to be right, when it first moved in this lesson and now. */
export interface MasterySpan {
  readonly first: number;
  readonly now: number;
}

export interface Student {
  readonly userId: string;
  readonly name: string;
  /** Null: no limit. */
  readonly timeMultiplier: number | null;
  readonly onLeaderboards: boolean;
  readonly admission: "expected" | "waiting" | "admitted" | "turned_away";
  /** Since when they wait, or when they first came in; null before that. */
  readonly sinceMs: number | null;
  readonly handSinceMs: number | null;
  /** Of the questions to the class, revealed or left. */
  readonly answered: number;
  readonly correct: number;
  /** Sum of scores. */
  readonly points: number;
  /** Of those questions, the latest ones. */
  readonly wrongInARow: number;
  readonly skills: { readonly [skillId: string]: SkillCount };
  readonly mastery: { readonly [skillId: string]: MasterySpan };
  /** Null until they work in a session of this lesson. */
  readonly work: StudentProgress | null;
}

export interface Device {
  /** False while it is silent though it looks connected. */
  readonly isHeard: boolean;
  /** Since when the lesson's tab is hidden there; null while it is shown. */
  readonly hiddenSinceMs: number | null;
}

/** A learner's connections to the lesson's channel, as the edge tells; not stored. */
export interface Attendance {
  readonly devices: { readonly [connectionId: string]: Device };
  /** Since when there are any, or none. */
  readonly sinceMs: number;
  /** When a device was last heard that had not been before. */
  readonly heardSinceMs: number;
  /** Devices that fell silent or went, and when, as far as none has made up for them since; latest last. */
  readonly lost: readonly { readonly id: string; readonly atMs: number }[];
}

export interface CountedAnswer {
  readonly response: Response;
  readonly answeredAtMs: number;
  readonly correct: boolean;
  readonly score: number;
  /** Number of reopenings before it: an earlier one stands. */
  readonly opening: number;
}

export interface Answers {
  readonly [userId: string]: CountedAnswer;
}

export interface Reveal {
  readonly correctAnswer: string;
  readonly explanation: string;
  readonly results: { readonly [userId: string]: QuestionResult };
  readonly answers: readonly AnswerCount[];
  readonly standings: readonly Standing[];
  readonly gain: VoteGain | null;
  readonly roomGains: readonly RoomGain[];
}

export type QuestionStep =
  | { readonly kind: "open" }
  /** Nobody may answer any more; what is on its way still counts. */
  | {
    readonly kind: "closing";
    readonly cutoffMs: number;
    readonly closedAtMs: number;
    /** What single learners were given beyond it. */
    readonly extraMs: ExtraTimes;
  }
  | { readonly kind: "down" }
  | { readonly kind: "revealed"; readonly reveal: Reveal };

/** The question before the class. */
export interface Question {
  readonly number: number;
  readonly item: RenderedItem;
  readonly purpose: QuestionPurpose;
  /** 1, or 2 in a second vote. */
  readonly round: number;
  readonly openings: number;
  readonly openedAtMs: number;
  readonly limitMs: number | null;
  readonly allowances: Allowances;
  /** Time that the lesson was paused meanwhile. */
  readonly pausedMs: number;
  readonly extraMs: ExtraTimes;
  readonly step: QuestionStep;
  /** Who was out of the class, or taught it, since the question was opened, and so may have been told its key. */
  readonly closedTo: readonly string[];
  readonly answers: Answers;
  /** The first vote, once there is a second; else null. */
  readonly firstVotes: Answers | null;
}

export interface BreakoutRoom extends RoomSeats {
  /** What it has told last; null: nothing yet. */
  readonly report: RoomReport | null;
}

/** Rooms for all who are in the lesson. */
export interface Breakouts {
  /** That of the event that formed them. */
  readonly number: number;
  /** The question that is talked over; null: none. */
  readonly question: number | null;
  readonly task: string | null;
  readonly rooms: readonly BreakoutRoom[];
  readonly formedAtMs: number;
  /** When everybody is to come back; null: when the teacher says so. */
  readonly recallAtMs: number | null;
  /** Null while they last. */
  readonly overAtMs: number | null;
}

/** A question that the teacher has asked for and that is on its way. */
export interface AskedQuestion {
  readonly askedSeq: number;
  readonly itemId: string | null;
  readonly purpose: QuestionPurpose;
  readonly limitMs: number | null;
}

/** What the learners' own records have yet to be told of one question. */
export interface UntoldAnswers {
  readonly question: number;
  readonly sinceSeq: number;
  readonly itemId: string;
  /** `sighting` is null: it is found out beside the turn. */
  readonly facts: { readonly [userId: string]: AnswerFact };
}

export interface ClassSkill extends SkillCount {
  /** Learners whose mastery has moved in this lesson, and the sum of their present ones. */
  readonly known: number;
  readonly masterySum: number;
}

/** Learners who gave the same wrong answer to the same item. */
export interface WrongAnswer {
  readonly itemId: string;
  readonly group: string;
  /** As the first of them gave it. */
  readonly words: string;
  readonly count: number;
  /** The latest ones. */
  readonly userIds: readonly string[];
}

export interface Notice {
  readonly number: number;
  readonly userId: string | null;
  readonly text: string;
  readonly by: string;
  readonly atMs: number;
}

export type LessonPhase =
  | { readonly kind: "open" }
  | { readonly kind: "running" }
  | { readonly kind: "paused"; readonly sinceMs: number }
  | { readonly kind: "closed"; readonly atMs: number; readonly act: Act | null };

export interface OpenedLesson {
  readonly status: "opened";
  readonly lessonId: string;
  readonly plan: LessonPlan;
  readonly seed: number;
  readonly openedBy: string;
  readonly openedAtMs: number;
  /** Null before its start. */
  readonly startedAtMs: number | null;
  readonly phase: LessonPhase;
  readonly reopens: number;
  /** When somebody of the staff last did something. */
  readonly staffHeardAtMs: number;
  readonly staff: { readonly [userId: string]: Staff };
  readonly students: { readonly [userId: string]: Student };
  /** Students who have left the class, as they were: given back when they come again, and in no view. */
  readonly departed: { readonly [userId: string]: Student };
  readonly asked: AskedQuestion | null;
  readonly question: Question | null;
  /** The latest ones, also when they are over. */
  readonly breakouts: Breakouts | null;
  /** Ids of items asked, latest last. */
  readonly askedItems: readonly string[];
  /** Oldest first. */
  readonly untold: readonly UntoldAnswers[];
  readonly skills: { readonly [skillId: string]: ClassSkill };
  readonly wrongAnswers: readonly WrongAnswer[];
  /** Latest last. */
  readonly notices: readonly Notice[];
  readonly attendance: { readonly [userId: string]: Attendance };
}

export type ClassroomState = { readonly status: "not_opened"; readonly lessonId: string } | OpenedLesson;

/** Whether answers before the discussion are the ones that count: in a vote they are. */
export function countingAnswers({ firstVotes, answers }: Question): Answers {
  return firstVotes ?? answers;
}
