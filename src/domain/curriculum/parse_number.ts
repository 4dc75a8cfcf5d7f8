/** Reads a number as people type it, with an optional unit behind it. */

export const NUMBER_TEXT_LENGTH_MAX = 64;

export interface WrittenNumber {
  readonly value: number;
  /** What stands behind (or, for a currency sign, before) the digits; null when nothing does. */
  readonly unit: string | null;
}

const SPACES = /[\u00a0\u2007\u2009\u202f]/g;
const MINUSES = /[−–‐‑]/g;
const LEADING_NAME = /^[a-zA-Z]\s*=\s*/;
const DIGITS = String.raw`\d{1,3}(?: \d{3})+(?:[.,]\d+)?|\d[\d.,]*|[.,]\d+`;
const NUMBER = new RegExp(
  String.raw`^(?<sign>[-+]?)\s*(?<currency>\p{Sc}?)\s*` +
    String.raw`(?:(?:(?<whole>\d+)\s+)?(?<top>0|[1-9]\d*)\s*[/⁄]\s*(?<lower>-?\d+)|` +
    String.raw`(?<digits>${DIGITS})(?:\s*(?:[eE]|[x×*·]\s*10\s*\^)\s*(?<exponent>[-+]?\d{1,3}))?)` +
    String.raw`(?:\s*(?<unit>[^\d\s.,/].{0,31}))?$`,
  "u",
);

/**
 * Understands `12`, `-3`, `−3`, `0.5`, `0,5`, `12 000`, `1,234.5`, `3/4`, `1 1/2`, `1.5e3`, `1.5 × 10^3`, `x = 5`,
 * each with a unit behind (`12 cm`) or a currency sign before. Null when the text is no number, is not finite, or
 * could be read two ways: `1,234` is a thousand to some and a bit more than one to others.
 */
export function parseNumber(text: string): WrittenNumber | null {
  if (text.length > NUMBER_TEXT_LENGTH_MAX) return null;
  const plain = text.replace(SPACES, " ").replace(MINUSES, "-").trim().replace(LEADING_NAME, "");
  const groups = NUMBER.exec(plain)?.groups;
  if (groups === undefined) return null;
  const { sign, currency = "", whole, top, lower, digits, exponent, unit } = groups;
  const size = digits === undefined
    ? fractionValue(whole, top, lower)
    : decimalValue(digits) * 10 ** Number(exponent ?? "0");
  if (!Number.isFinite(size) || currency !== "" && unit !== undefined) return null;
  return { value: sign === "-" ? -size : size, unit: currency !== "" ? currency : unit?.trim() ?? null };
}

function fractionValue(whole: string | undefined, top: string | undefined, lower: string | undefined): number {
  // A missing part or a zero below gives NaN or infinity, which the caller refuses.
  const fraction = Number(top) / Number(lower);
  return whole === undefined ? fraction : Number(lower) < 0 ? NaN : Number(whole) + fraction;
}

/** NaN when the separators make no sense or more than one. */
function decimalValue(digits: string): number {
  const packed = digits.replace(/ /g, "");
  const grouped = /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(packed);
  if (!packed.includes(",")) return Number(packed);
  if (/^[1-9]\d{0,2},\d{3}$/.test(packed) && packed === digits) return NaN;
  if (grouped && (packed.includes(".") || packed.indexOf(",") !== packed.lastIndexOf(","))) {
    return Number(packed.replaceAll(",", ""));
  }
  return Number(packed.replace(",", "."));
}
