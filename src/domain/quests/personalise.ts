/** Makes a template into a quest for one learner: texts filled, counts set by pace, items drawn. */
import type { Pace } from "../adaptive/preferences.ts";
import { assertNever } from "../assert_never.ts";
import type { Item } from "../curriculum/course.ts";
import { renderItem } from "../curriculum/render_item.ts";
import { fillTemplate } from "../curriculum/template.ts";
import type { ApplicableQuest } from "./applicable.ts";
import type { Criterion, Evidence, KeyedQuestion, QuestDraft } from "./quest.ts";
import type { QuestSituation } from "./situation.ts";
import type { ChosenSubject } from "./subject.ts";
import type { CriterionTemplate, EvidenceTemplate, QuestTemplate } from "./template.ts";

const DAY_MS = 86_400_000;
/** What a pace makes of a count. */
const COUNT_FACTOR: { readonly [pace in Pace]: number } = { unhurried: 0.75, steady: 1, brisk: 1.25 };

/** A subject of this kind has items for its keyed criteria: `checkTemplates` refuses others. */
export class NoItemForQuestError extends Error {
  override readonly name = "NoItemForQuestError";
}

function countFor(
  evidence: Extract<EvidenceTemplate, { kind: "automatic" }>,
  { skills }: ChosenSubject,
  pace: Pace | null,
): number {
  switch (evidence.measure.kind) {
    case "each_skill":
      return skills.length;
    case "right_answers":
    case "minutes":
      return Math.max(1, Math.round(evidence.count * (pace === null ? 1 : COUNT_FACTOR[pace])));
    // Runs, days, sessions and activities are the point of their quests.
    case "right_run":
    case "days":
    case "day_run":
    case "sessions":
    case "activities":
      return evidence.count;
    default:
      return assertNever(evidence.measure);
  }
}

function drawnItem({ course, skills }: ChosenSubject, random: () => number): Item {
  const items = course === null
    ? []
    : course.items.filter((item) => skills.length === 0 || skills.some(({ id }) => item.skills.includes(id)));
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new NoItemForQuestError(`course ${course?.id ?? "none"} has no item for the quest`);
  return item;
}

function questionFor(subject: ChosenSubject, random: () => number): KeyedQuestion {
  const { itemId, prompt, form, key } = renderItem(drawnItem(subject, random), Math.floor(random() * 2 ** 32));
  return { itemId, prompt, form, key };
}

type Values = ReadonlyMap<string, number | string>;

function criterionFor(
  { id, text, weight, evidence: template }: CriterionTemplate,
  subject: ChosenSubject,
  pace: Pace | null,
  values: Values,
  random: () => number,
): Criterion {
  if (template.kind === "rubric" || template.kind === "assisted") {
    return { id, text: fillTemplate(text, values), weight, evidence: template };
  }
  if (template.kind === "keyed") {
    const evidence: Evidence = { kind: "keyed", question: questionFor(subject, random) };
    return { id, text: fillTemplate(text, values), weight, evidence };
  }
  const count = countFor(template, subject, pace);
  const filled = fillTemplate(text, new Map([...values, ["count", count]]));
  return { id, text: filled, weight, evidence: { kind: "automatic", measure: template.measure, count } };
}

/** What the template's placeholders stand for. */
function valuesFor({ criteria, days }: QuestTemplate, subject: ChosenSubject, pace: Pace | null): Values {
  const first = criteria.map(({ evidence }) => evidence).find((evidence) => evidence.kind === "automatic");
  const values: [string, number | string][] = [["days", days]];
  if (first !== undefined) values.push(["count", countFor(first, subject, pace)]);
  if (subject.skills.length > 0) values.push(["skill", subject.skills.map(({ title }) => title).join(", ")]);
  if (subject.course !== null) values.push(["course", subject.course.title]);
  return new Map(values);
}

/**
 * The quest as this learner would take it up.
 * @throws NoItemForQuestError when its keyed criteria have no item
 */
export function personalise(
  { template, subject }: ApplicableQuest,
  { band, pace }: Pick<QuestSituation, "band" | "pace">,
  random: () => number,
): QuestDraft {
  const values = valuesFor(template, subject, pace);
  return {
    templateId: template.id,
    kind: template.kind,
    title: fillTemplate(template.title, values),
    story: fillTemplate(template.story, values),
    band,
    subject: { courseId: subject.course?.id ?? null, skills: subject.skills.map(({ id }) => id) },
    team: template.team,
    criteria: template.criteria.map((criterion) => criterionFor(criterion, subject, pace, values, random)),
    threshold: template.threshold,
    points: template.points,
    badges: template.badges,
    lastsMs: template.days * DAY_MS,
    retries: template.retries,
  };
}
