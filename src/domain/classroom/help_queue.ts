/** Who needs their teacher now, why, and what the teacher might do: by what they did, never by how they looked. */
import type { BehaviourKind } from "../affect/behaviour.ts";
import { roomNeeds } from "./breakouts_view.ts";
import { attendanceOf, deviceCount, hiddenSinceMs } from "./attendance.ts";
import type { OpenedLesson, Student } from "./state.ts";

type NeedKind = "struggling" | "waiting" | "gaming" | "idle";

interface Need {
  readonly userId: string;
  readonly kind: NeedKind;
  readonly sinceMs: number;
  /** What is seen, in plain words. */
  readonly evidence: string;
  /** What a teacher might do, in plain words. */
  readonly move: string;
}

/** Longest lists are no help. */
const NEEDS_MAX = 50;
/** Wrong answers in a row to the class's questions that count as a struggle. */
const WRONG_IN_A_ROW = 3;
/** A tab hidden, or a learner gone, for so long. */
const AWAY_MS = 60_000;

/** Most urgent first. */
const URGENCY: readonly NeedKind[] = ["struggling", "waiting", "gaming", "idle"];

const BY_BEHAVIOUR: { readonly [kind in BehaviourKind]: { readonly kind: NeedKind; readonly move: string } } = {
  unproductive_struggle: { kind: "struggling", move: "Work one question through together, or give an easier item." },
  rapid_guessing: { kind: "gaming", move: "Ask how they came to their last answer." },
  hint_abuse: { kind: "gaming", move: "Ask them to try the next question before the first hint." },
  idle: { kind: "idle", move: "Ask whether they are stuck." },
  off_task: { kind: "idle", move: "Send a short message." },
};

function minutes(ms: number): string {
  return ms < 120_000 ? `${Math.round(ms / 1_000)} s` : `${Math.round(ms / 60_000)} min`;
}

function ofWork({ userId, work }: Student): readonly Need[] {
  if (work === null || work.status === "completed") return [];
  const found: Need[] = work.behaviour.map(({ kind, sinceMs, says }) => {
    const need = BY_BEHAVIOUR[kind];
    return { userId, kind: need.kind, sinceMs, evidence: says, move: need.move };
  });
  if (work.suggestion === "teacher_attention") {
    const sinceMs = work.item?.servedAtMs ?? 0;
    found.push({
      userId,
      kind: "struggling",
      sinceMs,
      evidence: "their session suggests that a teacher looks in",
      move: "Go and see them.",
    });
  }
  return found;
}

function ofClass(lesson: OpenedLesson, student: Student): readonly Need[] {
  const { userId, handSinceMs, admission, sinceMs, wrongInARow } = student;
  const found: Need[] = [];
  if (handSinceMs !== null) {
    const move = "Go and see them, or send a message.";
    found.push({ userId, kind: "waiting", sinceMs: handSinceMs, evidence: "their hand is up", move });
  }
  if (admission === "waiting" && sinceMs !== null) {
    const evidence = "they wait in the lobby";
    found.push({ userId, kind: "waiting", sinceMs, evidence, move: "Let them in, or turn them away." });
  }
  if (wrongInARow >= WRONG_IN_A_ROW) {
    const evidence = `their last ${wrongInARow} answers to the class's questions were not right`;
    const move = "Pair them with somebody who was right, or give an easier item.";
    found.push({
      userId,
      kind: "struggling",
      sinceMs: lesson.question?.openedAtMs ?? lesson.openedAtMs,
      evidence,
      move,
    });
  }
  return found;
}

function ofPresence(lesson: OpenedLesson, { userId, sinceMs, admission }: Student, nowMs: number): readonly Need[] {
  const attendance = attendanceOf(lesson, userId);
  if (attendance === null || sinceMs === null || admission !== "admitted") return [];
  const isGone = deviceCount(attendance) === 0;
  const awaySinceMs = isGone ? attendance.sinceMs : hiddenSinceMs(attendance);
  if (awaySinceMs === null || nowMs - awaySinceMs < AWAY_MS) return [];
  const evidence = isGone
    ? `they have been gone for ${minutes(nowMs - awaySinceMs)}`
    : `the lesson's tab has been hidden for ${minutes(nowMs - awaySinceMs)}`;
  return [{ userId, kind: "idle", sinceMs: awaySinceMs, evidence, move: "Send a short message." }];
}

const IN_ROOMS: {
  readonly [kind in ReturnType<typeof roomNeeds>[number]["kind"]]: {
    readonly kind: NeedKind;
    readonly seen: string;
    readonly move: string;
  };
} = {
  help: { kind: "waiting", seen: "they ask for help", move: "Look into their room." },
  alone: { kind: "idle", seen: "nobody else has been there", move: "Move them to another room." },
  silent: { kind: "idle", seen: "they have said nothing", move: "Ask the room to hear what they think." },
};

/** By learner, so that each is looked up once. */
function ofRooms(lesson: OpenedLesson, nowMs: number): ReadonlyMap<string, readonly Need[]> {
  const needs = roomNeeds(lesson, nowMs).map(({ userId, kind, room, sinceMs }): Need => {
    const { seen, ...rest } = IN_ROOMS[kind];
    return { userId, sinceMs, ...rest, evidence: `in room ${room} ${seen} for ${minutes(nowMs - sinceMs)}` };
  });
  return Map.groupBy(needs, ({ userId }) => userId);
}

/** One entry a learner and kind, the most urgent and longest waiting first, at most fifty. Empty unless it is on. */
export function helpQueue(lesson: OpenedLesson, nowMs: number): readonly Need[] {
  if (lesson.phase.kind === "closed") return [];
  const inRooms = ofRooms(lesson, nowMs);
  const needs = Object.values(lesson.students).flatMap((student) => {
    const all = [
      ...ofWork(student),
      ...ofClass(lesson, student),
      ...inRooms.get(student.userId) ?? [],
      ...ofPresence(lesson, student, nowMs),
    ];
    return URGENCY.flatMap((kind) => {
      const [first] = all.filter((need) => need.kind === kind).sort((a, b) => a.sinceMs - b.sinceMs);
      return first === undefined ? [] : [first];
    });
  });
  return needs.sort((a, b) => URGENCY.indexOf(a.kind) - URGENCY.indexOf(b.kind) || a.sinceMs - b.sinceMs)
    .slice(0, NEEDS_MAX);
}
