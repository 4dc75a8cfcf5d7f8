/** The course that simulated classes work through: sums whose answers a bot reckons from the prompt, as a person would. */
import type { AuthoredAnswer, Course, Item } from "../../src/domain/curriculum/course.ts";
import type { Difficulty } from "../../src/domain/curriculum/rendered_item.ts";

/** Stands in every hint and explanation: where it is read, one of them has been told. */
export const HINT_MARK = "Rung";
export const EXPLANATION_MARK = "Worked out:";

interface Operation {
  readonly skill: string;
  readonly title: string;
  readonly prerequisites: readonly string[];
  readonly sign: string;
  readonly expression: string;
  /** What those come to who slip: a carry forgotten, a digit too many, the wrong operation. */
  readonly slips: readonly [string, string, string];
  /** Bounds of the numbers drawn: answers have five digits at least, so that none turns up in a frame by chance. */
  readonly first: readonly [number, number];
  readonly second: readonly [number, number];
}

const OPERATIONS: readonly Operation[] = [
  {
    skill: "adding",
    title: "Adding",
    prerequisites: [],
    sign: "+",
    expression: "a + b",
    slips: ["a + b - 1000", "a + b + 100", "a - b"],
    first: [40_000, 49_999],
    second: [11_000, 19_999],
  },
  {
    skill: "subtracting",
    title: "Subtracting",
    prerequisites: ["adding"],
    sign: "-",
    expression: "a - b",
    slips: ["a - b + 1000", "a - b - 100", "a + b"],
    first: [60_000, 69_999],
    second: [11_000, 19_999],
  },
  {
    skill: "multiplying",
    title: "Multiplying",
    prerequisites: ["adding"],
    sign: "\\times",
    expression: "a * b",
    slips: ["a * b - 1000", "a * b + 100", "a * (b + 1)"],
    first: [1_100, 1_999],
    second: [21, 89],
  },
];

const DIFFICULTIES: readonly Difficulty[] = [1, 2, 3, 4, 5];
/** Of each operation, difficulty and form: enough for a learner who seldom errs to have work for a whole lesson. */
const ITEMS_EACH = 3;

/** Steps between the numbers of items whose numbers are fixed, so that no two have the same sum. */
const FIRST_STEP = 113;
const SECOND_STEP = 3;

function integer(name: string, [min, max]: readonly [number, number]) {
  return { kind: "integer", name, min, max, step: 1, exclude: [] } as const;
}

function answerOf({ expression, slips }: Operation, form: "number" | "choice"): AuthoredAnswer {
  if (form === "number") return { kind: "number", value: expression, tolerance: 0, unit: null, factors: {} };
  const wrong = slips.map((slip, i) => ({ id: `slip-${i + 1}`, text: `{= ${slip}}`, correct: false }));
  return {
    kind: "choice",
    options: [{ id: "right", text: `{= ${expression}}`, correct: true }, ...wrong],
    shuffle: true,
  };
}

/**
 * Of each three the first has its numbers fixed: whoever is served it elsewhere has the very question that the class is
 * asked.
 */
function drawn({ first, second }: Operation, form: "number" | "choice", difficulty: number, copy: number) {
  if (copy > 0) return [integer("a", first), integer("b", second)];
  const place = 2 * difficulty + (form === "choice" ? 1 : 0);
  const [a, b] = [first[0] + FIRST_STEP * place, second[0] + SECOND_STEP * place];
  return [integer("a", [a, a]), integer("b", [b, b])];
}

function itemsOf(operation: Operation): readonly Item[] {
  const { skill, title, sign, expression } = operation;
  return DIFFICULTIES.flatMap((difficulty) =>
    (["number", "choice"] as const).flatMap((form) =>
      Array.from({ length: ITEMS_EACH }, (_, i): Item => ({
        id: `${skill}-${form}-${difficulty}-${i + 1}`,
        skills: [skill],
        difficulty,
        parameters: drawn(operation, form, difficulty, i),
        constraints: [],
        prompt: `${title}: what is $\{a} ${sign} {b}$?`,
        answer: answerOf(operation, form),
        hints: [
          `${HINT_MARK} 1: begin with the last digits.`,
          `${HINT_MARK} 2: write one number under the other.`,
          `${HINT_MARK} 3: mind what you carry.`,
        ],
        explanation: `${EXPLANATION_MARK} $\{a} ${sign} {b} = {= ${expression}}$.`,
        presentations: [],
      }))
    )
  );
}

/** A course under an id of its own, so that runs on one server do not meet. */
export function arithmeticCourse(id: string): Course {
  return {
    id,
    title: "Reckoning with large numbers",
    description: "Sums for a simulated class.",
    language: "en",
    licence: "CC-BY-4.0",
    skills: OPERATIONS.map(({ skill, title, prerequisites }) => ({
      id: skill,
      title,
      description: `${title} numbers of several digits.`,
      prerequisites,
    })),
    items: OPERATIONS.flatMap(itemsOf),
  };
}

/** Items to put to a vote, each once: offered answers are what groups can differ in. */
export function voteItems(): readonly string[] {
  return OPERATIONS.flatMap(({ skill }) => [3, 4, 5].map((difficulty) => `${skill}-choice-${difficulty}-1`));
}

/** Items whose answers are typed, for questions to the class. */
export function questionItems(): readonly string[] {
  return [2, 3, 4, 5].flatMap((difficulty) => OPERATIONS.map(({ skill }) => `${skill}-number-${difficulty}-1`));
}

export class UnreadablePromptError extends Error {
  override readonly name = "UnreadablePromptError";
}

/** What is right, from the prompt alone. Throws {@link UnreadablePromptError}. */
export function reckon(prompt: string): number {
  const found = prompt.match(/\$(\d+) (\+|-|\\times) (\d+)\$/);
  if (found === null) throw new UnreadablePromptError(`this prompt is no sum: ${prompt}`);
  const [a, b] = [Number(found[1]), Number(found[3])];
  switch (found[2]) {
    case "+":
      return a + b;
    case "-":
      return a - b;
    default:
      return a * b;
  }
}
