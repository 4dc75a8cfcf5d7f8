/** When two typed texts count as the same answer. */

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** Signs that mean one thing in mathematics; only what NFKC leaves alone or would read wrongly. */
const SIGN_OF: { readonly [sign: string]: string } = {
  "−": "-",
  "–": "-",
  "—": "-",
  "‐": "-",
  "‑": "-",
  "×": "*",
  "⋅": "*",
  "·": "*",
  "∙": "*",
  "÷": "/",
  "≤": "<=",
  "≥": ">=",
  "≠": "!=",
  "’": "'",
  "‘": "'",
  "“": '"',
  "”": '"',
};

/** A times sign that algebra leaves out, as in `5*x` or `3*(x+1)`; behind a slash it tells `6/x*y` from `6/xy`. */
const SILENT_TIMES = /(?<=[\p{L}\d)])(?<!\/[^+=<>()-]*)\*(?=[\p{L}(])/gu;
/** A plus before the first term of a text, a side or a bracket. */
const SILENT_PLUS = /(?<=^|[=<>(])\+(?=[\p{L}\d(])/gu;

/**
 * Letter case and Unicode form (NFKC) do not count, nor do spaces, except one between two letters or two digits.
 * Typographic signs equal their keyboard ones, and `x²` equals `x^2`. Accents do count: `cote` is not `côté`.
 * Nor does what carries no meaning count: invisible characters, `$…$` around a formula, a full stop at the end, a plus
 * before the first term, and a times sign before a letter or a bracket.
 */
export function normaliseText(text: string): string {
  return text
    .replace(/\p{Cf}/gu, "")
    // Before NFKC, which would make a 2 of the exponent in `x²`.
    .replace(/[⁰¹²³⁴-⁹]+/g, (power) => `^${[...power].map((digit) => SUPERSCRIPTS.indexOf(digit)).join("")}`)
    .replace(/[−–—‐‑×⋅·∙÷≤≥≠’‘“”]/g, (sign) => SIGN_OF[sign] ?? sign)
    .normalize("NFKC")
    .toLowerCase()
    .replace(/\$([^$]*)\$/g, "$1")
    .trim()
    .replace(/\s+/g, " ")
    .replace(/(.) (?=(.))/gu, (pair, before: string, after: string) => spaceCounts(before, after) ? pair : before)
    .replace(/\.+$/, "")
    .replace(SILENT_PLUS, "")
    .replace(SILENT_TIMES, "");
}

function spaceCounts(before: string, after: string): boolean {
  return /\p{L}/u.test(before) && /\p{L}/u.test(after) || /\d/.test(before) && /\d/.test(after);
}
