/** What a live lesson is told, and what it asks for. */
import { type Address, addressOf } from "../address.ts";
import type { Attendance } from "../attendance.ts";
import type { RenderedItem, Response } from "../curriculum/rendered_item.ts";
import type { Sighting } from "../adaptive/sighting.ts";
import type { RoomReported } from "../room/room_report.ts";
import type { LessonPlan } from "./plan.ts";
import type { RosterEntry } from "./roster.ts";
import type { StudentProgress } from "./student_progress.ts";

/** A question asks once; a vote is asked, discussed and asked again (peer instruction). */
export type QuestionPurpose = "question" | "vote";

/** Why, in a line for the record and, where it concerns them, for students; null: none was given. */
export interface Reasoned {
  readonly reason: string | null;
}

/** Who is to talk with whom. */
export interface BreakoutPlan {
  /** `difference`: those who answered the question before the class apart; `given`: as in `groups`. */
  readonly how: "difference" | "random" | "given";
  /** Members of a room that is drawn. */
  readonly size: number;
  /** User ids; empty unless they are given. */
  readonly groups: readonly (readonly string[])[];
  /** That of a preview draws the same rooms; null: a new one. */
  readonly seed: number | null;
}

/** Sent by a teacher or co-teacher of the class. */
export type TeacherCommand =
  & (
    | { readonly type: "start" }
    /** Asks the class: this item of the course, or (null) one drawn for the class. `limitMs` null: the plan's. */
    | {
      readonly type: "next";
      readonly itemId: string | null;
      readonly purpose: QuestionPurpose;
      readonly limitMs: number | null;
    }
    | { readonly type: "pause" }
    | { readonly type: "resume" }
    /** Pens down in `inMs`, for everybody. */
    | { readonly type: "close_question"; readonly inMs: number }
    /** No more waiting for those who were cut off: the barrier stands now. */
    | { readonly type: "end_wait" }
    /** For those who have not answered; behind a barrier of its own. */
    | { readonly type: "reopen_question"; readonly limitMs: number | null }
    | { readonly type: "reveal" }
    /** More time for one, or (null) for all. */
    | { readonly type: "extend_time"; readonly userId: string | null; readonly byMs: number }
    /** Says which rooms `form_breakouts` would form; nothing happens. */
    | ({ readonly type: "preview_breakouts" } & BreakoutPlan)
    /** Sends all who are here to rooms, with this task or (null) the question before them; back in `limitMs`, if any. */
    | (
      & { readonly type: "form_breakouts"; readonly task: string | null; readonly limitMs: number | null }
      & BreakoutPlan
    )
    | { readonly type: "move_student"; readonly userId: string; readonly roomId: string }
    /** A word to one room, or (null) to all. */
    | { readonly type: "tell_rooms"; readonly roomId: string | null; readonly text: string }
    /** Everybody comes back in `inMs`; sent again, it moves that. */
    | { readonly type: "recall_rooms"; readonly inMs: number }
    | { readonly type: "vote_again"; readonly limitMs: number | null }
    | { readonly type: "override_item"; readonly userId: string; readonly itemId: string }
    /** To one, or (null) to all. */
    | { readonly type: "send_message"; readonly userId: string | null; readonly text: string }
    /** Shows a student's answer to the class once the question is revealed; without a name unless `named`. */
    | { readonly type: "spotlight"; readonly userId: string; readonly named: boolean }
    /** Lets one, or (null) all who wait, in. */
    | { readonly type: "admit"; readonly userId: string | null }
    | { readonly type: "turn_away"; readonly userId: string }
    | { readonly type: "close_lesson" }
    | { readonly type: "reopen_lesson" }
  )
  & Reasoned;

/** Sent by a student of the class. */
export type StudentCommand =
  /** Comes in, or into the lobby. */
  | { readonly type: "enter" }
  /** `question` is the number of the event that opened it; `answeredAtMs` by the server's clock as the learner's device knows it. */
  | {
    readonly type: "answer";
    readonly question: number;
    /** Of a vote, which one it is an answer to; null: the one that is on when it comes. */
    readonly round: number | null;
    readonly response: Response;
    readonly answeredAtMs: number;
  }
  | { readonly type: "raise_hand"; readonly raised: boolean }
  /** Whether the lesson's tab is hidden since `at`: milliseconds since the Unix epoch, by the server's clock. */
  | { readonly type: "attention"; readonly hidden: boolean; readonly at: number };

/** What was known of the question for each learner before their answer counted; null where it could not be read. */
export interface Sightings {
  readonly [userId: string]: Sighting | null;
}

/** How likely the learner is to get an average item of the skill right, 0 to 1, before and after an answer. */
export interface SkillShift {
  readonly skillId: string;
  readonly before: number;
  readonly after: number;
}

/** Sent by the edge in the engine's name, by effects, timers and sessions. */
export type EngineClassroomCommand =
  /** By the edge for a teacher whose class it is; they are the one who opens. */
  | { readonly type: "open_lesson"; readonly plan: LessonPlan; readonly roster: readonly RosterEntry[] }
  /** Entries that are new or have changed, and members who have left. */
  | {
    readonly type: "roster_changed";
    readonly upserted: readonly RosterEntry[];
    readonly removed: readonly string[];
  }
  | Attendance
  | { readonly type: "question_rendered"; readonly item: RenderedItem }
  | {
    readonly type: "question_failed";
    readonly code: "item_unknown" | "no_item_left" | "failed";
    readonly says: string;
  }
  | { readonly type: "answers_sighted"; readonly question: number; readonly sightings: Sightings }
  | { readonly type: "student_progress"; readonly progress: StudentProgress }
  | { readonly type: "mastery_moved"; readonly skills: readonly SkillShift[] }
  | RoomReported
  /** Everybody is to be back from their rooms. */
  | { readonly type: "recall_deadline" }
  /** Nobody can be in time any more. */
  | { readonly type: "question_deadline" }
  /** Nobody is waited for any more. */
  | { readonly type: "barrier_deadline" }
  /** The lesson has been left alone for long. */
  | { readonly type: "lesson_deadline" };

export type ClassroomCommand = TeacherCommand | StudentCommand | EngineClassroomCommand;

/** Brings the item that a teacher asked for. */
export interface RenderQuestionEffect {
  readonly kind: "render_question";
  readonly basisSeq: number;
  readonly courseId: string;
  /** Null: one is drawn for the class. */
  readonly itemId: string | null;
  readonly seed: number;
  /** Item ids of this lesson's questions so far. */
  readonly asked: readonly string[];
  /** Answers of the class on each skill. */
  readonly skills: { readonly [skillId: string]: { readonly answered: number; readonly correct: number } };
}

/** Reads what was known of the question for each learner who answered it, so that their record learns from it. */
export interface SightAnswersEffect {
  readonly kind: "sight_answers";
  readonly basisSeq: number;
  readonly question: number;
  readonly courseId: string;
  readonly itemId: string;
  readonly userIds: readonly string[];
}

export type ClassroomEffect = RenderQuestionEffect | SightAnswersEffect;

export function classroomAddress(lessonId: string): Address<ClassroomCommand> {
  return addressOf<ClassroomCommand>("classroom", lessonId);
}
