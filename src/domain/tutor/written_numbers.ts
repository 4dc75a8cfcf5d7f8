/** Every number that a text holds, in whatever notation it is written. */
import { digitsForWords } from "./number_words.ts";

export interface FoundNumber {
  /** Without its sign. */
  readonly value: number;
  /** Decimals as written: a value with two or more may be a rounded one. */
  readonly decimals: number;
  /** What stands behind it, for a unit to be read. */
  readonly rest: string;
}

const DECIMAL = /(?:\d+(?:[.,' ]\d{3})+(?![\d])(?:[.,]\d+)?|\d+(?:[.,]\d+)?|[.,]\d+)/g;
const EXPONENT = /^(?:e([-+]?\d{1,3})\b|\s*[*x]\s*10\s*\^?\s*\(?([-+]?\d{1,3})\)?)/;
const PERCENT = /^\s*(?:%|per ?cent)/;
const FRACTION = /(?:(\d+)(?:\s+and)?\s+)?(\d+(?:[.,]\d+)?)\s*\/\s*(\d+(?:[.,]\d+)?)/g;
const SPACED_DIGITS = /(?<!\d)\d(?:[\s\-.,_|/+&]{1,3}(?:and |then |followed by )?\d)+(?!\d)/g;
const OTHER_BASE = /\b0([xbo])([0-9a-f]+)\b/g;
const ROMAN = /\b(?=[ivxlcdm]{2})m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})\b/g;
const ROMAN_DIGITS: { readonly [digit: string]: number } = { i: 1, v: 5, x: 10, l: 50, c: 100, d: 500, m: 1_000 };
const BASES: { readonly [mark: string]: number } = { x: 16, b: 2, o: 8 };

/** What one run of digits and separators may mean: thousands may stand in groups, a comma may mark decimals. */
function readings(digits: string): readonly { readonly value: number; readonly decimals: number }[] {
  const last = Math.max(digits.lastIndexOf("."), digits.lastIndexOf(","));
  const whole = { value: Number(digits.replace(/\D/g, "")), decimals: 0 };
  if (last === -1) return [whole];
  const before = digits.slice(0, last).replace(/\D/g, "");
  const after = digits.slice(last + 1).replace(/\D/g, "");
  const decimal = { value: Number(`${before}.${after}`), decimals: after.length };
  return after.length === 3 && before !== "" ? [decimal, whole] : [decimal];
}

function numberOf(text: string): number {
  return Number(text.replace(",", "."));
}

function decimalsIn(text: string): readonly FoundNumber[] {
  return [...text.matchAll(DECIMAL)].flatMap(({ 0: digits, index }) => {
    const rest = text.slice(index + digits.length);
    const exponent = EXPONENT.exec(rest);
    const power = exponent === null ? 0 : Number(exponent[1] ?? exponent[2]);
    const found = readings(digits).map(({ value, decimals }) => ({ value, decimals, rest }));
    if (exponent !== null) found.push(...found.map((one) => ({ ...one, value: one.value * 10 ** power, decimals: 0 })));
    if (PERCENT.test(rest)) {
      found.push(...found.map((one) => ({ ...one, value: one.value / 100, decimals: one.decimals + 2 })));
    }
    return found;
  });
}

function fractionsIn(text: string): readonly FoundNumber[] {
  return [...text.matchAll(FRACTION)].flatMap((match) => {
    const [whole, top = "", lower = ""] = match.slice(1);
    const rest = text.slice(match.index + match[0].length);
    const value = numberOf(top) / numberOf(lower);
    // A whole number in two parts is a calculation, and no way to write a number.
    if (Number.isInteger(value)) return [];
    const alone = { value, decimals: 0, rest };
    return whole === undefined ? [alone] : [alone, { ...alone, value: Number(whole) + value }];
  });
}

function romanValue(roman: string): number {
  const digits = [...roman].map((digit) => ROMAN_DIGITS[digit] ?? 0);
  return digits.reduce((sum, digit, i) => sum + (digit < (digits[i + 1] ?? 0) ? -digit : digit), 0);
}

function oddNotationsIn(text: string): readonly FoundNumber[] {
  const exact = (value: number) => ({ value, decimals: 0, rest: "" });
  return [
    ...[...text.matchAll(OTHER_BASE)].map(([, mark = "", digits = ""]) => exact(parseInt(digits, BASES[mark]))),
    ...[...text.matchAll(ROMAN)].filter(([roman]) => roman !== "").map(([roman]) => exact(romanValue(roman))),
  ];
}

/** @param plain a text in its plain form */
export function numbersIn(plain: string): readonly FoundNumber[] {
  const digits = digitsForWords(plain);
  const decimals = [plain, digits].flatMap(decimalsIn);
  return [...decimals, ...fractionsIn(digits), ...oddNotationsIn(plain)];
}

/** Digits that stand one by one, such as `4 - 2`, each run joined. */
export function spacedDigitsIn(plain: string): readonly string[] {
  return [...digitsForWords(plain).matchAll(SPACED_DIGITS)].map(([run]) => run.replace(/\D/g, ""));
}
