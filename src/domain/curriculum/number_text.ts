/** How a number is written in an item's texts: never `0.30000000000000004`, never `+ -3`, never `1x`. */
import { greatestCommonDivisor, nearlyEqual } from "./evaluate_expression.ts";
import { NoValueError } from "./expression_errors.ts";

/** Binary fractions are wrong in the 17th digit; twelve digits hide that and keep every number of a course. */
const SIGNIFICANT_DIGITS = 12;
const DENOMINATOR_MAX = 10_000;
const DECIMALS_SHOWN_MAX = 4;

/** How a placeholder is shown; `docs/COURSES.md` lists them for authors. A digit fixes the decimals. */
export const NUMBER_STYLES = ["plain", "coef", "paren", "frac", "ratio", "mixed"] as const;
export type NumberStyle = (typeof NUMBER_STYLES)[number] | { readonly decimals: number };

interface Fraction {
  readonly numerator: number;
  /** At least 1. */
  readonly denominator: number;
}

/** Plain decimal digits, without exponent; -0 is `0`. */
export function formatNumber(value: number): string {
  const rounded = Number(value.toPrecision(SIGNIFICANT_DIGITS));
  if (rounded === 0) return "0";
  const text = String(rounded);
  if (!text.includes("e")) return text;
  return Number.isInteger(rounded) ? BigInt(rounded).toString() : rounded.toFixed(20).replace(/\.?0+$/, "");
}

/** @throws NoValueError when a fraction is asked for and the value is not one with a denominator up to 10,000 */
export function formatStyled(value: number, style: NumberStyle): string {
  if (typeof style === "object") return signOf(value) + fixed(Math.abs(value), style.decimals);
  switch (style) {
    case "plain":
      return formatNumber(value);
    case "coef":
      return signOf(value) + coefficient(Math.abs(value));
    case "paren":
      return value < 0 ? `(${formatNumber(value)})` : formatNumber(value);
    case "frac":
      return signOf(value) + texFraction(fractionOf(Math.abs(value)));
    case "ratio": {
      const { numerator, denominator } = fractionOf(Math.abs(value));
      return signOf(value) + (denominator === 1 ? String(numerator) : `${numerator}/${denominator}`);
    }
    case "mixed": {
      const { numerator, denominator } = fractionOf(Math.abs(value));
      const whole = Math.floor(numerator / denominator);
      const rest = texFraction({ numerator: numerator % denominator, denominator });
      return signOf(value) + (whole === 0 ? rest : numerator % denominator === 0 ? String(whole) : `${whole}${rest}`);
    }
  }
}

/** The number as a term that follows another: `+ 3`, `- 3`. */
export function formatTerm(value: number, style: NumberStyle): string {
  return `${value < 0 ? "-" : "+"} ${formatStyled(Math.abs(value), style)}`;
}

/** Digits where they say it all, such as 0.65; a fraction such as 1/6 or -7/3 where they would go on and on. */
export function formatExact(value: number): string {
  const digits = formatNumber(value);
  if ((digits.split(".")[1] ?? "").length <= DECIMALS_SHOWN_MAX) return digits;
  return formatFraction(value);
}

/** In lowest terms on one line, such as 3/8 or 2; digits where there is no short fraction. */
export function formatFraction(value: number): string {
  return shortFraction(Math.abs(value)) === null ? formatNumber(value) : formatStyled(value, "ratio");
}

function fractionOf(value: number): Fraction {
  const fraction = shortFraction(value);
  if (fraction === null) throw new NoValueError(`${formatNumber(value)} is no short fraction`);
  return fraction;
}

/**
 * The fraction in lowest terms that the value stands for, by continued fractions; null when no denominator up to
 * 10,000 comes within rounding error.
 */
function shortFraction(value: number): Fraction | null {
  let [previous, current] = [{ numerator: 1, denominator: 0 }, { numerator: Math.floor(value), denominator: 1 }];
  let rest = value - Math.floor(value);
  while (!nearlyEqual(current.numerator / current.denominator, value)) {
    const term = Math.floor(1 / rest);
    rest = 1 / rest - term;
    [previous, current] = [current, {
      numerator: term * current.numerator + previous.numerator,
      denominator: term * current.denominator + previous.denominator,
    }];
    // Written so that a NaN ends the search too.
    if (!(current.denominator <= DENOMINATOR_MAX)) return null;
  }
  const divisor = greatestCommonDivisor(current.numerator, current.denominator);
  return { numerator: current.numerator / divisor, denominator: current.denominator / divisor };
}

function signOf(value: number): string {
  return value < 0 && formatNumber(value) !== "0" ? "-" : "";
}

function fixed(value: number, decimals: number): string {
  // 1.005 is stored a little below itself; the same slack as in `round`.
  return (value + 1e-9).toFixed(decimals);
}

function coefficient(value: number): string {
  return value === 1 ? "" : formatNumber(value);
}

function texFraction({ numerator, denominator }: Fraction): string {
  return denominator === 1 ? String(numerator) : `\\frac{${numerator}}{${denominator}}`;
}
