/** Compares a learner's response with an item's key. */
import { assertNever } from "../assert_never.ts";
import { expectedInWords } from "./expected_answer.ts";
import { gradeNumber } from "./grade_number.ts";
import { normaliseText } from "./normalise_text.ts";
import type { AnswerForm, AnswerKey, Grade, Labelled, Response } from "./rendered_item.ts";

export const TEXT_ANSWER_LENGTH_MAX = 500;

/**
 * Right, wrong, or not an answer to this item at all. `score` is 0 or 1 except for
 * - choices: `max(0, right ones chosen - wrong ones chosen) / right ones`;
 * - ordering: `max(0, Kendall's tau)`, that is (pairs in order - pairs out of order) / pairs;
 * - matching: the share of left sides with their right partner.
 * `correct` is true exactly when the score is 1.
 */
export function grade(key: AnswerKey, form: AnswerForm, response: Response): Grade {
  const score = scoreOf(key, form, response);
  if (score === null) return { kind: "malformed", expected: expectedInWords(form) };
  return { kind: "graded", correct: score === 1, score };
}

/** Null when the response does not fit the form. */
function scoreOf(key: AnswerKey, form: AnswerForm, response: Response): number | null {
  switch (form.kind) {
    case "choice":
      if (key.kind !== "choice" || response.kind !== "choice") return null;
      return isOneOf(form.options, response.option) ? score(response.option === key.option) : null;
    case "choices":
      if (key.kind !== "choices" || response.kind !== "choices") return null;
      return isSelection(form.options, response.options) ? choicesScore(key.options, response.options) : null;
    case "number":
      return key.kind === "number" && response.kind === "number" ? gradeNumber(key, form.units, response) : null;
    case "text":
      return key.kind === "text" && response.kind === "text" ? textScore(key.accepted, response.text) : null;
    case "ordering":
      if (key.kind !== "ordering" || response.kind !== "ordering") return null;
      if (response.order.length !== form.entries.length || !isSelection(form.entries, response.order)) return null;
      return orderingScore(key.order, response.order);
    case "matching":
      if (key.kind !== "matching" || response.kind !== "matching") return null;
      return isMatching(form.left, form.right, response.pairs) ? matchingScore(key.pairs, response.pairs) : null;
    default:
      return assertNever(form);
  }
}

function score(right: boolean): number {
  return right ? 1 : 0;
}

function isOneOf(offered: readonly Labelled[], id: string): boolean {
  return offered.some((one) => one.id === id);
}

/** At least one, none twice, all of them offered. */
function isSelection(offered: readonly Labelled[], chosen: readonly string[]): boolean {
  return chosen.length > 0 && chosen.length <= offered.length && new Set(chosen).size === chosen.length &&
    chosen.every((id) => isOneOf(offered, id));
}

function choicesScore(right: readonly string[], chosen: readonly string[]): number {
  const hits = chosen.filter((id) => right.includes(id)).length;
  return Math.max(0, hits - (chosen.length - hits)) / right.length;
}

function textScore(accepted: readonly string[], text: string): number | null {
  const given = normaliseText(text.slice(0, TEXT_ANSWER_LENGTH_MAX));
  if (given === "" || text.length > TEXT_ANSWER_LENGTH_MAX) return null;
  return score(accepted.some((one) => normaliseText(one) === given));
}

function orderingScore(right: readonly string[], given: readonly string[]): number {
  const places = given.map((id) => right.indexOf(id));
  const pairs = places.length * (places.length - 1) / 2;
  if (pairs === 0) return 1;
  const inOrder = places.reduce(
    (sum, place, index) => sum + places.slice(index + 1).filter((later) => later > place).length,
    0,
  );
  return Math.max(0, 2 * inOrder - pairs) / pairs;
}

/** Every left side has a partner, and nothing else does. */
function isMatching(
  left: readonly Labelled[],
  right: readonly Labelled[],
  pairs: { readonly [left: string]: string },
): boolean {
  const given = Object.entries(pairs);
  return given.length === left.length && given.every(([from, to]) => isOneOf(left, from) && isOneOf(right, to));
}

function matchingScore(key: { readonly [left: string]: string }, pairs: { readonly [left: string]: string }): number {
  const lefts = Object.entries(key);
  return lefts.filter(([left, right]) => pairs[left] === right).length / lefts.length;
}
