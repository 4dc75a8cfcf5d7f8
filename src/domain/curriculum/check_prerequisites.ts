/** Finds prerequisites that lead nowhere or in a circle. */
import type { CourseFault, Skill } from "./course.ts";

/** Dangling and repeated references, and every circle that a depth-first walk closes, each named once. */
export function checkPrerequisites(skills: readonly Skill[]): readonly CourseFault[] {
  const known = new Map(skills.map((skill, index) => [skill.id, { skill, index }]));
  const dangling = skills.flatMap((skill, index) =>
    skill.prerequisites.flatMap((id, place) => {
      const path = `skills[${index}].prerequisites[${place}]`;
      if (!known.has(id)) return [{ path, message: `there is no skill "${id}"` }];
      return skill.prerequisites.indexOf(id) < place ? [{ path, message: `"${id}" is named twice` }] : [];
    })
  );
  const cycles: CourseFault[] = [];
  const finished = new Set<string>();
  const trail: string[] = [];
  function walk(id: string): void {
    const found = known.get(id);
    if (found === undefined || finished.has(id)) return;
    const start = trail.indexOf(id);
    if (start >= 0) {
      const circle = [...trail.slice(start), id].join(" → ");
      cycles.push({ path: `skills[${found.index}].prerequisites`, message: `prerequisites go in a circle: ${circle}` });
      return;
    }
    trail.push(id);
    for (const prerequisite of found.skill.prerequisites) walk(prerequisite);
    trail.pop();
    finished.add(id);
  }
  for (const { id } of skills) walk(id);
  return [...dangling, ...cycles];
}
