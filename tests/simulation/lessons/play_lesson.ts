/** Plays one simulated lesson from its seed and hands back its history. */
import { learnerFromView } from "../../../src/domain/learner/knowledge.ts";
import { ENGINE } from "../../../src/domain/engine.ts";
import { learnerAddress } from "../../../src/domain/learner/messages.ts";
import type { StoredEvent } from "../../../src/actors/ports.ts";
import type { ClassroomEvent } from "../../../src/domain/classroom/events.ts";
import type { LessonPlan } from "../../../src/domain/classroom/plan.ts";
import type { RosterEntry } from "../../../src/domain/classroom/roster.ts";
import { roomAddress } from "../../../src/domain/room/messages.ts";
import { SeededChance } from "../seeded_chance.ts";
import { BrokenPromise } from "./broken_promise.ts";
import type { LessonHistory, RoomHistory } from "./lesson_history.ts";
import { LESSON, School, type Untold } from "./school.ts";
import { SimulatedLearner } from "./simulated_learner.ts";
import { SimulatedTeacher } from "./simulated_teacher.ts";

/** Virtual time in which a lesson must have come to its end. */
const LESSON_MS_MAX = 30 * 60_000;

export interface PlayedLesson {
  readonly history: LessonHistory;
  readonly learners: readonly SimulatedLearner[];
}

function planOf(chance: SeededChance): LessonPlan {
  return {
    classId: "class",
    courseId: "small",
    title: "Simulated",
    mode: "teacher_paced",
    admission: "open",
    questionLimitMs: chance.pick([8_000, 12_000]),
    answersMayChange: false,
    offlineMsMax: chance.pick([5_000, 20_000]),
    leaderboard: true,
  };
}

function rosterOf(learners: readonly SimulatedLearner[], chance: SeededChance): readonly RosterEntry[] {
  const students = learners.map(({ principal: { userId } }): RosterEntry => ({
    userId,
    name: userId,
    part: "student",
    timeMultiplier: chance.pick([1, 1, 1, 1.5, 2]),
    onLeaderboards: chance.hit(0.8),
  }));
  return [
    { userId: "teacher", name: "Teacher", part: "teacher", timeMultiplier: 1, onLeaderboards: false },
    ...students,
  ];
}

/** The world goes on until `holds`. Throws {@link BrokenPromise} when it never does. */
async function until({ time }: School, holds: () => boolean): Promise<void> {
  const untilMs = time.nowMs() + LESSON_MS_MAX;
  while (!holds()) {
    if (time.nowMs() > untilMs || !await time.step()) throw new BrokenPromise("J1: the lesson never ends");
  }
}

async function settled<T>(school: School, promise: Promise<T>): Promise<T> {
  let open = true;
  const watched = promise.finally(() => open = false);
  school.time.in(0, () => {});
  await until(school, () => !open);
  return await watched;
}

interface StudentView {
  readonly answered: number;
  readonly correct: number;
  readonly points: number;
}

async function scoreOf(school: School, { principal }: SimulatedLearner) {
  const [lesson, record] = [
    await settled(school, school.read(LESSON, principal)),
    await settled(school, school.read(learnerAddress(principal.userId), ENGINE)),
  ];
  const view: StudentView | null = JSON.parse(JSON.stringify(lesson?.kind === "read" ? lesson.state : null));
  const learner = record?.kind === "read" ? learnerFromView(record.state) : null;
  return {
    userId: principal.userId,
    answered: view?.answered ?? 0,
    correct: view?.correct ?? 0,
    points: view?.points ?? 0,
    recorded: learner?.answered ?? 0,
  };
}

/** Every room that the lesson has formed, as its journal has it and as its last members read it. */
async function roomsOf(
  school: School,
  events: readonly StoredEvent[],
  learners: readonly SimulatedLearner[],
): Promise<readonly RoomHistory[]> {
  const ids = new Set(events.flatMap(({ body }) => {
    const event = body as ClassroomEvent;
    if (event.type === "breakouts_formed") return event.rooms.map(({ roomId }) => roomId);
    return event.type === "students_seated" ? event.seats.map(({ roomId }) => roomId) : [];
  }));
  const rooms: RoomHistory[] = [];
  for (const roomId of ids) {
    const shown = [];
    for (const { principal } of learners) {
      const outcome = await settled(school, school.read(roomAddress(roomId), principal));
      if (outcome?.kind === "read") shown.push({ userId: principal.userId, view: JSON.stringify(outcome.state) });
    }
    rooms.push({ roomId, events: school.tables.read(roomAddress(roomId), 0, 10_000), shown });
  }
  return rooms;
}

/** A lesson of a few learners and questions, in which the server is killed up to three times. */
export async function playLesson(seed: number, untold: Untold = "nothing"): Promise<PlayedLesson> {
  const chance = new SeededChance(seed);
  const school = new School(chance.fork(), untold);
  const plan = planOf(chance);
  const learners = Array.from(
    { length: chance.whole(3, 7) },
    (_, number) => new SimulatedLearner(school, number, chance.fork()),
  );
  const teacher = new SimulatedTeacher(school, chance.fork());
  school.start();
  void teacher.teach(plan, rosterOf(learners, chance), chance.whole(2, 3));
  for (const learner of learners) learner.start();
  for (let kills = chance.pick([0, 1, 2, 3]); kills > 0; kills--) {
    school.time.in(chance.between(3_000, 45_000), () => school.kill(chance.between(50, 3_000)));
  }
  await until(school, () => teacher.done);
  // All are heard: those cut off come back, and the records are told.
  const calmAtMs = school.time.nowMs() + 60_000;
  await until(school, () => school.time.nowMs() > calmAtMs && school.isUp);
  const events = school.tables.read(LESSON, 0, 10_000);
  const scores = [];
  for (const learner of learners) scores.push(await scoreOf(school, learner));
  const attempts = learners.flatMap(({ attempts }) => attempts);
  const words = learners.flatMap(({ words }) => words);
  const rooms = await roomsOf(school, events, learners);
  const kills = school.killsAtMs.length;
  return { history: { events, attempts, scores, words, rooms, offlineMsMax: plan.offlineMsMax, kills }, learners };
}
