/** Courses for tests of choice: many small parameterised or fixed items over a chain of skills. */
import type { Course, Item, Parameter } from "../../../src/domain/curriculum/course.ts";
import type { Difficulty } from "../../../src/domain/curriculum/rendered_item.ts";
import type { Abilities } from "../../../src/domain/adaptive/prediction.ts";

export const DIFFICULTIES: readonly Difficulty[] = [1, 2, 3, 4, 5];
const ADDEND: Parameter = { kind: "integer", name: "a", min: 1, max: 99, step: 1, exclude: [] };

export function practiceItem(id: string, skills: readonly string[], difficulty: Difficulty, fresh: boolean): Item {
  return {
    id,
    skills,
    difficulty,
    parameters: fresh ? [ADDEND] : [],
    constraints: [],
    prompt: "One more?",
    answer: { kind: "number", value: fresh ? "a + 1" : "2", tolerance: 0, unit: null, factors: {} },
    hints: ["a", "b", "c"],
    explanation: "Count on.",
    presentations: [],
  };
}

/** `skills` chained one upon the other, each with `perDifficulty` items of every difficulty. */
export function chainCourse(skills: readonly string[], perDifficulty: number, items: "fresh" | "fixed"): Course {
  return {
    id: "chain",
    title: "Chain",
    description: "",
    language: "en",
    licence: "CC0",
    skills: skills.map((id, i) => ({
      id,
      title: id.toUpperCase(),
      description: "",
      prerequisites: skills.slice(Math.max(0, i - 1), i),
    })),
    items: skills.flatMap((skill) =>
      DIFFICULTIES.flatMap((difficulty) =>
        Array.from(
          { length: perDifficulty },
          (_, i) => practiceItem(`${skill}-${difficulty}-${i}`, [skill], difficulty, items === "fresh"),
        )
      )
    ),
  };
}

/** Abilities of someone who has mastered `skills` and met nothing else. */
export function mastering(skills: readonly string[]): Abilities {
  return {
    overall: { ability: 0, answers: 10 * skills.length },
    skills: Object.fromEntries(skills.map((id) => [id, { ability: 1.5, answers: 10 }])),
  };
}
