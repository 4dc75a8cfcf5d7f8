/** A course for tests of the edge. */
import type { Course } from "../../src/domain/curriculum/course.ts";

/** A course of two skills and two items, sound. */
export function smallCourse(id: string): Course {
  const item = (itemId: string, skill: string) => ({
    id: itemId,
    skills: [skill],
    difficulty: 2 as const,
    parameters: [{ kind: "integer" as const, name: "a", min: 2, max: 9, step: 1, exclude: [] }],
    constraints: [],
    prompt: "What is $2 \\cdot {a}$?",
    answer: { kind: "number" as const, value: "2 * a", tolerance: 0, unit: null, factors: {} },
    hints: ["Think of doubling.", "Add {a} to itself.", "Count on from {a}, {a} steps."] as const,
    explanation: "${a} + {a} = {= 2 * a}$.",
    presentations: [],
  });
  const skill = (skillId: string, prerequisites: readonly string[]) => ({
    id: skillId,
    title: skillId,
    description: `The skill ${skillId}.`,
    prerequisites,
  });
  return {
    id,
    title: `Doubling ${id}`,
    description: "Twice a number.",
    language: "en",
    licence: "CC-BY-4.0",
    skills: [skill("doubling", []), skill("redoubling", ["doubling"])],
    items: [item("double", "doubling"), item("double-again", "redoubling")],
  };
}
