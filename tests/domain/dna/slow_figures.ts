/** Learning DNA worked out the slow way, each time from the whole journal and by the definitions' words. */
import { afterGraded, NEW_RATING, successProbability } from "../../../src/domain/adaptive/elo.ts";
import type { Abilities } from "../../../src/domain/adaptive/prediction.ts";
import { type Interval, wilsonInterval } from "../../../src/domain/dna/interval.ts";
import { type Spread, studentInterval } from "../../../src/domain/dna/spread.ts";
import type { WORK_BEHAVIOURS } from "../../../src/domain/dna/work_behaviour.ts";
import type { AnswerFact, LearnerEvent } from "../../../src/domain/learner/messages.ts";
import { retrievabilityAt } from "../../../src/domain/memory/card.ts";
import { afterAttempt, type CourseMemory } from "../../../src/domain/memory/course_memory.ts";

const DAY_MS = 86_400_000;
const SESSIONS_REMEMBERED = 8;

/** By `Intl`, where the product goes by `Temporal`. */
function wallClock(atMs: number, timeZone: string) {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    hourCycle: "h23",
  }).formatToParts(atMs);
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value);
  return { dayMs: Date.UTC(part("year"), part("month") - 1, part("day")), hour: part("hour") };
}

function mondayMs(dayMs: number): number {
  return dayMs - (new Date(dayMs).getUTCDay() + 6) % 7 * DAY_MS;
}

function spreadOf(values: readonly number[]): Spread {
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  return [values.length, mean, values.reduce((sum, value) => sum + (value - mean) ** 2, 0)];
}

export class SlowFigures {
  readonly #journal: readonly LearnerEvent[];
  readonly #answers: readonly AnswerFact[];
  readonly #timeZone: string;
  /** Mondays of the weeks that figures rest on. */
  readonly #window: readonly number[];

  constructor(journal: readonly LearnerEvent[], timeZone: string) {
    this.#journal = journal;
    this.#answers = journal.flatMap((event) => event.type === "answer_recorded" ? [event.answer] : []);
    this.#timeZone = timeZone;
    const weeks = [...new Set(this.#answers.map((answer) => this.#week(answer)))].sort((a, b) => a - b);
    this.#window = weeks.slice(-12);
  }

  #week({ atMs }: AnswerFact): number {
    return mondayMs(wallClock(atMs, this.#timeZone).dayMs);
  }

  get #lately(): readonly AnswerFact[] {
    return this.#answers.filter((answer) => this.#window.includes(this.#week(answer)));
  }

  hintUse(): { size: number; interval: Interval } {
    const hinted = this.#lately.filter(({ hintsUsed }) => hintsUsed > 0).length;
    return { size: this.#lately.length, interval: wilsonInterval(hinted, this.#lately.length) };
  }

  pace(): { size: number; interval: Interval } {
    const logs = this.#lately.flatMap(({ correct, responseMs }) =>
      correct && responseMs !== null ? [Math.log(responseMs)] : []
    );
    const { value, low, high } = studentInterval(spreadOf(logs));
    const seconds = (logMs: number) => Math.exp(logMs) / 1000;
    return { size: logs.length, interval: { value: seconds(value), low: seconds(low), high: seconds(high) } };
  }

  /** Each review with what FSRS expected, found by replaying the course up to it. */
  reviews(): readonly { expected: number; recalled: boolean; lately: boolean }[] {
    return this.#answers.flatMap((answer, i) => {
      const before = this.#answers.slice(0, i).filter(({ courseId }) => courseId === answer.courseId);
      const memory = before.reduce<CourseMemory | null>((known, one) => afterAttempt(known, one), null);
      const chances = (memory?.skills ?? [])
        .filter(({ id, card }) => answer.skills.includes(id) && Math.floor(answer.atMs / 1000) - card[2] >= 43_200)
        .map(({ card }) => retrievabilityAt(card, answer.atMs));
      if (chances.length === 0) return [];
      const recalled = answer.correct && answer.hintsUsed < 3;
      return [{ expected: Math.min(...chances), recalled, lately: this.#window.includes(this.#week(answer)) }];
    });
  }

  retention(): { size: number; interval: Interval } {
    const lately = this.reviews().filter((review) => review.lately);
    const recalled = lately.filter((review) => review.recalled).length;
    return { size: lately.length, interval: wilsonInterval(recalled, lately.length) };
  }

  /** Whether so many others were worked on between two places of the journal that a session counts as left. */
  #isLeft(sessionId: string, from: number, until: number): boolean {
    const others = this.#journal.slice(from, until).flatMap((event) =>
      event.type === "answer_recorded" && event.answer.sessionId !== sessionId ? [event.answer.sessionId] : []
    );
    return new Set(others).size >= SESSIONS_REMEMBERED;
  }

  persistence(): { size: number; interval: Interval } {
    const outcomes = this.#journal.flatMap((event, i): boolean[] => {
      if (event.type !== "answer_recorded" || event.answer.correct) return [];
      const { sessionId, atMs } = event.answer;
      if (!this.#window.includes(this.#week(event.answer))) return [];
      const next = this.#journal.findIndex((other, j) =>
        j > i && (other.type === "answer_recorded" && other.answer.sessionId === sessionId ||
          other.type === "session_recorded" && other.session.sessionId === sessionId)
      );
      if (this.#isLeft(sessionId, i + 1, next < 0 ? this.#journal.length : next)) return [false];
      const followed = this.#journal[next];
      if (followed?.type === "answer_recorded") return [followed.answer.atMs - atMs <= 15 * 60_000];
      return followed?.type === "session_recorded" && followed.session.cause === "learner" ? [false] : [];
    });
    const wentOn = outcomes.filter(Boolean).length;
    return { size: outcomes.length, interval: wilsonInterval(wentOn, outcomes.length) };
  }

  behaviour(name: typeof WORK_BEHAVIOURS[number]): { size: number; interval: Interval } {
    const sittings: { sessionId: string; last: number; week: number; shown: Set<string> }[] = [];
    for (const [i, event] of this.#journal.entries()) {
      if (event.type !== "answer_recorded") continue;
      const { sessionId } = event.answer;
      let sitting = sittings.findLast((one) => one.sessionId === sessionId);
      if (sitting === undefined || this.#isLeft(sessionId, sitting.last + 1, i)) {
        sitting = { sessionId, last: i, week: this.#week(event.answer), shown: new Set() };
        sittings.push(sitting);
      }
      sitting.last = i;
      for (const behaviour of event.answer.behaviour) sitting.shown.add(behaviour);
    }
    const lately = sittings.filter(({ week }) => this.#window.includes(week));
    const showing = lately.filter(({ shown }) => shown.has(name)).length;
    return { size: lately.length, interval: wilsonInterval(showing, lately.length) };
  }

  consistency(nowMs: number): { size: number; interval: Interval } {
    const worked = new Set(this.#answers.map(({ atMs }) => wallClock(atMs, this.#timeZone).dayMs));
    const today = wallClock(nowMs, this.#timeZone).dayMs;
    const first = Math.max(Math.min(...worked), today - 84 * DAY_MS);
    const days = Array.from({ length: Math.max(0, (today - first) / DAY_MS) }, (_, i) => first + i * DAY_MS);
    const size = days.length;
    return { size, interval: wilsonInterval(days.filter((day) => worked.has(day)).length, size) };
  }

  /** Every answer with its score beyond what replayed ratings expected. */
  beyond(): readonly { answer: AnswerFact; hour: number; beyond: number }[] {
    let abilities: Abilities = { overall: NEW_RATING, skills: {} };
    return this.#answers.map((answer) => {
      const keys = answer.skills.map((skill) => `${answer.courseId}:${skill}`);
      const expected = successProbability(abilities, keys, answer.difficulty);
      abilities = afterGraded(abilities, keys, answer.difficulty, answer);
      return { answer, hour: wallClock(answer.atMs, this.#timeZone).hour, beyond: answer.score - expected };
    });
  }

  /** Mean and variance of one group of answers. */
  group(isIn: (one: { answer: AnswerFact; hour: number }) => boolean): Spread {
    return spreadOf(this.beyond().filter(isIn).map(({ beyond }) => beyond));
  }
}
