/** Finds everything wrong with an authored course before it is stored. */
import { checkItem } from "./check_item.ts";
import { checkPrerequisites } from "./check_prerequisites.ts";
import { checkId, checkText } from "./check_text.ts";
import type { Course, CourseFault, Skill } from "./course.ts";

export const SKILLS_MAX = 500;
export const ITEMS_MAX = 5_000;
/** An author mends no more than this in one go, and a hostile course should not cost more. */
export const FAULTS_MAX = 500;

/** Every fault with its path, up to {@link FAULTS_MAX}; empty when the course can be taught. */
export function checkCourse(course: Course): readonly CourseFault[] {
  if (course.skills.length > SKILLS_MAX) return checkHeader(course);
  const faults: CourseFault[] = [...checkHeader(course), ...checkSkills(course.skills)];
  faults.push(...checkPrerequisites(course.skills));
  const skills = new Set(course.skills.map((skill) => skill.id));
  for (const [index, item] of course.items.slice(0, ITEMS_MAX).entries()) {
    if (faults.length >= FAULTS_MAX) break;
    faults.push(...checkItem(item, `items[${index}]`, skills));
  }
  faults.push(...repeatedIds(course.items, "items"), ...skillsWithoutItems(course));
  return faults.slice(0, FAULTS_MAX);
}

function checkHeader(course: Course): readonly CourseFault[] {
  const faults = [
    ...checkId(course.id, "id"),
    ...checkText(course.title, "title"),
    ...checkText(course.description, "description"),
    ...checkText(course.licence, "licence"),
  ];
  if (!/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(course.language)) {
    faults.push({ path: "language", message: `"${course.language}" is no language tag; write one such as "en"` });
  }
  if (course.skills.length === 0 || course.skills.length > SKILLS_MAX) {
    faults.push({ path: "skills", message: `has ${course.skills.length} skills; 1 to ${SKILLS_MAX} are allowed` });
  }
  if (course.items.length === 0 || course.items.length > ITEMS_MAX) {
    faults.push({ path: "items", message: `has ${course.items.length} items; 1 to ${ITEMS_MAX} are allowed` });
  }
  return faults;
}

function checkSkills(skills: readonly Skill[]): readonly CourseFault[] {
  const faults = skills.flatMap((skill, index) => [
    ...checkId(skill.id, `skills[${index}].id`),
    ...checkText(skill.title, `skills[${index}].title`),
    ...checkText(skill.description, `skills[${index}].description`),
  ]);
  return [...faults, ...repeatedIds(skills, "skills")];
}

function repeatedIds(things: readonly { readonly id: string }[], path: string): readonly CourseFault[] {
  const firstPlaces = new Map<string, number>();
  return things.flatMap(({ id }, index) => {
    const first = firstPlaces.get(id);
    if (first === undefined) firstPlaces.set(id, index);
    return first === undefined
      ? []
      : [{ path: `${path}[${index}].id`, message: `"${id}" is the id of ${path}[${first}] already` }];
  });
}

/** A skill that nothing practises can never be mastered, and blocks all that builds on it. */
function skillsWithoutItems(course: Course): readonly CourseFault[] {
  const practised = new Set(course.items.flatMap((item) => item.skills));
  return course.skills.flatMap((skill, index) =>
    practised.has(skill.id) ? [] : [{ path: `skills[${index}]`, message: `no item practises "${skill.id}"` }]
  );
}
