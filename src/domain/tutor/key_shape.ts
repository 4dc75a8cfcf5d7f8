/** Whether a text tells how a secret word or number looks: what it begins or ends with, or its letters with blanks. */
import { digitsForWords } from "./number_words.ts";

/** Not a call such as `start with 7`: something begins or ends so. */
const EDGE =
  /\b(?:(?:it|that|this|number|answer|word|result|one|option) (?:begin|start|end|finish)|begins|starts|ends|finishes|beginning|starting|ending) (?:with|in|on|by) (?:an? |the )?["'(-]*([\p{L}\d]+)/gu;
/** Shorter words fit too many blanks. */
const BLANKED_LENGTH_MIN = 4;
const LETTERS_GIVEN_MIN = 2;
const BLANKED = /[\p{L}\p{N}]*[_*□][\p{L}\p{N}_*□]*/gu;
/** A space between two signs that stand alone: `v _ r`. */
const SPACE_BETWEEN_SIGNS = /(?<=(?:^|\s)\S)\s(?=\S(?:\s|$|[.?!,]))/g;

/** @param secret a word or the digits of a number, in its plain form as `plain` is */
export function tellsEdge(plain: string, secret: string): boolean {
  return [...digitsForWords(plain).matchAll(EDGE)].some(([edge, said = ""]) =>
    /^(?:.* )?(?:begin|start)/.test(edge) ? secret.startsWith(said) : secret.endsWith(said)
  );
}

function fits(blanked: string, secret: string): boolean {
  const signs = [...blanked];
  return signs.length === secret.length &&
    signs.filter((sign) => /[\p{L}\p{N}]/u.test(sign)).length >= LETTERS_GIVEN_MIN &&
    signs.every((sign, i) => /[_*□]/.test(sign) || sign === secret[i]);
}

/** @param text as it was written: its blanks are markup in a plain form; @param secret a word in its plain form */
export function holdsBlanked(text: string, secret: string): boolean {
  if (secret.length < BLANKED_LENGTH_MIN) return false;
  const written = text.toLowerCase().replaceAll("\\", "");
  return [written, written.replace(SPACE_BETWEEN_SIGNS, "")].some((one) =>
    (one.match(BLANKED) ?? []).some((blanked) => fits(blanked, secret))
  );
}
