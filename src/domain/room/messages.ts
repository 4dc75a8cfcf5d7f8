/** What a room is told, and what it asks for. */
import { type Address, addressOf } from "../address.ts";
import type { Sighting } from "../adaptive/sighting.ts";
import type { Attendance } from "../attendance.ts";
import type { RenderedItem, Response } from "../curriculum/rendered_item.ts";
import type { TaskFault } from "./events.ts";
import type { DocumentName } from "../shared_document/document.ts";
import type { RoomPerson, RoomPlan } from "./plan.ts";
import type { TaskMode } from "./task.ts";

/** Sent by those in the room who work on a task; those who teach may start one. */
export type TaskCommand =
  /** This item of the course, or (null) one drawn for the room. */
  | { readonly type: "start_task"; readonly itemId: string | null; readonly mode: TaskMode }
  | { readonly type: "answer"; readonly task: number; readonly response: Response }
  | { readonly type: "propose"; readonly task: number; readonly response: Response }
  /** Whether the room's answer may be what is proposed. */
  | { readonly type: "agree"; readonly task: number; readonly agrees: boolean }
  | { readonly type: "pass"; readonly task: number };

/** Where somebody is in a document: between two of Yjs' relative positions in base64, or at a point of the board. */
export type CursorPlace =
  | { readonly anchor: string; readonly head: string }
  | { readonly x: number; readonly y: number };

/** Sent by those who share a document; those who teach may read it. */
export type DocumentCommand =
  /** A Yjs update (its first version) in base64. */
  | { readonly type: "document_update"; readonly document: DocumentName; readonly update: string }
  /** Answered with what the sender lacks; the state vector is base64, empty for one who has nothing. */
  | { readonly type: "document_sync"; readonly document: DocumentName; readonly stateVector: string }
  /** Null: nowhere any more. */
  | { readonly type: "cursor"; readonly document: DocumentName; readonly at: CursorPlace | null };

/** Sent by those in the room. A message's number is that of the event that brought it, a task's likewise. */
export type MemberRoomCommand =
  | TaskCommand
  | { readonly type: "leave" }
  | { readonly type: "say"; readonly text: string }
  /** Of a task, or (null) of anything. */
  | { readonly type: "explain"; readonly text: string; readonly task: number | null }
  /** What a peer's explanation is worth, 1 to 5. */
  | { readonly type: "rate"; readonly message: number; readonly stars: number }
  | { readonly type: "report"; readonly message: number; readonly reason: string }
  | { readonly type: "ask_help"; readonly asked: boolean }
  | { readonly type: "rotate_roles" };

/** Sent by those who teach the class. */
export type StaffRoomCommand =
  | { readonly type: "tell_room"; readonly text: string }
  | { readonly type: "hide_message"; readonly message: number; readonly reason: string }
  | { readonly type: "mute_member"; readonly userId: string; readonly muted: boolean; readonly reason: string }
  | { readonly type: "settle_report"; readonly report: number; readonly note: string }
  | { readonly type: "end_room"; readonly reason: string };

/** Sent by the edge in the engine's name, by effects and timers. */
export type EngineRoomCommand =
  /** By the edge for a person who opens a room; the engine itself where learners were matched. */
  | { readonly type: "open_room"; readonly plan: RoomPlan; readonly members: readonly RoomPerson[] }
  /** By the edge for a student of the class, who comes for the first time or again. */
  | { readonly type: "admit_member"; readonly member: RoomPerson; readonly by: "themself" | "staff" }
  /** By the edge for a learner who wants none of their words kept. */
  | { readonly type: "erase_words"; readonly userId: string }
  /** They have left the class. */
  | { readonly type: "remove_member"; readonly userId: string }
  | Attendance
  | { readonly type: "task_rendered"; readonly item: RenderedItem }
  | { readonly type: "task_failed"; readonly code: TaskFault; readonly says: string }
  /** Whether a lesson asks somebody here the item of the task that is closing. */
  | { readonly type: "task_looked"; readonly task: number; readonly found: "asked" | "free" }
  /** What was known of the task's item for each before the answer; null where it could not be read. */
  | {
    readonly type: "answers_sighted";
    readonly task: number;
    readonly sightings: { readonly [userId: string]: Sighting | null };
  }
  /** Time to answer alone, or a turn, is over. */
  | { readonly type: "task_deadline" }
  /** Words have come that the lesson has not heard of. */
  | { readonly type: "report_deadline" }
  | { readonly type: "silence_deadline" }
  | { readonly type: "end_deadline" };

/** Sent by the live lesson whose breakout the room is. */
export type LessonRoomCommand =
  | {
    readonly type: "form_room";
    readonly plan: RoomPlan;
    readonly members: readonly RoomPerson[];
    /** The class's question that is talked over; it is answered in the lesson, so its key is told to nobody here. */
    readonly discussed: RenderedItem | null;
    /** Null: until it is recalled. */
    readonly endsAtMs: number | null;
  }
  /** The room ends then; sent again it moves the end. */
  | { readonly type: "recall_room"; readonly endsAtMs: number }
  /** Into this room, or out of it into another. */
  | { readonly type: "move_member"; readonly member: RoomPerson; readonly into: "this_room" | "another_room" }
  /** A word of the teacher to the room. */
  | { readonly type: "lesson_told"; readonly by: string; readonly text: string };

export type RoomCommand =
  | MemberRoomCommand
  | DocumentCommand
  | StaffRoomCommand
  | EngineRoomCommand
  | LessonRoomCommand;

/** Brings the item of a task. */
export interface RenderTaskEffect {
  readonly kind: "render_task";
  readonly basisSeq: number;
  /** All who may read what becomes of it. */
  readonly userIds: readonly string[];
  readonly courseId: string;
  /** Null: one is drawn among those of `skills`. */
  readonly itemId: string | null;
  readonly skills: readonly string[];
  /** Item ids of this room's tasks so far, the question that is talked over among them. */
  readonly asked: readonly string[];
  readonly seed: number;
}

/** Looks whether a lesson asks somebody here the item of a task that is closing. */
export interface LookIntoTaskEffect {
  readonly kind: "look_into_task";
  readonly basisSeq: number;
  readonly task: number;
  readonly userIds: readonly string[];
  readonly courseId: string;
  readonly item: Pick<RenderedItem, "itemId" | "prompt">;
}

/** Reads what was known of a task's item for each whose answer it is, so that their record learns from it. */
export interface SightTaskEffect {
  readonly kind: "sight_answers";
  readonly basisSeq: number;
  readonly task: number;
  readonly courseId: string;
  readonly itemId: string;
  readonly userIds: readonly string[];
}

export type RoomEffect = RenderTaskEffect | LookIntoTaskEffect | SightTaskEffect;

export function roomAddress(roomId: string): Address<RoomCommand> {
  return addressOf<RoomCommand>("room", roomId);
}
