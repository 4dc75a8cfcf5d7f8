/** Whether a text tells the number that an item's key holds. */
import { evaluate } from "../curriculum/evaluate_expression.ts";
import { ExpressionSyntaxError, NoValueError } from "../curriculum/expression_errors.ts";
import { parseExpression } from "../curriculum/expression.ts";
import { parseNumber } from "../curriculum/parse_number.ts";
import type { AnswerKey } from "../curriculum/rendered_item.ts";
import { plainForm, plainLetters } from "../plain_form.ts";
import { digitsForWords } from "./number_words.ts";
import { wordedResults } from "./worded_calculation.ts";
import { type FoundNumber, numbersIn, spacedDigitsIn } from "./written_numbers.ts";

export type NumberKey = Pick<Extract<AnswerKey, { kind: "number" }>, "value" | "tolerance" | "unit" | "factors">;

/** The same slack for binary arithmetic as answers get. */
const ROUNDING_SLACK = 1e-9;
/** A value with so many decimals may be the key, rounded or cut. */
const DECIMALS_TELLING = 2;
const FORMULA = /\d[a-z(^]/i;
const TERM = String.raw`\(?-?\d+(?:\.\d+)?\)?`;
const CALCULATION = new RegExp(String.raw`${TERM}(?:\s*[-+*/^]\s*${TERM})+`, "g");
/** What tells that digits standing apart belong together, in their order. */
const IN_TURN = /\b(?:first|then|next|follows|followed|after that|finally|comes|ends?)\b/;
const LONE_DIGIT = /(?<![\d.,/])\d(?![\d/]|[.,]\d)/g;
/** Short ones may be a list of small numbers. */
const BINARY = /^1[01]{3,}$/;
const BETWEEN = /between (\d+) and (\d+)/g;

/** The number that an option or a key of text is, if it is one: `7x` is no number with a unit. */
export function numberWritten(text: string): NumberKey | null {
  const written = plainLetters(text).trim();
  const number = FORMULA.test(written) ? null : parseNumber(written);
  return number === null ? null : { value: number.value, tolerance: 0, unit: null, factors: {} };
}

function isNear(value: number, { value: right, tolerance }: NumberKey): boolean {
  const size = Math.abs(right);
  return Math.abs(value - size) <= tolerance + ROUNDING_SLACK * Math.max(1, size);
}

function tells({ value, decimals, rest }: FoundNumber, key: NumberKey): boolean {
  if (isNear(value, key)) return true;
  const missing = Math.abs(Math.abs(key.value) - value);
  if (decimals >= DECIMALS_TELLING && !Number.isInteger(key.value) && missing < 10 ** -decimals) return true;
  return Object.entries(key.factors).some(([unit, factor]) =>
    rest.trimStart().startsWith(unit.toLowerCase()) && isNear(value * factor, key)
  );
}

/** Number words, and words for what is done to numbers, as digits and signs. */
export function signsForWords(plain: string): string {
  return digitsForWords(plain)
    .replace(/(\d+(?:\.\d+)?)\s*(?:%|per ?cent) of (\d)/g, "$1 / 100 * $2")
    .replace(/(\d) squared\b/g, "$1 ^ 2").replace(/(\d) cubed\b/g, "$1 ^ 3")
    .replace(/\bdivided by\b/g, "/").replace(/\b(?:times|multiplied by)\b/g, "*").replace(/(?<=\d)\s*x\s*(?=\d)/g, "*")
    .replace(/\bplus\b|\badded to\b/g, "+").replace(/\bminus\b/g, "-")
    .replace(/\b(?:double|twice) (\d+)/g, "2 * $1").replace(/\b1\/2 of (\d+)/g, "$1 / 2")
    .replace(/\b(\d+) (?:more|bigger|greater|higher) than (\d+)/g, "$2 + $1")
    .replace(/\b(\d+) (?:less|smaller|fewer|lower) than (\d+)/g, "$2 - $1");
}

/** Null for what is no calculation after all. */
function resultOf(calculation: string): number | null {
  try {
    return evaluate(parseExpression(calculation), new Map());
  } catch (error) {
    if (error instanceof ExpressionSyntaxError || error instanceof NoValueError) return null;
    throw error;
  }
}

/** Digits that are told one by one, joined. */
function digitRuns(plain: string): readonly string[] {
  const lone = IN_TURN.test(plain) ? digitsForWords(plain).match(LONE_DIGIT) ?? [] : [];
  return [...spacedDigitsIn(plain), lone.join("")];
}

/** Whether the text holds the key's number, whatever its sign and notation, or its digits one by one. */
export function tellsNumber(plain: string, key: NumberKey): boolean {
  const digits = String(Math.abs(key.value)).replace(".", "");
  const runs = digitRuns(plain);
  if (digits.length > 1 && runs.some((run) => run.includes(digits))) return true;
  if (runs.some((run) => BINARY.test(run) && isNear(parseInt(run, 2), key))) return true;
  const onlyBetween = [...plain.matchAll(BETWEEN)].some(([, low, high]) =>
    Number(high) - Number(low) === 2 && isNear(Number(low) + 1, key)
  );
  return onlyBetween || numbersIn(plain).some((found) => tells(found, key));
}

function holdsCalculation(plain: string, key: NumberKey): boolean {
  return [...signsForWords(plain).matchAll(CALCULATION)].some(([calculation]) => {
    const result = resultOf(calculation);
    return result !== null && isNear(Math.abs(result), key);
  });
}

/** Whether the text holds a calculation, in signs or words, whose result is the key's number, and `prompt` does not. */
export function tellsCalculation(plain: string, key: NumberKey, prompt: string): boolean {
  if (holdsCalculation(plainForm(prompt), key)) return false;
  return holdsCalculation(plain, key) ||
    wordedResults(digitsForWords(plain)).some((result) => isNear(Math.abs(result), key));
}
