/** Turns an authored answer into the form a learner sees and the key that grades it. */
import { assertNever } from "../assert_never.ts";
import type { AuthoredAnswer, AuthoredOption } from "./course.ts";
import { evaluate, type ParameterValues } from "./evaluate_expression.ts";
import { parseExpression } from "./expression.ts";
import { normaliseText } from "./normalise_text.ts";
import type { AnswerForm, AnswerKey, Labelled } from "./rendered_item.ts";
import { fillTemplate } from "./template.ts";

export const OPTIONS_MAX = 12;
const LETTERS = "abcdefghijkl";

export interface RenderedAnswer {
  readonly form: AnswerForm;
  readonly key: AnswerKey;
}

/**
 * Null when two things that should differ came out alike on these values, such as a wrong option that is right.
 * Ids are given by place (`a`, `b`…; left sides `1`, `2`…): an author's `e1, e2, e3` would tell the order.
 */
export function renderAnswer(
  answer: AuthoredAnswer,
  values: ParameterValues,
  random: () => number,
): RenderedAnswer | null {
  switch (answer.kind) {
    case "choice":
    case "choices":
      return renderOptions(answer.kind, answer.options, answer.shuffle, values, random);
    case "number": {
      const { kind, tolerance, unit, factors, written } = answer;
      const value = evaluate(parseExpression(answer.value), values);
      const units = unit === null ? [] : [unit, ...Object.keys(factors)];
      const key = { kind, value, tolerance, unit, factors };
      return { form: { kind, units }, key: written === undefined ? key : { ...key, written } };
    }
    case "text": {
      const accepted = answer.accepted.map((text) => fillTemplate(text, values));
      return { form: { kind: "text" }, key: { kind: "text", accepted } };
    }
    case "ordering":
      return renderOrdering(answer.entries.map((entry) => fillTemplate(entry.text, values)), random);
    case "matching":
      return renderMatching(answer.pairs, values, random);
    default:
      return assertNever(answer);
  }
}

function renderOptions(
  kind: "choice" | "choices",
  options: readonly AuthoredOption[],
  shuffle: boolean,
  values: ParameterValues,
  random: () => number,
): RenderedAnswer | null {
  const placed = shuffle ? shuffled(options, random) : options;
  const shown = lettered(placed.map((option) => fillTemplate(option.text, values)));
  if (!allDiffer(shown)) return null;
  const right = shown.filter((_, index) => placed[index]?.correct === true).map((option) => option.id);
  if (kind === "choices") return { form: { kind, options: shown }, key: { kind, options: right } };
  const [option] = right;
  return option === undefined ? null : { form: { kind, options: shown }, key: { kind, option } };
}

function renderOrdering(texts: readonly string[], random: () => number): RenderedAnswer | null {
  const places = shuffled(texts.map((_, index) => index), random);
  // Shown in the right order it would be solved already: turn it once.
  if (places.every((place, index) => place === index)) places.push(...places.splice(0, 1));
  const entries = lettered(places.map((place) => texts[place] ?? ""));
  if (!allDiffer(entries)) return null;
  const order = texts.map((_, index) => LETTERS.charAt(places.indexOf(index)));
  return { form: { kind: "ordering", entries }, key: { kind: "ordering", order } };
}

/** Pairs whose right sides were authored alike share one right side. */
function renderMatching(
  pairs: readonly { readonly left: string; readonly right: string }[],
  values: ParameterValues,
  random: () => number,
): RenderedAnswer | null {
  const left = pairs.map((pair, index) => ({ id: String(index + 1), text: fillTemplate(pair.left, values) }));
  const sides = shuffled([...new Set(pairs.map((pair) => pair.right))], random);
  const right = lettered(sides.map((side) => fillTemplate(side, values)));
  if (!allDiffer(left) || !allDiffer(right)) return null;
  const partners = pairs.map((pair, index) => [String(index + 1), LETTERS.charAt(sides.indexOf(pair.right))]);
  return { form: { kind: "matching", left, right }, key: { kind: "matching", pairs: Object.fromEntries(partners) } };
}

function lettered(texts: readonly string[]): readonly Labelled[] {
  return texts.map((text, index) => ({ id: LETTERS.charAt(index), text }));
}

function allDiffer(shown: readonly Labelled[]): boolean {
  return new Set(shown.map((one) => normaliseText(one.text))).size === shown.length;
}

/** Fisher and Yates' shuffle, in Durstenfeld's form. */
function shuffled<Value>(values: readonly Value[], random: () => number): Value[] {
  const rest = [...values];
  const placed: Value[] = [];
  while (rest.length > 0) placed.push(...rest.splice(Math.floor(random() * rest.length), 1));
  return placed;
}
