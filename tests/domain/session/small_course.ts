/** A course small enough to reason about, with keys and hints that can be searched for in what is shown. */
import type { AuthoredAnswer, Course, Item } from "../../../src/domain/curriculum/course.ts";
import type { Difficulty, RenderedItem, Response } from "../../../src/domain/curriculum/rendered_item.ts";

export const SECRET_NUMBER = 918273;
export const SECRET_TEXT = "zyxqvology";

export function itemOf(id: string, skills: readonly string[], difficulty: Difficulty, answer: AuthoredAnswer): Item {
  return {
    id,
    skills,
    difficulty,
    parameters: [],
    constraints: [],
    prompt: `Question ${id}`,
    answer,
    hints: [`RUNG1-${id}`, `RUNG2-${id}`, `RUNG3-${id}`],
    explanation: `EXPLAINED-${id}`,
    presentations: [],
  };
}

const numberAnswer: AuthoredAnswer = {
  kind: "number",
  value: String(SECRET_NUMBER),
  tolerance: 0,
  unit: null,
  factors: {},
};
const textAnswer: AuthoredAnswer = { kind: "text", accepted: [SECRET_TEXT] };
const choicesAnswer: AuthoredAnswer = {
  kind: "choices",
  options: [
    { id: "a", text: "even", correct: true },
    { id: "b", text: "odd", correct: false },
    { id: "c", text: "whole", correct: true },
    { id: "d", text: "broken", correct: false },
  ],
  shuffle: true,
};

export const SMALL_COURSE: Course = {
  id: "small",
  title: "Small",
  description: "For tests.",
  language: "en",
  licence: "CC0",
  skills: [
    { id: "first", title: "First", description: "", prerequisites: [] },
    { id: "second", title: "Second", description: "", prerequisites: ["first"] },
  ],
  items: [
    itemOf("n1", ["first"], 2, numberAnswer),
    itemOf("t1", ["first"], 3, textAnswer),
    itemOf("c1", ["first", "second"], 3, choicesAnswer),
    itemOf("n2", ["second"], 4, numberAnswer),
  ],
};

/** A well-formed answer that is not the key's. */
export function wrongResponse({ key, form }: RenderedItem): Response {
  switch (key.kind) {
    case "number":
      return { kind: "number", value: key.value + 1, unit: key.unit };
    case "text":
      return { kind: "text", text: "something else" };
    case "choices":
      return {
        kind: "choices",
        options: (form.kind === "choices" ? form.options : []).map(({ id }) => id).filter((id) =>
          !key.options.includes(id)
        ),
      };
    case "choice":
    case "ordering":
    case "matching":
      return key;
  }
}
