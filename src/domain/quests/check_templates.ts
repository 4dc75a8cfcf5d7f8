/** Checks quest templates as a set: every fault is named, so that an author can mend them all at once. */
import { checkTemplate } from "../curriculum/check_template.ts";
import { ACTIVE_MAX, OFFERS_MAX } from "./state.ts";
import { REMEMBERED_MAX } from "./tally.ts";
import { type CriterionTemplate, LEVEL_BANDS, type Measure, type QuestTemplate } from "./template.ts";

export interface TemplateFault {
  /** Such as `mastery-twenty/criteria/right`. */
  readonly path: string;
  readonly message: string;
}

/** While so few are open to everyone there is one left for whoever has all places taken. */
const OPEN_TO_ALL_MIN = ACTIVE_MAX + OFFERS_MAX;
/** Those that the members of a team can add up. */
const ADDITIVE: ReadonlySet<Measure["kind"]> = new Set(["right_answers", "sessions", "minutes"]);
/** Those whose tallies hold an entry for each one counted. */
const REMEMBERED: ReadonlySet<Measure["kind"]> = new Set(["each_skill", "sessions", "activities", "days", "day_run"]);

function repeated(ids: readonly string[]): readonly string[] {
  return [...new Set(ids.filter((id, i) => ids.indexOf(id) !== i))];
}

function hasSkills({ subject: { kind } }: QuestTemplate): boolean {
  return kind !== "anything" && kind !== "course";
}

/** What texts of the template may name; a count only where something is counted. */
function namesIn(template: QuestTemplate, hasCount: boolean): ReadonlySet<string> {
  const names = ["days"];
  if (hasCount) names.push("count");
  if (template.subject.kind !== "anything") names.push("course");
  if (hasSkills(template)) names.push("skill");
  return new Set(names);
}

function checkMeasure(template: QuestTemplate, measure: Measure, count: number): readonly string[] {
  const faults: string[] = [];
  if (measure.kind === "each_skill" && !hasSkills(template)) {
    faults.push("asks for each skill of a quest without skills");
  }
  const within = "within" in measure ? measure.within : "anywhere";
  if (within === "subject" && !hasSkills(template)) faults.push("counts within the skills of a quest without skills");
  if (within === "course" && template.subject.kind === "anything") {
    faults.push("counts within the course of a quest without one");
  }
  if (REMEMBERED.has(measure.kind) && count > REMEMBERED_MAX) {
    faults.push(`counts to ${count}; at most ${REMEMBERED_MAX}`);
  }
  if (template.team !== null && !ADDITIVE.has(measure.kind)) faults.push("is no count that a team can add up");
  const isDaily = measure.kind === "days" || measure.kind === "day_run";
  if (isDaily && count > template.days) faults.push(`asks for ${count} days of ${template.days}`);
  return faults;
}

function checkCriterion(template: QuestTemplate, { id, text, evidence }: CriterionTemplate): readonly TemplateFault[] {
  const path = `${template.id}/criteria/${id}`;
  const texts = checkTemplate(text, namesIn(template, evidence.kind === "automatic"), path);
  if (evidence.kind === "automatic") {
    const faults = checkMeasure(template, evidence.measure, evidence.count);
    return [...texts, ...faults.map((message) => ({ path, message }))];
  }
  if (template.team !== null) {
    return [...texts, { path, message: "cannot be judged for a team; use automatic evidence" }];
  }
  if (evidence.kind === "keyed") {
    const hasItems = template.subject.kind !== "anything";
    return hasItems ? texts : [...texts, { path, message: "needs a course to draw its question from" }];
  }
  const points = evidence.levels.map((level) => level.points);
  const isScale = repeated(points.map(String)).length === 0 && points.some((one) => one > 0);
  return isScale ? texts : [...texts, { path, message: "needs levels with different points, one above 0" }];
}

function checkOne(template: QuestTemplate): readonly TemplateFault[] {
  const { id, title, story, criteria } = template;
  const names = namesIn(template, criteria.some(({ evidence }) => evidence.kind === "automatic"));
  const isCountedOnly = criteria.every(({ evidence }) => evidence.kind === "automatic");
  const tries = isCountedOnly && template.retries > 0
    ? [{ path: id, message: "has retries, but nothing to hand in" }]
    : [];
  return [
    ...tries,
    ...repeated(criteria.map((one) => one.id)).map((twice) => ({
      path: id,
      message: `two criteria are called ${twice}`,
    })),
    ...checkTemplate(title, names, `${id}/title`),
    ...checkTemplate(story, names, `${id}/story`),
    ...criteria.flatMap((criterion) => checkCriterion(template, criterion)),
  ];
}

/** Whoever the learner and whatever the deployment, it can be done, and alone. */
function isOpenToAll({ subject, team, criteria }: QuestTemplate): boolean {
  return subject.kind === "anything" && team === null &&
    criteria.every(({ evidence }) => evidence.kind === "automatic" && evidence.measure.kind !== "activities");
}

/** Every fault of the set; none when it is sound. */
export function checkTemplates(templates: readonly QuestTemplate[]): readonly TemplateFault[] {
  const twice = repeated(templates.map(({ id }) => id)).map((id) => ({
    path: id,
    message: "is the id of two templates",
  }));
  const open = templates.filter(isOpenToAll);
  const bands = LEVEL_BANDS.flatMap((band) => {
    const there = open.filter((template) => template.bands.includes(band)).length;
    if (there >= OPEN_TO_ALL_MIN) return [];
    return [{
      path: band,
      message: `has ${there} templates that anyone can take up alone; at least ${OPEN_TO_ALL_MIN}`,
    }];
  });
  return [...twice, ...bands, ...templates.flatMap(checkOne)];
}
