/** Whether a text tells a word, a phrase or a formula, spelled out, spaced or turned round. */
import { plainForm } from "../plain_form.ts";

/** Between two characters of what is spelled out. */
const SPELLING_GAP = String.raw`[\s\-.,_*·|:;/'"()]{0,3}`;
const IN_WORD = /[\p{L}\p{N}]/u;
const TERMS_TURNED_MAX = 4;
/** Of a long text so many words in a row tell it. */
const TELLING_WORDS = 4;

function escaped(character: string): string {
  return character.replace(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
}

function arrangements(terms: readonly string[]): readonly (readonly string[])[] {
  if (terms.length <= 1) return [terms];
  return terms.flatMap((term, i) => arrangements(terms.filter((_, j) => j !== i)).map((rest) => [term, ...rest]));
}

/** A sum with its terms, and a product of brackets with its factors, in every order. */
function turnedRound(formula: string): readonly string[] {
  const factors = formula.match(/^(\([^()]+\))(\([^()]+\))$/);
  if (factors !== null) return [formula, `${factors[2]}${factors[1]}`];
  if (!/^[\p{L}\d^+/-]+$/u.test(formula) || /\p{L}{3}/u.test(formula)) return [formula];
  const terms = formula.match(/[-+]?[^-+]+/g) ?? [];
  if (terms.length < 2 || terms.length > TERMS_TURNED_MAX) return [formula];
  const signed = terms.map((term) => /^[-+]/.test(term) ? term : `+${term}`);
  return arrangements(signed).map((order) => order.join("").replace(/^\+/, ""));
}

function wordsOf(plain: string): readonly string[] {
  return plain.match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** Whether the pattern matches between two edges of words. Edges in the pattern itself would make it slow to build. */
function holdsWhole(plain: string, pattern: RegExp): boolean {
  for (let match = pattern.exec(plain); match !== null; match = pattern.exec(plain)) {
    const [before, behind] = [plain.charAt(match.index - 1), plain.charAt(match.index + match[0].length)];
    if (!IN_WORD.test(before) && !IN_WORD.test(behind)) return true;
    pattern.lastIndex = match.index + 1;
  }
  return false;
}

/**
 * Whether `plain`, in its plain form, holds `secret`, which is as an author wrote it. Of a long secret a few words in
 * a row tell it, unless they stand in `shown` too, what the learner sees anyway.
 */
export function tellsText(plain: string, secret: string, shown: string): boolean {
  const wanted = plainForm(secret).replace(/[\s*]/g, "").replace(/\.+$/, "");
  if (wanted === "") return false;
  const spelled = turnedRound(wanted).map((one) => [...one].map(escaped).join(SPELLING_GAP));
  if (holdsWhole(plain, new RegExp(spelled.join("|"), "g"))) return true;
  const words = wordsOf(plainForm(secret));
  if (words.length <= TELLING_WORDS) return false;
  const said = ` ${wordsOf(plain).join(" ")} `;
  const runs = words.slice(TELLING_WORDS - 1).map((_, i) => words.slice(i, i + TELLING_WORDS).join(" "));
  const told = runs.filter((run) => said.includes(` ${run} `));
  if (told.length === 0) return false;
  const seen = ` ${wordsOf(plainForm(shown)).join(" ")} `;
  return told.some((run) => !seen.includes(` ${run} `));
}
