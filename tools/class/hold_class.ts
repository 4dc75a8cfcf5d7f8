/** Holds one simulated class from its first account to its report. */
import { type Behaviour, castOf, type Trait } from "./cast.ts";
import { checksOf } from "./checks.ts";
import type { ClassOptions } from "./class_options.ts";
import type { ClassReport } from "./class_report.ts";
import { figuresOf } from "./figures.ts";
import { each, Gate } from "./gate.ts";
import type { HeldLesson } from "./held_lesson.ts";
import { KeyProbe } from "./key_probe.ts";
import { takeLesson } from "./lesson_course.ts";
import { LoopLag } from "./loop_lag.ts";
import { OwnServer, type UsedTime } from "./own_server.ts";
import type { Progress } from "./progress_line.ts";
import { ClassRecord } from "./record.ts";
import { type Account, Rest, RestError } from "./rest.ts";
import { enrol, foundSchool, openLesson } from "./school.ts";
import { Student } from "./student.ts";
import { LessonStalledError, Teacher } from "./teacher.ts";
import { socketUrl, type Way, Ways } from "./way.ts";

const MINUTE_MS = 60_000;
/** Of the lesson: the usual time of a question, and of an item at one's own pace. */
const QUESTION_SHARE = 0.06;
const QUESTION_MS_MIN = 5_000;
const QUESTION_MS_MAX = 30_000;
const ITEM_SHARE = 0.015;
const ITEM_MS_MIN = 400;
const ITEM_MS_MAX = 8_000;
/** Longer than a server needs to come back, with everybody behind it. */
const OFFLINE_MS_MAX = 60_000;
/** Devices that connect at a time; a listener's backlog takes no more. */
const CONNECTING_MAX = 25;

function wayOf(ways: Ways, behaviour: Behaviour): Way {
  switch (behaviour) {
    case "flaky_network":
      return ways.cuttable();
    case "behind_proxy":
      return ways.behindProxy();
    default:
      return ways.straight();
  }
}

function between(value: number, min: number, max: number): number {
  return Math.round(Math.min(max, Math.max(min, value)));
}

function countsOf(cast: readonly Trait[]): { readonly [behaviour: string]: number } {
  const counts: Record<string, number> = {};
  for (const { behaviour } of cast) counts[behaviour] = (counts[behaviour] ?? 0) + 1;
  return counts;
}

/** The class before and while its lesson is held. */
interface ClassParts {
  readonly options: ClassOptions;
  readonly origin: string;
  readonly server: OwnServer | null;
  readonly ways: Ways;
  readonly progress: Progress;
}

/** Puts a student who is in the class on a seat of the lesson. */
async function seat(lesson: HeldLesson, trait: Trait, account: Account): Promise<Student> {
  const { school: { rest, courseId, classId }, record, lessonId, questionMs, selfPaced, ways, lengthMs } = lesson;
  const way = wayOf(ways, trait.behaviour);
  const itemMs = between(lengthMs * ITEM_SHARE, ITEM_MS_MIN, ITEM_MS_MAX);
  const places = { lessonId, courseId, classId };
  const student = new Student({ account, trait, way, questionMs, itemMs, record, rest, selfPaced, ...places });
  await student.here;
  return student;
}

async function opened({ options, origin, server, ways, progress }: ClassParts): Promise<HeldLesson> {
  const { students: size, minutes, seed, place } = options;
  progress.part("accounts");
  const cast = castOf(size, seed);
  const school = await foundSchool(new Rest(origin), place, server);
  const accounts = new Map<Trait, Account>();
  const onTime = cast.filter(({ behaviour }) => behaviour !== "late_joiner");
  await enrol(school, onTime, (trait, account) => void accounts.set(trait, account));
  const lengthMs = minutes * MINUTE_MS;
  const questionMs = between(lengthMs * QUESTION_SHARE, QUESTION_MS_MIN, QUESTION_MS_MAX);
  const lessonId = await openLesson(school, questionMs, OFFLINE_MS_MAX);
  const record = new ClassRecord();
  const lesson: HeldLesson = {
    lessonId,
    school,
    teacher: new Teacher(socketUrl(origin), school.teacher, lessonId, record),
    students: [],
    cast,
    ways,
    record,
    probe: new KeyProbe(school),
    progress,
    selfPaced: new Gate(),
    server,
    chaos: place.kind === "own" ? place.chaos : "none",
    questionMs,
    lengthMs,
  };
  await each([...accounts], CONNECTING_MAX, async ([trait, account]) => {
    lesson.students.push(await seat(lesson, trait, account));
  });
  lesson.students.sort((a, b) => a.parts.trait.index - b.parts.trait.index);
  return lesson;
}

/** Brings somebody into the class whose lesson is on. */
async function comeLate(lesson: HeldLesson, trait: Trait): Promise<Student> {
  const accounts: Account[] = [];
  await enrol(lesson.school, [trait], (_, account) => void accounts.push(account));
  const [account] = accounts;
  if (account === undefined) throw new RangeError("nobody was enrolled");
  return await seat(lesson, trait, account);
}

function difference(before: UsedTime | null, after: UsedTime | null): UsedTime | null {
  if (before === null || after === null) return null;
  return {
    cpuSeconds: after.cpuSeconds - before.cpuSeconds,
    coreWaitSeconds: after.coreWaitSeconds - before.coreWaitSeconds,
  };
}

async function held(parts: ClassParts): Promise<ClassReport> {
  const { options, server } = parts;
  const lesson = await opened(parts);
  const { teacher, students, record, school, lessonId, cast, probe } = lesson;
  const lag = new LoopLag();
  const startedAtMs = performance.now();
  const before = await server?.used() ?? null;
  const lookingAfter = teacher.lookAfter();
  const outcome = await takeLesson(lesson, (trait) => comeLate(lesson, trait));
  await lookingAfter;
  lag.stop();
  const seconds = (performance.now() - startedAtMs) / 1_000;
  const used = difference(before, await server?.used() ?? null);
  await Promise.all(students.map((student) => student.finish()));
  await record.lookThroughAll();
  const timers = await server?.timers() ?? null;
  const figures = figuresOf(students, teacher, record, { seconds, server: used, timers, lagsMs: lag.lagsMs });
  const exitCodes = server?.exitCodes ?? [];
  const checks = await checksOf({ school, lessonId, teacher, students, record, probe, outcome, figures, exitCodes });
  teacher.close();
  return { options, checks, figures, behaviours: countsOf(cast), movedToStream: outcome.movedToStream };
}

/** The lesson could not be held to its end; says why, with what the server complained of. */
export class ClassFailedError extends Error {
  override readonly name = "ClassFailedError";
}

/**
 * Holds the class that is asked for, on a server of its own where none is named.
 *
 * @throws ClassFailedError
 */
export async function holdClass(options: ClassOptions, progress: Progress): Promise<ClassReport> {
  progress.part("server");
  const { place } = options;
  const server = place.kind === "own" ? await OwnServer.start() : null;
  const origin = place.kind === "own" ? server?.url ?? "" : place.url;
  const ways = new Ways(origin, place.kind);
  try {
    return await held({ options, origin, server, ways, progress });
  } catch (error) {
    if (!(error instanceof RestError || error instanceof LessonStalledError)) throw error;
    const complaints = server?.complaints() ?? [];
    throw new ClassFailedError([error.message, ...complaints].join("\n"), { cause: error });
  } finally {
    progress.end();
    await ways.close();
    await server?.stop();
  }
}
