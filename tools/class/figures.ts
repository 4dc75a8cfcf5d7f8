/** What a simulated lesson came to in figures: how soon things were acknowledged and seen, and what they cost. */
import { percentile } from "../../bench/percentiles.ts";
import { answerFact, workFact } from "./class_view.ts";
import type { UsedTime } from "./own_server.ts";
import type { ClassRecord } from "./record.ts";
import type { Student, Timed } from "./student.ts";
import type { Teacher } from "./teacher.ts";
import type { TimersKept } from "./timers_kept.ts";

export interface Spread {
  readonly count: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

export interface Figures {
  readonly seconds: number;
  readonly answers: number;
  readonly ackSocket: Spread;
  readonly ackStream: Spread;
  /** From an answer's press to its place in the teacher's view. */
  readonly viewAge: Spread;
  /** Answers that never came into it. */
  readonly unseen: number;
  readonly updatesPerSecondMax: number;
  readonly framesPerSecond: number;
  readonly bytesPerSecond: number;
  readonly repeatedAcks: number;
  /** Null where the server is not the class's own. */
  readonly server: UsedTime | null;
  /** Null where the server is not the class's own. */
  readonly timers: TimersKept | null;
  readonly loopLag: Spread;
  readonly refusals: { readonly [refusal: string]: number };
}

export function spreadOf(valuesMs: readonly number[]): Spread {
  const at = (rank: number) => valuesMs.length === 0 ? 0 : percentile(valuesMs, rank);
  return { count: valuesMs.length, p50Ms: at(50), p99Ms: at(99), maxMs: at(100) };
}

const SECOND_MS = 1_000;

/** The most that fell into any one second. */
export function mostInASecond(atMs: readonly number[]): number {
  const sorted = atMs.toSorted((a, b) => a - b);
  let first = 0;
  let most = 0;
  for (const [i, at] of sorted.entries()) {
    while (at - (sorted[first] ?? at) >= SECOND_MS) first += 1;
    most = Math.max(most, i - first + 1);
  }
  return most;
}

interface Fact {
  readonly name: string;
  readonly student: Student;
  readonly sentAtMs: number;
}

function factsOf(student: Student): readonly Fact[] {
  const { userId, acked, work } = student;
  const answers = acked.map(({ question, round, sent }) => ({
    name: answerFact(userId, question, round),
    student,
    sentAtMs: sent.sentAtMs,
  }));
  const done = work.acked.toSorted((a, b) => a.sent.ackedAtMs - b.sent.ackedAtMs).map(({ sent }, i) => ({
    name: workFact(userId, i + 1),
    student,
    sentAtMs: sent.sentAtMs,
  }));
  return [...answers, ...done];
}

/** Only where both connections stood meanwhile: who is cut off is shown the whole when they are back. */
export function viewAges(
  students: readonly Student[],
  { view, device }: Teacher,
): { agesMs: number[]; unseen: number } {
  const agesMs: number[] = [];
  let unseen = 0;
  for (const { name, student, sentAtMs } of students.flatMap(factsOf)) {
    const knownAtMs = view.knownAtMs.get(name);
    if (knownAtMs === undefined) unseen += 1;
    else if (device.wasUp(sentAtMs, knownAtMs) && student.device.wasUp(sentAtMs, knownAtMs)) {
      agesMs.push(Math.max(0, knownAtMs - sentAtMs));
    }
  }
  return { agesMs, unseen };
}

export interface Measured {
  readonly seconds: number;
  readonly server: UsedTime | null;
  readonly timers: TimersKept | null;
  readonly lagsMs: readonly number[];
}

export function figuresOf(
  students: readonly Student[],
  teacher: Teacher,
  record: ClassRecord,
  { seconds, server, timers, lagsMs }: Measured,
): Figures {
  const timed = students.flatMap((student) => student.timed).filter(({ isSmooth }) => isSmooth);
  const tookMs = ({ sent }: Timed) => sent.ackedAtMs - sent.sentAtMs;
  const { agesMs, unseen } = viewAges(students, teacher);
  const refusals: Record<string, number> = {};
  for (const refusal of students.flatMap((student) => student.refusals)) {
    refusals[refusal] = (refusals[refusal] ?? 0) + 1;
  }
  return {
    seconds,
    answers: students.reduce((sum, { acked, work }) => sum + acked.length + work.acked.length, 0),
    ackSocket: spreadOf(timed.filter(({ isSocket }) => isSocket).map(tookMs)),
    ackStream: spreadOf(timed.filter(({ isSocket }) => !isSocket).map(tookMs)),
    viewAge: spreadOf(agesMs),
    unseen,
    updatesPerSecondMax: mostInASecond(record.updatesAtMs),
    framesPerSecond: record.frames / seconds,
    bytesPerSecond: record.bytes / seconds,
    repeatedAcks: record.repeated,
    server,
    timers,
    loopLag: spreadOf(lagsMs),
    refusals,
  };
}
