/** A small sound course, and items to break in one place at a time. */
import type { AuthoredAnswer, Course, Item, Parameter } from "../../../src/domain/curriculum/course.ts";

export function integer(name: string, min: number, max: number, exclude: readonly number[] = []): Parameter {
  return { kind: "integer", name, min, max, step: 1, exclude };
}

export const NUMBER_ANSWER: AuthoredAnswer = { kind: "number", value: "a + b", tolerance: 0, unit: null, factors: {} };

export const SUM_ITEM: Item = {
  id: "sum",
  skills: ["adding"],
  difficulty: 1,
  parameters: [integer("a", 1, 9), integer("b", -9, 9, [0])],
  constraints: ["a + b > 0"],
  prompt: "Work out ${a} {+b}$.",
  answer: NUMBER_ANSWER,
  hints: ["Start at the first number.", "Which way does the sign send you?", "Walk {= abs(b)} steps from {a}."],
  explanation: "${a} {+b} = {= a + b}$.",
  presentations: [{ modality: "visual", title: "A line", body: "Mark {a} on a line." }],
};

export const COURSE: Course = {
  id: "sums",
  title: "Sums",
  description: "Adding, and nothing else.",
  language: "en",
  licence: "CC-BY-4.0",
  skills: [{ id: "adding", title: "Adding", description: "Two numbers into one.", prerequisites: [] }],
  items: [SUM_ITEM],
};

export function withItem(change: Partial<Item>): Course {
  return { ...COURSE, items: [{ ...SUM_ITEM, ...change }] };
}
