/** Plays and judges the lessons of the seeds it is sent, in a thread of its own. */
import type { ClassroomEvent } from "../../../src/domain/classroom/events.ts";
import { BrokenPromise } from "./broken_promise.ts";
import { judgeFrames, judgeLesson } from "./judge_lesson.ts";
import { judgeRooms } from "./judge_rooms.ts";
import { type PlayedLesson, playLesson } from "./play_lesson.ts";

export interface LessonRange {
  readonly first: number;
  readonly last: number;
  /** Every `stride`-th seed of the range. */
  readonly stride: number;
}

export interface LessonReport {
  readonly played: number;
  readonly broken: readonly string[];
  /** How often what happened in them, by name. */
  readonly seen: ReadonlyMap<string, number>;
}

function judged({ history, learners }: PlayedLesson, seed: number): readonly string[] {
  try {
    judgeLesson(history);
    judgeRooms(history);
    for (const { principal, frames } of learners) judgeFrames(principal.userId, frames, history);
    return [];
  } catch (fault) {
    if (!(fault instanceof BrokenPromise)) throw fault;
    return [`seed ${seed}: ${fault.message}`];
  }
}

/** How often the lesson was paused before an announced close. */
function heldCloses({ history }: PlayedLesson): number {
  let [cutoffMs, held] = [-Infinity, 0];
  for (const { body, atMs } of history.events) {
    const event = body as ClassroomEvent;
    if (event.type === "question_closing") cutoffMs = event.cutoffMs;
    if (event.type === "lesson_paused" && atMs < cutoffMs) held += 1;
  }
  return held;
}

async function playRange({ first, last, stride }: LessonRange): Promise<LessonReport> {
  const broken: string[] = [];
  const seen = new Map<string, number>();
  const saw = (what: string, times = 1) => seen.set(what, (seen.get(what) ?? 0) + times);
  let played = 0;
  for (let seed = first; seed <= last; seed += stride) {
    const lesson = await playLesson(seed);
    broken.push(...judged(lesson, seed));
    played += 1;
    saw("kill", lesson.history.kills);
    if (heldCloses(lesson) > 0) saw("close held");
    saw("frame", lesson.learners.reduce((sum, { frames }) => sum + frames.length, 0));
    for (const { type } of lesson.history.events) saw(type);
    for (const { events } of lesson.history.rooms) for (const { type } of events) saw(type);
    for (const { outcome, wasCutOff } of lesson.history.words) {
      const what = outcome === null ? "unheard" : outcome.kind === "counted" ? "heard" : `word ${outcome.code}`;
      saw(wasCutOff ? `${what} after a cut` : what);
    }
    for (const { outcome, wasCutOff, isLie, cameBack, devices } of lesson.history.attempts) {
      const what = outcome === null ? "unanswered" : outcome.kind === "counted" ? "counted" : outcome.code;
      if (isLie) saw(`lie ${what}`);
      saw(wasCutOff ? `${what} after a cut` : what);
      if (cameBack !== null) saw(`${what} by ${cameBack}${devices > 1 ? " of two devices" : ""}`);
    }
  }
  return { played, broken, seen };
}

globalThis.addEventListener("message", async (event) => {
  if (!(event instanceof MessageEvent)) return;
  event.ports[0]?.postMessage(await playRange(event.data));
});
