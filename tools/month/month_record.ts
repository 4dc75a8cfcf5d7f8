/** What came of a simulated month, gathered event by event. */
import type { LearnerState } from "../../src/domain/learner/knowledge.ts";
import type { LearnerEvent } from "../../src/domain/learner/messages.ts";
import type { ClosedOutcome } from "../../src/domain/quests/messages.ts";
import type { ActiveQuest } from "../../src/domain/quests/quest.ts";
import type { QuestKind } from "../../src/domain/quests/template.ts";
import { imbalance } from "../../src/domain/rewards/ledger.ts";
import { levelOf } from "../../src/domain/rewards/levels.ts";
import { runOf } from "../../src/domain/rewards/streak.ts";

export const DAY_MS = 86_400_000;

/** A quest that somebody took up. */
export interface QuestLife {
  readonly templateId: string;
  readonly kind: QuestKind;
  readonly acceptedAtMs: number;
  readonly termMs: number;
  /** Null while it is under way. */
  readonly end: { readonly atMs: number; readonly outcome: "completed" | ClosedOutcome } | null;
}

export interface TemplateFigures {
  readonly offered: number;
  /** Of those offered; invitations into teams not counted. */
  readonly accepted: number;
  /** Turned down, or let go by. */
  readonly passed: number;
}

export interface DayFigures {
  readonly learners: ReadonlySet<string>;
  readonly offered: number;
  readonly accepted: number;
  readonly completed: number;
}

/** A learner after the month. */
export interface LearnerFigures {
  readonly points: number;
  readonly level: number;
  readonly badges: readonly string[];
  readonly streakBest: number;
  readonly answers: number;
  readonly questsCompleted: number;
  /** Of the whole state as a snapshot holds it. */
  readonly stateBytes: number;
  /** Points that the events paid. */
  readonly pointsPaid: number;
  /** 0 where the books are in order. */
  readonly imbalance: number;
  /** Fewest quests that they could have taken up beside those offered and under way, on any day. */
  readonly applicableMin: number;
}

const NO_OFFERS: TemplateFigures = { offered: 0, accepted: 0, passed: 0 };
const NO_DAY: DayFigures = { learners: new Set(), offered: 0, accepted: 0, completed: 0 };

export class MonthRecord {
  readonly startMs: number;
  readonly templates = new Map<string, TemplateFigures>();
  readonly days: DayFigures[] = [];
  /** Points of each learner by the end of each day, days in order. */
  readonly pointsByDay: Map<string, number>[] = [];
  endMs: number;
  learners: readonly LearnerFigures[] = [];
  /** Payments whose entry had been paid before. */
  paidTwice = 0;
  events = 0;
  readonly #quests = new Map<string, QuestLife>();
  readonly #paid = new Map<string, Set<string>>();
  readonly #points = new Map<string, number>();
  readonly #applicableMin = new Map<string, number>();

  constructor(startMs: number) {
    this.startMs = startMs;
    this.endMs = startMs;
  }

  get quests(): readonly QuestLife[] {
    return [...this.#quests.values()];
  }

  /** How many quests a learner could have taken up, beside those offered and under way. */
  probed(learnerId: string, applicable: number): void {
    this.#applicableMin.set(learnerId, Math.min(applicable, this.#applicableMin.get(learnerId) ?? Infinity));
  }

  took(learnerId: string, event: LearnerEvent, atMs: number): void {
    this.events += 1;
    const day = this.#dayAt(atMs);
    if (event.type === "answer_recorded") {
      const figures = this.#dayOf(day);
      if (!figures.learners.has(learnerId)) {
        this.days[day] = { ...figures, learners: new Set([...figures.learners, learnerId]) };
      }
    } else if (event.type === "quests_offered") {
      for (const { templateId } of event.offers) this.#count(templateId, "offered");
      this.#countDay(day, "offered", event.offers.length);
    } else if (event.type === "quest_accepted") this.#accepted(learnerId, event.accepted, event.by, day);
    else if (event.type === "quest_completed") {
      this.#ended(`${learnerId} ${event.questId}`, atMs, "completed");
      this.#countDay(day, "completed", 1);
    } else if (event.type === "quest_closed") {
      if (event.outcome === "declined" || event.outcome === "offer_expired") this.#count(event.templateId, "passed");
      else this.#ended(`${learnerId} ${event.questId}`, atMs, event.outcome);
    } else if (event.type === "points_awarded") this.#awarded(learnerId, event.entryId, event.amount, day);
  }

  close(states: readonly LearnerState[], endMs: number): void {
    this.endMs = endMs;
    this.learners = states.map((state) => {
      const { rewards: { ledger, badges, streak }, quests, answered, learnerId } = state;
      return {
        points: ledger.balances.learner,
        level: levelOf(ledger.balances.learner).level,
        badges: badges.map(({ badgeId }) => badgeId),
        streakBest: runOf(streak).best,
        answers: answered,
        questsCompleted: quests.completed,
        stateBytes: new TextEncoder().encode(JSON.stringify(state)).length,
        pointsPaid: this.#points.get(learnerId) ?? 0,
        imbalance: imbalance(ledger),
        applicableMin: this.#applicableMin.get(learnerId) ?? 0,
      };
    });
  }

  #dayAt(atMs: number): number {
    return Math.floor((atMs - this.startMs) / DAY_MS);
  }

  #dayOf(day: number): DayFigures {
    return this.days[day] ?? NO_DAY;
  }

  #countDay(day: number, figure: "offered" | "accepted" | "completed", more: number): void {
    const figures = this.#dayOf(day);
    this.days[day] = { ...figures, [figure]: figures[figure] + more };
  }

  #count(templateId: string, figure: keyof TemplateFigures): void {
    const figures = this.templates.get(templateId) ?? NO_OFFERS;
    this.templates.set(templateId, { ...figures, [figure]: figures[figure] + 1 });
  }

  #accepted(learnerId: string, { quest, acceptedAtMs, deadlineMs }: ActiveQuest, by: string, day: number): void {
    const { templateId, kind, id } = quest;
    const termMs = deadlineMs - acceptedAtMs;
    this.#quests.set(`${learnerId} ${id}`, { templateId, kind, acceptedAtMs, termMs, end: null });
    if (by === "offer") this.#count(templateId, "accepted");
    this.#countDay(day, "accepted", 1);
  }

  #ended(key: string, atMs: number, outcome: "completed" | ClosedOutcome): void {
    const quest = this.#quests.get(key);
    if (quest !== undefined) this.#quests.set(key, { ...quest, end: { atMs, outcome } });
  }

  #awarded(learnerId: string, entryId: string, amount: number, day: number): void {
    const paid = this.#paid.get(learnerId) ?? new Set();
    this.#paid.set(learnerId, paid);
    if (paid.has(entryId)) this.paidTwice += 1;
    paid.add(entryId);
    const points = (this.#points.get(learnerId) ?? 0) + amount;
    this.#points.set(learnerId, points);
    const ofDay = this.pointsByDay[day] ?? new Map<string, number>();
    this.pointsByDay[day] = ofDay.set(learnerId, points);
  }
}
