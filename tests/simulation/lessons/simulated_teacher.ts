/** A teacher who takes a class through a lesson, whatever becomes of the server meanwhile. */
import type { Reply } from "../../../src/actors/envelope.ts";
import type { ClassroomCommand, TeacherCommand } from "../../../src/domain/classroom/messages.ts";
import type { LessonPlan } from "../../../src/domain/classroom/plan.ts";
import type { RosterEntry } from "../../../src/domain/classroom/roster.ts";
import type { Principal } from "../../../src/domain/principal.ts";
import type { SeededChance } from "../seeded_chance.ts";
import { LESSON, type School } from "./school.ts";

const TEACHER: Principal = { userId: "teacher", role: "teacher" };
const ROOMS = {
  type: "form_breakouts",
  groups: [],
  seed: null,
  task: null,
  limitMs: null,
  reason: null,
} as const;
const LOOK_MS = 250;
const RETRY_MS = 500;

/** The question's step as the teacher's view shows it; `none` without a question. */
function stepIn(state: unknown): string {
  const { question } = (state ?? {}) as { question?: { step?: string } | null };
  return question?.step ?? "none";
}

interface RoomRow {
  readonly room_id: string;
  readonly members: readonly { readonly user_id: string }[];
}

function openRooms(state: unknown): readonly RoomRow[] | null {
  const { breakouts } = (state ?? {}) as {
    breakouts?: { readonly over_at_ms: number | null; readonly rooms: readonly RoomRow[] } | null;
  };
  return breakouts === null || breakouts === undefined || breakouts.over_at_ms !== null ? null : breakouts.rooms;
}

export class SimulatedTeacher {
  readonly #school: School;
  readonly #chance: SeededChance;
  #commands = 0;
  done = false;
  started = false;

  constructor(school: School, chance: SeededChance) {
    this.#school = school;
    this.#chance = chance;
  }

  async teach(plan: LessonPlan, roster: readonly RosterEntry[], questions: number): Promise<void> {
    await this.#do({ type: "open_lesson", plan, roster });
    await this.#pause(2_000);
    await this.#wish({ type: "start", reason: null });
    for (let i = 0; i < questions; i++) await this.#question(this.#chance.hit(0.25));
    await this.#wish({ type: "close_lesson", reason: "the bell" });
    this.done = true;
  }

  async #question(isVote: boolean): Promise<void> {
    const purpose = isVote ? "vote" : "question";
    await this.#wish({ type: "next", itemId: this.#chance.pick(["n1", "n2"]), purpose, limitMs: null, reason: null });
    await this.#look("open");
    await this.#whileOpen();
    await this.#look("down");
    if (isVote) {
      await this.#talk("difference");
      await this.#wish({ type: "vote_again", limitMs: null, reason: null });
      await this.#look("down");
    } else if (this.#chance.hit(0.2)) {
      await this.#wish({ type: "reopen_question", limitMs: null, reason: "some were cut off" });
      await this.#look("down");
    }
    if (this.#chance.hit(0.8)) await this.#wish({ type: "reveal", reason: null });
    if (this.#chance.hit(0.15)) await this.#talk("random");
  }

  /** Sends all to rooms for a while, and calls them back. */
  async #talk(how: "difference" | "random"): Promise<void> {
    await this.#wish({ ...ROOMS, how, size: this.#chance.pick([2, 3]), limitMs: this.#chance.pick([null, 20_000]) });
    await this.#pause(this.#chance.between(1_000, 6_000));
    if (this.#chance.hit(0.3)) await this.#wish({ type: "tell_rooms", roomId: null, text: "Say why", reason: null });
    if (this.#chance.hit(0.4)) await this.#move();
    await this.#pause(this.#chance.between(0, 3_000));
    if (this.#chance.hit(0.3)) await this.#wish({ type: "recall_rooms", inMs: 6_000, reason: null });
    await this.#wish({ type: "recall_rooms", inMs: this.#chance.pick([0, 1_500, 4_000]), reason: null });
    for (let rooms = await this.#rooms(); rooms !== null; rooms = await this.#rooms()) await this.#pause(LOOK_MS);
  }

  /** Somebody is put into another room. */
  async #move(): Promise<void> {
    const rooms = await this.#rooms() ?? [];
    const [first, ...others] = rooms.flatMap(({ members }) => members.map(({ user_id }) => user_id));
    const [room, ...further] = rooms.map(({ room_id }) => room_id);
    if (first === undefined || room === undefined) return;
    const [userId, roomId] = [this.#chance.pick([first, ...others]), this.#chance.pick([room, ...further])];
    await this.#wish({ type: "move_student", userId, roomId, reason: null });
  }

  /** The rooms that are open; null when none are. */
  async #rooms(): Promise<readonly RoomRow[] | null> {
    for (;;) {
      const outcome = await this.#school.read(LESSON, TEACHER);
      if (outcome?.kind === "read") return openRooms(outcome.state);
      await this.#pause(LOOK_MS);
    }
  }

  async #whileOpen(): Promise<void> {
    await this.#pause(this.#chance.between(500, 5_000));
    if (this.#chance.hit(0.3)) {
      await this.#wish({ type: "extend_time", userId: "learner-0", byMs: 3_000, reason: null });
    }
    if (this.#chance.hit(0.2)) {
      await this.#wish({ type: "pause", reason: null });
      await this.#pause(this.#chance.between(100, 3_000));
      await this.#wish({ type: "resume", reason: null });
    }
    if (this.#chance.hit(0.5)) {
      const inMs = this.#chance.pick([0, 0, 2_000]);
      await this.#wish({ type: "close_question", inMs, reason: null });
      if (inMs > 0 && this.#chance.hit(0.5)) await this.#hold();
    }
  }

  /** Pauses while the class is told how long it has, often for longer than that. */
  async #hold(): Promise<void> {
    await this.#pause(this.#chance.between(0, 1_500));
    await this.#wish({ type: "pause", reason: null });
    await this.#pause(this.#chance.between(100, 9_000));
    await this.#wish({ type: "resume", reason: null });
  }

  /** Until the question is in this step, or past it. */
  async #look(step: string): Promise<void> {
    for (;;) {
      const outcome = await this.#school.read(LESSON, TEACHER);
      const found = outcome?.kind === "read" ? stepIn(outcome.state) : "unknown";
      if (found === step || (step === "open" && (found === "closing" || found === "down"))) return;
      await this.#pause(LOOK_MS);
    }
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => void this.#school.time.in(ms, resolve));
  }

  #wish(command: TeacherCommand): Promise<Reply> {
    return this.#do(command);
  }

  /** Sends until somebody answers; the id stays the same, so it happens once. */
  #do(command: ClassroomCommand): Promise<Reply> {
    const commandId = `teacher-${this.#commands++}`;
    const { time } = this.#school;
    return new Promise((resolve) => {
      let open = true;
      const send = () => {
        if (!open) return;
        this.#school.tell(LESSON, command, { principal: TEACHER, commandId }, (reply) => {
          if (reply.kind === "refused" || !open) return;
          open = false;
          resolve(reply);
        });
        time.in(RETRY_MS, send);
      };
      send();
    });
  }
}
