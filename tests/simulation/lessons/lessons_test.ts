/** A thousand lessons full of trouble: every answer in time counts, none after the barrier does, all scores are right. */
import assert from "node:assert/strict";
import type { ClassroomEvent } from "../../../src/domain/classroom/events.ts";
import { BrokenPromise } from "./broken_promise.ts";
import { judgeLesson } from "./judge_lesson.ts";
import { judgeRooms } from "./judge_rooms.ts";
import type { RoomEvent } from "../../../src/domain/room/events.ts";
import type { LessonHistory } from "./lesson_history.ts";
import type { LessonRange, LessonReport } from "./lesson_worker.ts";
import { playLesson } from "./play_lesson.ts";

const LESSONS = 1_000;
/** A lesson with a vote that is talked over. */
const SEED_WITH_ROOMS = 1;

/** What must have happened somewhere in those lessons, or they prove less than they say. */
const MUST_HAPPEN = [
  "kill",
  "frame",
  "counted",
  "counted after a cut",
  "counted by closed",
  "counted by same_socket",
  "counted by same_unmissed",
  "counted by beside_dead_half",
  "counted by stream",
  "counted by closed of two devices",
  "counted by beside_dead_half of two devices",
  "already_answered",
  "too_late",
  "too_late after a cut",
  "lesson_paused",
  "close held",
  "lie counted",
  "lie too_late",
  "time_extended",
  "question_reopened",
  "breakouts_formed",
  "students_seated",
  "rooms_recalled",
  "rooms_over",
  "member_joined",
  "heard",
  "heard after a cut",
  "word room_ended",
  "question_revealed",
  "question_left",
] as const;

function playOnThread(range: LessonRange): Promise<LessonReport> {
  const worker = new Worker(new URL("./lesson_worker.ts", import.meta.url), { type: "module" });
  const { promise, resolve, reject } = Promise.withResolvers<LessonReport>();
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = (event: MessageEvent<LessonReport>) => resolve(event.data);
  worker.addEventListener("error", (event) => {
    event.preventDefault();
    reject(new BrokenPromise(event.message));
  });
  worker.postMessage(range, [port2]);
  return promise.finally(() => {
    port1.close();
    worker.terminate();
  });
}

Deno.test(`[J3] [J4] [J5] [J7] [J9] [J14] [J15] hold in the recorded histories of ${LESSONS} lessons`, async () => {
  const threads = Math.max(1, Math.min(navigator.hardwareConcurrency, 8));
  const ranges = Array.from({ length: threads }, (_, i) => ({ first: 1 + i, last: LESSONS, stride: threads }));
  const reports = await Promise.all(ranges.map(playOnThread));
  assert.deepEqual(reports.flatMap(({ broken }) => broken), []);
  assert.equal(reports.reduce((sum, { played }) => sum + played, 0), LESSONS);
  const seen = new Set(reports.flatMap(({ seen }) => [...seen.keys()]));
  assert.deepEqual(MUST_HAPPEN.filter((what) => !seen.has(what)), [], "never happened in any lesson");
});

/** The history with one thing about it changed. */
function altered(
  history: LessonHistory,
  change: (event: ClassroomEvent, i: number) => ClassroomEvent[],
): LessonHistory {
  const events = history.events.flatMap((stored, i) =>
    change(stored.body as ClassroomEvent, i).map((body) => ({ ...stored, type: body.type, body }))
  );
  return { ...history, events };
}

Deno.test("[J5] the judge finds a lost answer, one that counts after the barrier, a wrong grade and a wrong score", async () => {
  const { history } = await playLesson(5);
  judgeLesson(history);
  const first = history.events.findIndex(({ type }) => type === "answer_counted");
  const barrier = history.events.findIndex(({ type }, i) => type === "pens_down" && i > first);
  const moved = history.events[first]?.body as ClassroomEvent;
  const forged: readonly LessonHistory[] = [
    altered(history, (event, i) => i === first ? [] : [event]),
    altered(history, (event, i) => i === first ? [] : i === barrier ? [event, moved] : [event]),
    altered(history, (event, i) => i === first ? [event, event] : [event]),
    altered(
      history,
      (event, i) => i === first && event.type === "answer_counted" ? [{ ...event, correct: !event.correct }] : [event],
    ),
    { ...history, scores: history.scores.map((score) => ({ ...score, points: score.points + 1 })) },
    { ...history, scores: history.scores.map((score) => ({ ...score, recorded: score.recorded + 1 })) },
  ];
  for (const wrong of forged) assert.throws(() => judgeLesson(wrong), BrokenPromise);
});

Deno.test("[J14] [J15] the judge finds a lost word, one said twice, a foreign one, a wrong seat and a late end", async () => {
  const { history } = await playLesson(SEED_WITH_ROOMS);
  judgeRooms(history);
  const [first] = history.rooms;
  assert.ok(first !== undefined);
  /** The first room's journal with one kind of event changed. */
  const forged = (change: (event: RoomEvent, i: number) => RoomEvent[]): LessonHistory => {
    const events = first.events.flatMap((stored, i) =>
      change(stored.body as RoomEvent, i).map((body) => ({ ...stored, type: body.type, body }))
    );
    return { ...history, rooms: [{ ...first, events }, ...history.rooms.slice(1)] };
  };
  const at = first.events.findIndex(({ type }) => type === "said");
  assert.ok(at > 0, "somebody said something there");
  const reworded = (event: RoomEvent, i: number): RoomEvent[] =>
    i === at && event.type === "said" ? [{ ...event, message: { ...event.message, text: "not mine" } }] : [event];
  const wrong: readonly LessonHistory[] = [
    forged((event, i) => i === at ? [] : [event]),
    forged((event, i) => i === at ? [event, event] : [event]),
    forged(reworded),
    forged((event) => event.type === "room_opened" ? [{ ...event, members: event.members.slice(1) }] : [event]),
    forged((event) => event.type === "room_ended" ? [] : [event]),
    { ...history, rooms: [{ ...first, shown: [{ userId: "learner-0", view: "" }] }, ...history.rooms.slice(1)] },
    { ...history, rooms: history.rooms.slice(1) },
  ];
  for (const one of wrong) assert.throws(() => judgeRooms(one), BrokenPromise);
});

/** The lessons that are played, at most, until one shows what the edge leaves out. */
const SABOTAGED = { first: 201, last: 300 };

for (const untold of ["silence", "connections"] as const) {
  Deno.test(`[J4] [J5] the judge finds out an edge that tells nothing of ${untold}`, async () => {
    for (let seed = SABOTAGED.first; seed <= SABOTAGED.last; seed += 1) {
      const { history } = await playLesson(seed, untold);
      try {
        judgeLesson(history);
      } catch (fault) {
        assert.ok(fault instanceof BrokenPromise);
        assert.match(fault.message, /^J5: .* was sent in time and refused/);
        return;
      }
    }
    assert.fail("no lesson was judged to be broken");
  });
}
