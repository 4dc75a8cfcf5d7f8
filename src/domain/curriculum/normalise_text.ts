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

/**
 * Letter case and Unicode form (NFKC) do not count, nor do spaces, except one between two letters or two digits.
 * Typographic signs equal their keyboard ones, and `x²` equals `x^2`. Accents do count: `cote` is not `côté`.
 */
export function normaliseText(text: string): string {
  return text
    // Before NFKC, which would make a 2 of the exponent in `x²`.
    .replace(/[⁰¹²³⁴-⁹]+/g, (power) => `^${[...power].map((digit) => SUPERSCRIPTS.indexOf(digit)).join("")}`)
    .replace(/[−–—‐‑×⋅·∙÷≤≥≠’‘“”]/g, (sign) => SIGN_OF[sign] ?? sign)
    .normalize("NFKC")
    .toLowerCase()
    .trim()
    .replace(/\s+/g, " ")
    .replace(/(.) (?=(.))/gu, (pair, before: string, after: string) => spaceCounts(before, after) ? pair : before);
}

function spaceCounts(before: string, after: string): boolean {
  return /\p{L}/u.test(before) && /\p{L}/u.test(after) || /\d/.test(before) && /\d/.test(after);
}
