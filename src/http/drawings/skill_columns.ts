/** Sets a course's skills in columns, each to the right of all that it rests on. */
import type { Skill } from "../../domain/curriculum/course.ts";

/** The skills of each column, in the course's order. Prerequisites in a circle or not in the course count for nothing. */
export function skillColumns(skills: readonly Skill[]): readonly (readonly Skill[])[] {
  const byId = new Map(skills.map((skill) => [skill.id, skill]));
  const depths = new Map<string, number>();
  const depthOf = (skill: Skill, above: readonly string[]): number => {
    const known = depths.get(skill.id);
    if (known !== undefined) return known;
    const path = [...above, skill.id];
    const below = skill.prerequisites.flatMap((id) => path.includes(id) ? [] : byId.get(id) ?? []);
    const depth = below.reduce((deepest, one) => Math.max(deepest, 1 + depthOf(one, path)), 0);
    depths.set(skill.id, depth);
    return depth;
  };
  const columns: Skill[][] = [];
  for (const skill of skills) (columns[depthOf(skill, [])] ??= []).push(skill);
  return Array.from(columns, (column) => column ?? []);
}
