/** Plays a month of a school: learners with habits, classes that invite each other, a teacher who judges. */
import { GROUND_TRUTH_NAMES, GROUND_TRUTHS } from "../../src/domain/adaptive/simulation/ground_truths.ts";
import { normalAround, type Random } from "../../src/domain/adaptive/simulation/draws.ts";
import type { ActorId } from "../../src/domain/address.ts";
import type { Origin } from "../../src/domain/decision.ts";
import type { LearnerEvent } from "../../src/domain/learner/messages.ts";
import { NEW_PROFILE } from "../../src/domain/learner/profile.ts";
import { applicableQuests } from "../../src/domain/quests/applicable.ts";
import type { ActiveQuest } from "../../src/domain/quests/quest.ts";
import { randomFrom } from "../../src/domain/random.ts";
import type { Submission } from "../../src/domain/submission/messages.ts";
import { readQuestSituation } from "../../src/effects/propose_quests.ts";
import { Agenda } from "./agenda.ts";
import { drawHabits, MONTH_DAYS } from "./habits.ts";
import { MonthRecord } from "./month_record.ts";
import { Lessons } from "./lessons.ts";
import type { Student } from "./student.ts";
import { type SchoolParts, VirtualSchool } from "./virtual_school.ts";

const HOUR_MS = 3_600_000;
/** A Monday; clocks go forward in America on the second Sunday of that month and in Europe on the last. */
const FIRST_DAY = Temporal.PlainDate.from("2026-03-02");
const CLASS_SIZE = 25;
const INVITED_MAX = 4;
/** A teacher judges a text within this time. */
const JUDGED_WITHIN_MS = 48 * HOUR_MS;
const SECOND_SESSION_SHARE = 0.15;
const TEACHER: Origin = { kind: "client", principal: { userId: "teacher", role: "teacher" } };
/** What a quest under way adds to the chance of working on a day, for the most persistent. */
const QUEST_PULL = 0.25;

function studentsOf({ course, seed }: SchoolParts, count: number): readonly Student[] {
  return Array.from({ length: count }, (_, i) => {
    const random = randomFrom(seed + 7_919 * (i + 1));
    const truth = GROUND_TRUTHS[GROUND_TRUTH_NAMES[i % GROUND_TRUTH_NAMES.length] ?? "irt"](course, random);
    return { id: `s${i}`, habits: drawHabits(random), truth, random };
  });
}

class Month {
  readonly record: MonthRecord;
  readonly #students: readonly Student[];
  readonly #school: VirtualSchool;
  readonly #lessons: Lessons;
  readonly #agenda: Agenda;
  readonly #random: Random;

  constructor(parts: SchoolParts, learners: number) {
    // The first local day begins in the east, half a day before the date does at Greenwich.
    const startMs = FIRST_DAY.toZonedDateTime("UTC").epochMilliseconds - 14 * HOUR_MS;
    this.#agenda = new Agenda(startMs);
    this.record = new MonthRecord(startMs);
    this.#random = randomFrom(~parts.seed);
    this.#students = studentsOf(parts, learners);
    this.#school = new VirtualSchool(parts, this.#agenda, {
      learnerEvent: (learnerId, event) => this.#learnerEvent(learnerId, event),
      submitted: (id, submission) => this.#judgeLater(id, submission),
    });
    this.#lessons = new Lessons(this.#school, this.#agenda, parts.course);
  }

  async play(): Promise<void> {
    const endMs = this.#agenda.nowMs + (MONTH_DAYS + 1) * 24 * HOUR_MS;
    for (const student of this.#students) {
      this.#agenda.at(this.#agenda.nowMs, () => this.#introduce(student));
      for (let day = 0; day < MONTH_DAYS; day++) {
        const begins = FIRST_DAY.add({ days: day }).toZonedDateTime(student.habits.timeZone);
        this.#agenda.at(begins.epochMilliseconds, () => this.#live(student, day, begins));
      }
    }
    await this.#agenda.run(endMs);
    this.record.close(this.#students.map(({ id }) => this.#school.learner(id)), endMs);
  }

  async #introduce({ id, habits: { timeZone, pace, interests } }: Student): Promise<void> {
    const { version: _version, changedAtMs: _changed, ...empty } = NEW_PROFILE;
    const draft = { ...empty, timeZone, pace, interests };
    await this.#school.does(id, { type: "set_profile", expectedVersion: 0, draft });
  }

  /** A day: whoever they are and whatever they do, there must be a quest that they could take up. */
  async #live(student: Student, day: number, begins: Temporal.ZonedDateTime): Promise<void> {
    const { habits, random, id } = student;
    const learner = this.#school.learner(id);
    const situation = await readQuestSituation(this.#school.sources, learner, new AbortController().signal);
    this.record.probed(id, applicableQuests(this.#school.sources.templates, situation).length);
    const usual = begins.dayOfWeek > 5 ? habits.weekendShare : habits.schoolDayShare;
    const pull = learner.quests.active.length > 0 ? QUEST_PULL * habits.persistence : 0;
    const hasLeft = habits.dropoutDay !== null && day >= habits.dropoutDay;
    if (hasLeft || random() >= usual + (1 - usual) * pull) return;
    const hour = Math.min(22, Math.max(6, normalAround(random, habits.usualHour, 1.5)));
    const first = begins.epochMilliseconds + hour * HOUR_MS;
    this.#agenda.at(first, () => this.#lessons.begin(student));
    if (random() < SECOND_SESSION_SHARE) this.#agenda.at(first + 2 * HOUR_MS, () => this.#lessons.begin(student));
  }

  #learnerEvent(learnerId: string, event: LearnerEvent): void {
    this.record.took(learnerId, event, this.#agenda.nowMs);
    if (event.type === "quest_accepted" && event.by === "offer") this.#invite(learnerId, event.accepted);
  }

  /** Some of the class are asked, and come or not. */
  #invite(founderId: string, { teamId }: ActiveQuest): void {
    if (teamId === null) return;
    const founder = this.#students.findIndex(({ id }) => id === founderId);
    const first = Math.floor(founder / CLASS_SIZE) * CLASS_SIZE;
    const others = this.#students.slice(first, first + CLASS_SIZE).filter(({ id }) => id !== founderId);
    for (let i = 0; i < Math.min(INVITED_MAX, others.length); i++) {
      const asked = others[Math.floor(this.#random() * others.length)];
      if (asked === undefined || this.#random() >= asked.habits.sociability) continue;
      const atMs = this.#agenda.nowMs + this.#random() * 24 * HOUR_MS;
      this.#agenda.at(atMs, async () => {
        await this.#school.does(asked.id, { type: "join_team", teamId });
      });
    }
  }

  /** The better they write, the nearer each criterion comes to its best level. */
  #judgeLater(id: ActorId, { learnerId, criteria }: Submission): void {
    const writing = this.#students.find((student) => student.id === learnerId)?.habits.writing ?? 0;
    const points = Object.fromEntries(criteria.map((criterion) => {
      const levels = "levels" in criterion.evidence ? criterion.evidence.levels : [];
      const reached = Math.min(1, Math.max(0, normalAround(this.#random, 0.45 + 0.45 * writing, 0.2)));
      const ordered = levels.map((level) => level.points).sort((a, b) => a - b);
      return [criterion.id, ordered[Math.round(reached * (ordered.length - 1))] ?? 0];
    }));
    this.#agenda.at(this.#agenda.nowMs + this.#random() * JUDGED_WITHIN_MS, async () => {
      await this.#school.tell(id, { type: "evaluate", points, comment: "" }, TEACHER);
    });
  }
}

/** The same parts give the same month. */
export async function playMonth(parts: SchoolParts, learners: number): Promise<MonthRecord> {
  const month = new Month(parts, learners);
  await month.play();
  return month.record;
}
