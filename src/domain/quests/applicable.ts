/** Finds the templates that a learner could take up now, each with what it would be about. */
import { assertNever } from "../assert_never.ts";
import { areNamed } from "./interest_words.ts";
import { chooseSubject, type ChosenSubject } from "./subject.ts";
import type { QuestSituation } from "./situation.ts";
import type { CriterionTemplate, QuestTemplate } from "./template.ts";

const DAY_MS = 86_400_000;
/** What serving a goal, or naming an interest, adds to a quest's fit. */
const GOAL_FIT = 0.25;
const INTEREST_FIT = 0.25;

export interface ApplicableQuest {
  readonly template: QuestTemplate;
  readonly subject: ChosenSubject;
  readonly fit: number;
}

/** What needs a class: a teacher's judgement, and whatever takes place in rooms. Anybody may debate with the AI. */
function needsClass({ evidence }: CriterionTemplate): boolean {
  switch (evidence.kind) {
    case "rubric":
    case "assisted":
      return true;
    case "keyed":
      return false;
    case "automatic":
      return evidence.measure.kind === "activities" && evidence.measure.activity !== "debate";
    default:
      return assertNever(evidence);
  }
}

function isRested({ id, restDays }: QuestTemplate, { endedAtMs, nowMs }: QuestSituation): boolean {
  const atMs = endedAtMs.get(id);
  return atMs === undefined || nowMs >= atMs + restDays * DAY_MS;
}

function namesInterest(
  { tags }: QuestTemplate,
  { course, skills }: ChosenSubject,
  interests: readonly string[],
): boolean {
  return areNamed(interests, [...tags, course?.title ?? "", ...skills.map(({ title }) => title)]);
}

function asApplicable(template: QuestTemplate, situation: QuestSituation): ApplicableQuest | null {
  if (!template.bands.includes(situation.band) || situation.taken.has(template.id)) return null;
  if (!situation.isTaught && template.criteria.some(needsClass)) return null;
  const subject = chooseSubject(template.subject, situation);
  if (subject === null) return null;
  const interest = namesInterest(template, subject, situation.interests) ? INTEREST_FIT : 0;
  return { template, subject, fit: 1 + (subject.servesGoal ? GOAL_FIT : 0) + interest };
}

/**
 * Those that suit the learner's band, courses and classes and that have rested. Where none has rested, those that
 * have not: with templates that `checkTemplates` accepts there is always one.
 */
export function applicableQuests(
  templates: readonly QuestTemplate[],
  situation: QuestSituation,
): readonly ApplicableQuest[] {
  const possible = templates.flatMap((template) => asApplicable(template, situation) ?? []);
  const rested = possible.filter(({ template }) => isRested(template, situation));
  return rested.length > 0 ? rested : possible;
}
