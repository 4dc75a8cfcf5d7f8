/** A language model's answer read as a draft: points that the rubric has, quotes that the text holds, and a comment. */
import { entryOf } from "../entry_of.ts";
import { rubricFaults } from "../quests/evaluate.ts";
import type { RubricPoints } from "../quests/quest.ts";
import type { DraftEvaluationEffect, EvaluationDraft } from "./messages.ts";

const COMMENT_LENGTH_MAX = 1_500;
const QUOTE_LENGTH_MAX = 300;

function objectIn(answer: string): { readonly [name: string]: unknown } | null {
  // Some models wrap an object in a fence of Markdown, or say something before it.
  const json = answer.slice(answer.indexOf("{"), answer.lastIndexOf("}") + 1);
  try {
    return recordOf(JSON.parse(json));
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function recordOf(value: unknown): { readonly [name: string]: unknown } | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : null;
}

function valuesOf<Value>(
  value: unknown,
  isValue: (one: unknown) => one is Value,
): { readonly [id: string]: Value } | null {
  const record = recordOf(value);
  if (record === null) return null;
  const entries = Object.entries(record).flatMap(([id, one]) => isValue(one) ? [[id, one] as const] : []);
  return entries.length === Object.keys(record).length ? Object.fromEntries(entries) : null;
}

const isNumber = (value: unknown): value is number => typeof value === "number";
const isText = (value: unknown): value is string => typeof value === "string";

function squeezed(text: string): string {
  return text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();
}

/** Those that the text really holds. */
function quotesIn(text: string, quotes: { readonly [id: string]: string }): { readonly [id: string]: string } {
  const whole = squeezed(text);
  const held = Object.entries(quotes).filter(([, quote]) =>
    quote.length <= QUOTE_LENGTH_MAX && squeezed(quote) !== "" && whole.includes(squeezed(quote))
  );
  return Object.fromEntries(held);
}

/** The draft, without its model's name; null where the answer is none, or has points without words they rest on. */
export function readDraft(
  answer: string,
  { text, criteria }: Pick<DraftEvaluationEffect, "text" | "criteria">,
): Omit<EvaluationDraft, "model"> | null {
  const read = objectIn(answer);
  const points: RubricPoints | null = valuesOf(read?.points, isNumber);
  const quotes = valuesOf(read?.quotes, isText);
  const comment = read?.comment;
  if (points === null || quotes === null || !isText(comment) || comment.trim() === "") return null;
  if (comment.length > COMMENT_LENGTH_MAX || rubricFaults(criteria, points).length > 0) return null;
  const grounds = quotesIn(text, quotes);
  const isGrounded = criteria.every(({ id }) => (entryOf(points, id) ?? 0) === 0 || entryOf(grounds, id) !== null);
  return isGrounded ? { points, quotes: grounds, comment: comment.trim() } : null;
}
