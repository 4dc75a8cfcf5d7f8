/** What a course's skills rest on, and what rests on them. */
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

/** For each skill those that name it as a prerequisite. */
export function dependentsOf(byId: SkillsById): ReadonlyMap<string, readonly string[]> {
  const dependents = new Map<string, string[]>();
  for (const { id, prerequisites } of byId.values()) {
    for (const needed of prerequisites) {
      const known = dependents.get(needed) ?? [];
      known.push(id);
      dependents.set(needed, known);
    }
  }
  return dependents;
}
