/** A concrete item as one learner meets it: parameters drawn, key worked out. Sessions journal it whole. */

/** Difficulty as authored, 1 (easiest) to 5. */
export type Difficulty = 1 | 2 | 3 | 4 | 5;

export type Modality = "text" | "visual" | "auditory" | "kinesthetic";

export interface Labelled {
  readonly id: string;
  readonly text: string;
}

/** How an answer is given; safe to show, never holds the key. */
export type AnswerForm =
  | { readonly kind: "choice"; readonly options: readonly Labelled[] }
  | { readonly kind: "choices"; readonly options: readonly Labelled[] }
  | { readonly kind: "number"; readonly units: readonly string[] }
  | { readonly kind: "text" }
  | { readonly kind: "ordering"; readonly entries: readonly Labelled[] }
  | { readonly kind: "matching"; readonly left: readonly Labelled[]; readonly right: readonly Labelled[] };

/** A decimal is written as a fraction where its digits would never end; a fraction where a whole number says it. */
export type NumberNotation = "decimal" | "fraction";

/** What is right. Never leaves the server while the item is open. */
export type AnswerKey =
  | { readonly kind: "choice"; readonly option: string }
  | { readonly kind: "choices"; readonly options: readonly string[] }
  /** Right within `tolerance` (absolute, in the key's unit); `factors` turns an accepted unit into the key's. */
  | {
    readonly kind: "number";
    readonly value: number;
    readonly tolerance: number;
    readonly unit: string | null;
    readonly factors: { readonly [unit: string]: number };
    /** How it is written in words; without it, as a decimal. */
    readonly written?: NumberNotation;
  }
  | { readonly kind: "text"; readonly accepted: readonly string[] }
  | { readonly kind: "ordering"; readonly order: readonly string[] }
  | { readonly kind: "matching"; readonly pairs: { readonly [left: string]: string } };

/** What a learner sends. */
export type Response =
  | { readonly kind: "choice"; readonly option: string }
  | { readonly kind: "choices"; readonly options: readonly string[] }
  /** `value` may be text such as `3/4`, `1.5e3` or `0,5`. */
  | { readonly kind: "number"; readonly value: number | string; readonly unit: string | null }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "ordering"; readonly order: readonly string[] }
  | { readonly kind: "matching"; readonly pairs: { readonly [left: string]: string } };

export interface Presentation {
  readonly modality: Modality;
  readonly title: string;
  /** Markdown; `$…$` is TeX. */
  readonly body: string;
}

export interface RenderedItem {
  readonly itemId: string;
  readonly skills: readonly string[];
  readonly difficulty: Difficulty;
  /** The parameters' seed: rendering the item with it again gives exactly this. */
  readonly seed: number;
  /** Markdown; `$…$` is TeX. */
  readonly prompt: string;
  readonly form: AnswerForm;
  readonly key: AnswerKey;
  /** From a nudge to nearly the answer: three rungs. */
  readonly hints: readonly [string, string, string];
  readonly explanation: string;
  readonly presentations: readonly Presentation[];
}

export type Grade =
  | { readonly kind: "graded"; readonly correct: boolean; /** 0 to 1, partial credit. */ readonly score: number }
  /** Not an answer to this item; `expected` says in words what is. Nothing is counted. */
  | { readonly kind: "malformed"; readonly expected: string };
