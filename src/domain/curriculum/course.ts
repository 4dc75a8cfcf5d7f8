/** A course as authored: skills with prerequisites, and items that practise them. */
import type { Difficulty, NumberNotation, Presentation } from "./rendered_item.ts";

export interface Skill {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** Ids of skills to master first. */
  readonly prerequisites: readonly string[];
}

/**
 * A parameter of an item: drawn from the item's seed, in the order listed; or computed from earlier ones.
 * Expressions use numbers, parameter names, + - * / ^ ( ), and the functions named in `expression.ts`.
 */
export type Parameter =
  | {
    readonly kind: "integer";
    readonly name: string;
    readonly min: number;
    readonly max: number;
    readonly step: number;
    readonly exclude: readonly number[];
  }
  | { readonly kind: "pick"; readonly name: string; readonly from: readonly (number | string)[] }
  | { readonly kind: "computed"; readonly name: string; readonly expression: string };

export interface AuthoredOption {
  readonly id: string;
  readonly text: string;
  readonly correct: boolean;
}

/** How the item is answered, as authored. Texts may hold `{name}` and `{= expression}`; so may numbers written as text. */
export type AuthoredAnswer =
  | { readonly kind: "choice"; readonly options: readonly AuthoredOption[]; readonly shuffle: boolean }
  | { readonly kind: "choices"; readonly options: readonly AuthoredOption[]; readonly shuffle: boolean }
  | {
    readonly kind: "number";
    /** An expression over the parameters. */
    readonly value: string;
    readonly tolerance: number;
    readonly unit: string | null;
    /** Other accepted units and the factor that turns each into `unit`. */
    readonly factors: { readonly [unit: string]: number };
    /** How the right answer is shown once the item is closed; without it, as a decimal. */
    readonly written?: NumberNotation;
  }
  | { readonly kind: "text"; readonly accepted: readonly string[] }
  | { readonly kind: "ordering"; readonly entries: readonly { readonly id: string; readonly text: string }[] }
  | {
    readonly kind: "matching";
    readonly pairs: readonly { readonly left: string; readonly right: string }[];
  };

export interface Item {
  readonly id: string;
  readonly skills: readonly string[];
  readonly difficulty: Difficulty;
  readonly parameters: readonly Parameter[];
  /** Expressions that the drawn parameters must all satisfy; drawn again until they do. */
  readonly constraints: readonly string[];
  readonly prompt: string;
  readonly answer: AuthoredAnswer;
  readonly hints: readonly [string, string, string];
  readonly explanation: string;
  readonly presentations: readonly Presentation[];
}

export interface Course {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly language: string;
  readonly licence: string;
  readonly skills: readonly Skill[];
  readonly items: readonly Item[];
}

/** A course as stored; each change of it is another version. */
export interface CourseEdition {
  readonly course: Course;
  readonly version: number;
}

/** One fault of an authored course: where (`items[3].hints`), and what to do about it. */
export interface CourseFault {
  readonly path: string;
  readonly message: string;
}
