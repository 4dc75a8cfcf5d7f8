/** The figures of a simulated month: shares by template, curves by kind of quest, spreads over learners. */
import { QUEST_KINDS, type QuestKind } from "../../src/domain/quests/template.ts";
import { DAY_MS, type LearnerFigures, type MonthRecord, type QuestLife } from "./month_record.ts";

/** Days after acceptance that completion curves show; no template but that of the month lasts longer. */
export const CURVE_DAYS = 14;
/** Of all shares taken, these; the middle one is the median. */
export const QUANTILES = [0, 0.1, 0.25, 0.5, 0.75, 0.9, 1] as const;

/** @param values at least one */
export function quantilesOf(values: readonly number[]): readonly number[] {
  const sorted = [...values].sort((a, b) => a - b);
  return QUANTILES.map((share) => sorted[Math.round(share * (sorted.length - 1))] ?? 0);
}

/** Taken up so early that its time ended within the month, with a day to spare for what is told a moment late. */
function isWhole({ acceptedAtMs, termMs }: QuestLife, endMs: number): boolean {
  return acceptedAtMs + termMs <= endMs - DAY_MS;
}

export interface TemplateResult {
  readonly templateId: string;
  readonly offered: number;
  /** Of the offers that came to an end. */
  readonly acceptedShare: number;
  /** Quests taken up whose time ended within the month, those of invited members included. */
  readonly whole: number;
  /** Null where no quest's whole time lies within the month. */
  readonly completedShare: number | null;
  readonly outcomes: { readonly [outcome: string]: number };
}

function outcomesOf(quests: readonly QuestLife[]): { readonly [outcome: string]: number } {
  const counts: { [outcome: string]: number } = {};
  for (const { end } of quests) {
    const outcome = end?.outcome ?? "under_way";
    counts[outcome] = (counts[outcome] ?? 0) + 1;
  }
  return counts;
}

/** @param templateIds all there are, so that one that is never offered shows */
export function templateResults(record: MonthRecord, templateIds: readonly string[]): readonly TemplateResult[] {
  const { quests, endMs, templates } = record;
  return templateIds.map((templateId) => {
    const { offered, accepted, passed } = templates.get(templateId) ?? { offered: 0, accepted: 0, passed: 0 };
    const whole = quests.filter((quest) => quest.templateId === templateId && isWhole(quest, endMs));
    const completed = whole.filter(({ end }) => end?.outcome === "completed").length;
    return {
      templateId,
      offered,
      acceptedShare: accepted / Math.max(1, accepted + passed),
      whole: whole.length,
      completedShare: whole.length === 0 ? null : completed / whole.length,
      outcomes: outcomesOf(whole),
    };
  });
}

export interface CompletionCurve {
  readonly kind: QuestKind;
  readonly quests: number;
  /** Share completed by the end of each day after acceptance, from 0 at acceptance. */
  readonly shares: readonly number[];
}

/** Of the quests of each kind whose whole time lies within the month. */
export function completionCurves({ quests, endMs }: MonthRecord): readonly CompletionCurve[] {
  return QUEST_KINDS.flatMap((kind) => {
    const whole = quests.filter((quest) => quest.kind === kind && isWhole(quest, endMs));
    if (whole.length === 0) return [];
    const shares = Array.from(
      { length: CURVE_DAYS + 1 },
      (_, day) =>
        whole.filter(({ end, acceptedAtMs }) => end?.outcome === "completed" && end.atMs <= acceptedAtMs + day * DAY_MS)
          .length / whole.length,
    );
    return [{ kind, quests: whole.length, shares }];
  });
}

/** Quantiles over learners of points by the end of each day. */
export function pointSpread({ pointsByDay, learners }: MonthRecord, days: number): readonly (readonly number[])[] {
  const reached = new Map<string, number>();
  return Array.from({ length: days }, (_, day) => {
    for (const [id, points] of pointsByDay[day] ?? []) reached.set(id, points);
    // Who has none yet is in no map.
    const none = Array<number>(learners.length - reached.size).fill(0);
    return quantilesOf([...reached.values(), ...none]);
  });
}

type Spread = Exclude<keyof LearnerFigures, "badges" | "imbalance" | "pointsPaid">;
const SPREADS: readonly Spread[] = [
  "answers",
  "questsCompleted",
  "points",
  "level",
  "streakBest",
  "applicableMin",
  "stateBytes",
];

/** By {@link QUANTILES}. */
export function spreads({ learners }: MonthRecord): ReadonlyMap<string, readonly number[]> {
  const badges = ["badges", quantilesOf(learners.map((learner) => learner.badges.length))] as const;
  return new Map([...SPREADS.map((name) => [name, quantilesOf(learners.map((one) => one[name]))] as const), badges]);
}

/** What must hold in every month, with how often it did not. */
export interface Faults {
  /** Learners who on some day had no quest that they could take up. */
  readonly withoutQuest: number;
  /** Learners whose books do not sum to zero. */
  readonly unbalanced: number;
  /** Learners whose balance is not what their events paid. */
  readonly unaccounted: number;
  readonly paidTwice: number;
}

export function faultsOf({ learners, paidTwice }: MonthRecord): Faults {
  return {
    withoutQuest: learners.filter(({ applicableMin }) => applicableMin < 1).length,
    unbalanced: learners.filter(({ imbalance }) => imbalance !== 0).length,
    unaccounted: learners.filter(({ points, pointsPaid }) => points !== pointsPaid).length,
    paidTwice,
  };
}

/** How many learners hold each badge, most held first. */
export function badgeHolders({ learners }: MonthRecord): readonly (readonly [badgeId: string, holders: number])[] {
  const counts = new Map<string, number>();
  for (const badge of learners.flatMap(({ badges }) => badges)) counts.set(badge, (counts.get(badge) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a);
}
