/** What a room records; each event holds all that its projections tell. */
import type { RenderedItem, Response } from "../curriculum/rendered_item.ts";
import type { DocumentName, DocumentUpdated } from "../shared_document/document.ts";
import type { RoomPerson, RoomPlan } from "./plan.ts";
import type { OwnAnswers, TaskMode, TaskOutcome } from "./task.ts";

/** `explanation`: of a task or of anything, rated by the others; `staff`: a word of those who teach. */
export type MessageKind = "word" | "explanation" | "staff";

/** One message as it was written. */
export interface Written {
  /** Of the event that brought it. */
  readonly number: number;
  readonly userId: string;
  readonly kind: MessageKind;
  readonly text: string;
  /** The task that it explains; null for all else. */
  readonly task: number | null;
}

/** A message as it stood when it was reported. */
export interface ReportedMessage extends Written {
  readonly atMs: number;
}

export type EndCause = "silence" | "time" | "recalled" | "staff";

export type PassCause = "passed" | "time" | "objected" | "left";

/** What happens to the task that a room works on. */
export type TaskEvent =
  | { readonly type: "task_asked"; readonly by: string; readonly itemId: string | null; readonly mode: TaskMode }
  | { readonly type: "task_failed"; readonly code: TaskFault; readonly says: string }
  | {
    readonly type: "task_opened";
    /** This event's own. */
    readonly number: number;
    readonly item: RenderedItem;
    readonly mode: TaskMode;
    readonly graded: boolean;
    /** Whether each answers alone before turns begin. */
    readonly first: "alone" | "turns";
    /** Whose turn is the first. */
    readonly userId: string;
    readonly dueMs: number;
  }
  /** Alone: the others are told only that it was given. */
  | { readonly type: "task_answered"; readonly task: number; readonly userId: string; readonly response: Response }
  | {
    readonly type: "answers_shown";
    readonly task: number;
    readonly answers: OwnAnswers;
    readonly userId: string;
    readonly dueMs: number;
  }
  | {
    readonly type: "turn_passed";
    readonly task: number;
    readonly turn: number;
    readonly userId: string;
    readonly dueMs: number;
    readonly cause: PassCause;
  }
  | {
    readonly type: "answer_proposed";
    readonly task: number;
    readonly userId: string;
    readonly response: Response;
    readonly dueMs: number;
  }
  | { readonly type: "proposal_judged"; readonly task: number; readonly userId: string; readonly agrees: boolean }
  /** It is over but for what it tells, which is looked into first. */
  | { readonly type: "task_closing"; readonly task: number; readonly outcome: TaskOutcome }
  | { readonly type: "task_closed"; readonly task: number; readonly outcome: TaskOutcome }
  /** The learners' own records have been told. */
  | { readonly type: "answers_told"; readonly task: number };

/** Named once for all: one that is missing here does not compile. */
const TASK_EVENTS: { readonly [Type in TaskEvent["type"]]: true } = {
  task_asked: true,
  task_failed: true,
  task_opened: true,
  task_answered: true,
  answers_shown: true,
  turn_passed: true,
  answer_proposed: true,
  proposal_judged: true,
  task_closing: true,
  task_closed: true,
  answers_told: true,
};

export function isTaskEvent(event: RoomEvent): event is TaskEvent {
  return Object.hasOwn(TASK_EVENTS, event.type);
}

export type TaskFault = "item_unknown" | "item_open" | "no_item_left" | "failed";

export type RoomEvent =
  | TaskEvent
  | {
    readonly type: "room_opened";
    readonly plan: RoomPlan;
    /** Who opened it; the engine where learners were matched, the lesson's id where it is a breakout. */
    readonly by: string;
    readonly members: readonly RoomPerson[];
    readonly discussed: RenderedItem | null;
    readonly endsAtMs: number | null;
    /** Every task's seed derives from it. */
    readonly seed: number;
  }
  | { readonly type: "member_joined"; readonly member: RoomPerson; readonly cause: "came" | "came_back" | "moved" }
  | { readonly type: "member_left"; readonly userId: string; readonly cause: "left" | "moved" | "removed" }
  | { readonly type: "said"; readonly message: Written }
  /** It may hurt. Not shown to the others, but where `document` names a shared one: there it stands, and the staff knows. */
  | { readonly type: "text_held"; readonly userId: string; readonly text: string; readonly document?: DocumentName }
  | {
    readonly type: "explanation_rated";
    readonly message: number;
    readonly userId: string;
    readonly by: string;
    readonly stars: number;
  }
  | {
    readonly type: "message_reported";
    /** This event's own number. */
    readonly report: number;
    readonly message: number;
    readonly by: string;
    readonly reason: string;
    readonly context: readonly ReportedMessage[];
  }
  | { readonly type: "report_settled"; readonly report: number; readonly by: string; readonly note: string }
  | { readonly type: "message_hidden"; readonly message: number; readonly by: string; readonly reason: string }
  | {
    readonly type: "member_muted";
    readonly userId: string;
    readonly muted: boolean;
    /** Null: too many texts of theirs were held back. */
    readonly by: string | null;
    readonly reason: string;
  }
  | { readonly type: "help_asked"; readonly userId: string; readonly asked: boolean }
  | DocumentUpdated
  | { readonly type: "roles_rotated"; readonly by: string }
  /** Their texts are gone: from here, and from the events before. */
  | { readonly type: "words_erased"; readonly userId: string }
  /** The lesson has been told how the room stands. */
  | { readonly type: "lesson_informed" }
  | { readonly type: "room_recalled"; readonly endsAtMs: number }
  | {
    readonly type: "room_ended";
    readonly cause: EndCause;
    /** Null: nobody did. */
    readonly by: string | null;
    readonly reason: string | null;
  };
