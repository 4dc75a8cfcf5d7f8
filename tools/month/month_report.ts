/** What a simulated month came to, as one JSON object or as tables. */
import {
  badgeHolders,
  completionCurves,
  faultsOf,
  QUANTILES,
  spreads,
  type TemplateResult,
  templateResults,
} from "./month_figures.ts";
import type { MonthRecord } from "./month_record.ts";

export interface MonthSubject {
  readonly learners: number;
  readonly seed: number;
  readonly templateIds: readonly string[];
}

export function monthJson({ learners, seed, templateIds }: MonthSubject, record: MonthRecord): string {
  return JSON.stringify({
    learners,
    seed,
    events: record.events,
    faults: faultsOf(record),
    quantiles: QUANTILES,
    spreads: Object.fromEntries(spreads(record)),
    templates: templateResults(record, templateIds),
    completion_curves: completionCurves(record),
    badges: Object.fromEntries(badgeHolders(record)),
    days: record.days.map(({ learners, ...counts }) => ({ learners: learners.size, ...counts })),
  });
}

function percent(share: number | null): string {
  return (share === null ? "-" : `${Math.round(share * 100)}%`).padStart(5);
}

function templateLine({ templateId, offered, acceptedShare, whole, completedShare, outcomes }: TemplateResult): string {
  const others = Object.entries(outcomes).filter(([outcome]) => outcome !== "completed")
    .map(([outcome, count]) => `${outcome} ${count}`).join(", ");
  return [
    `  ${templateId.padEnd(28)}${String(offered).padStart(7)}${percent(acceptedShare)}`,
    `${String(whole).padStart(7)}${percent(completedShare)}  ${others}`,
  ].join("");
}

export function monthTable({ learners, seed, templateIds }: MonthSubject, record: MonthRecord): string {
  const { withoutQuest, unbalanced, unaccounted, paidTwice } = faultsOf(record);
  return [
    `${learners} learners, seed ${seed}, ${record.events} events`,
    `without a quest to take up: ${withoutQuest}; books unbalanced: ${unbalanced}; ` +
    `points unaccounted for: ${unaccounted}; paid twice: ${paidTwice}`,
    "",
    "  template                    offered  acc. whole compl.  otherwise",
    ...templateResults(record, templateIds).map(templateLine),
    "",
    `  over learners   ${QUANTILES.map((share) => `${share * 100}%`.padStart(8)).join("")}`,
    ...[...spreads(record)].map(([name, values]) =>
      `  ${name.padEnd(16)}${values.map((value) => String(value).padStart(8)).join("")}`
    ),
    "",
    `  badges held: ${badgeHolders(record).map(([id, holders]) => `${id} ${holders}`).join(", ")}`,
  ].join("\n");
}
