/** What a room is at any moment. */
import type { RenderedItem } from "../curriculum/rendered_item.ts";
import type { AnswerFact } from "../learner/messages.ts";
import type { DocumentName, SharedDocument } from "../shared_document/document.ts";
import type { EndCause, ReportedMessage, Written } from "./events.ts";
import type { RoomPerson, RoomPlan } from "./plan.ts";
import type { Task, TaskMode } from "./task.ts";

export interface Member extends RoomPerson {
  /** `removed`: has left the class. */
  readonly standing: "in" | "left" | "moved" | "removed";
  readonly joinedAtMs: number;
  readonly muted: { readonly by: string | null; readonly reason: string } | null;
  readonly helpSinceMs: number | null;
  /** Messages written. */
  readonly written: number;
  /** When they wrote last; null: not yet. */
  readonly wroteAtMs: number | null;
  /** Messages, and answers given, proposed or agreed to. */
  readonly contributed: number;
  /** Explanations that a peer has thought well of. */
  readonly explained: number;
  /** Texts held back since the last one that was not. */
  readonly heldInARow: number;
}

export interface Rating {
  readonly by: string;
  readonly stars: number;
}

export interface ChatMessage extends Written {
  readonly atMs: number;
  /** By whom and why; those in the room then read it no more. */
  readonly hidden: { readonly by: string; readonly reason: string } | null;
  readonly ratings: readonly Rating[];
}

export interface HeldText {
  readonly userId: string;
  readonly text: string;
  /** The shared one in which it stands; a text without one was shown to nobody else. */
  readonly document?: DocumentName;
  readonly atMs: number;
}

export interface Report {
  readonly report: number;
  readonly message: number;
  readonly by: string;
  readonly reason: string;
  readonly context: readonly ReportedMessage[];
  readonly atMs: number;
  readonly settled: { readonly by: string; readonly note: string } | null;
}

/** A task that somebody has asked for and that is on its way. */
export interface AskedTask {
  readonly askedSeq: number;
  readonly itemId: string | null;
  readonly mode: TaskMode;
}

/** What the learners' own records have yet to be told of one task. */
export interface UntoldTask {
  readonly task: number;
  readonly sinceSeq: number;
  readonly userIds: readonly string[];
  /** `sighting` is null: it is found out beside the turn. */
  readonly fact: AnswerFact;
}

export type RoomPhase =
  | { readonly kind: "open" }
  | {
    readonly kind: "ended";
    readonly atMs: number;
    readonly cause: EndCause;
    readonly by: string | null;
    readonly reason: string | null;
  };

export interface OpenedRoom {
  readonly status: "opened";
  readonly roomId: string;
  readonly plan: RoomPlan;
  readonly openedBy: string;
  readonly openedAtMs: number;
  readonly seed: number;
  readonly phase: RoomPhase;
  /** Everybody who has ever been in it, in the order they came; turns and roles go by it. */
  readonly members: readonly Member[];
  /** The latest ones, in order. */
  readonly messages: readonly ChatMessage[];
  /** Ever written. */
  readonly messageCount: number;
  readonly held: readonly HeldText[];
  readonly reports: readonly Report[];
  /** How often the roles have moved on. */
  readonly rotation: number;
  readonly discussed: RenderedItem | null;
  readonly asked: AskedTask | null;
  /** The one that is on, or was last. */
  readonly task: Task | null;
  readonly taskCount: number;
  /** Those before it, latest last. */
  readonly pastTasks: readonly Task[];
  /** Ids of the items of all tasks. */
  readonly askedItems: readonly string[];
  /** Who had the first turn of the latest task; the next in turn begins the next one. */
  readonly lastStarter: string | null;
  /** Oldest first. */
  readonly untold: readonly UntoldTask[];
  /** Written in by all of them at once. */
  readonly documents: { readonly [name in DocumentName]: SharedDocument };
  readonly recalled: boolean;
  readonly endsAtMs: number | null;
  /** What the lesson knows of: when it was told last, and how many messages there were. */
  readonly lessonKnows: { readonly atMs: number; readonly messages: number };
  /** When a member last did something. */
  readonly heardAtMs: number;
  /** Devices of each person on the channel, as the edge tells; not stored. */
  readonly attendance: { readonly [userId: string]: number };
}

export type RoomState = { readonly status: "not_opened"; readonly roomId: string } | OpenedRoom;

export function memberOf({ members }: Pick<OpenedRoom, "members">, userId: string): Member | null {
  return members.find((member) => member.userId === userId) ?? null;
}

/** Those who are in it now, in their order. */
export function membersIn({ members }: Pick<OpenedRoom, "members">): readonly Member[] {
  return members.filter(({ standing }) => standing === "in");
}

export function withMember(room: OpenedRoom, userId: string, change: (member: Member) => Member): OpenedRoom {
  const members = room.members.map((member) => member.userId === userId ? change(member) : member);
  return { ...room, members };
}

/** A member has done something: the room is not silent. */
export function heard(room: OpenedRoom, atMs: number): OpenedRoom {
  return { ...room, heardAtMs: atMs };
}

/** One more of what a member brought in. */
export function withContribution(room: OpenedRoom, userId: string): OpenedRoom {
  return withMember(room, userId, (member) => ({ ...member, contributed: member.contributed + 1 }));
}
