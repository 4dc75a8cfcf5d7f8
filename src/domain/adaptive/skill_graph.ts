/** A course's skills by id, and what some of them rest on. */
import type { Course, Skill } from "../curriculum/course.ts";

export type SkillsById = ReadonlyMap<string, Skill>;

export function skillsById({ skills }: Course): SkillsById {
  return new Map(skills.map((skill) => [skill.id, skill]));
}

/** These skills and everything they rest on, however deep; a cycle is gone round once. */
export function withPrerequisites(byId: SkillsById, ids: Iterable<string>): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [...ids];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    open.push(...(byId.get(id)?.prerequisites ?? []));
  }
  return found;
}
