/** Whether a text holds a word that is nearly a secret one: misspelled, turned round, put together or in disguise. */
import { lettersForSigns } from "../plain_form.ts";

/** Shorter words are too near to others. */
const LETTERS_MIN = 5;
const LETTERS_FOR_TWO_SLIPS = 8;
const PARTS_MAX = 4;
const TOKENS = /[\p{L}\p{N}@$!]+/gu;
/** Words that stand between parts which belong together. */
const BETWEEN = new Set(["and", "then", "plus", "with", "by", "next", "after", "that", "comes", "followed"]);

/** Slips of a pen between two words, a turned pair counted once; more than `most` is not counted on. */
function slips(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let [beforeLast, last]: [number[], number[]] = [[], [...Array(b.length + 1).keys()]];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const isSame = a[i - 1] === b[j - 1];
      let least = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (isSame ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        least = Math.min(least, (beforeLast[j - 2] ?? 0) + 1);
      }
      row.push(least);
    }
    [beforeLast, last] = [last, row];
  }
  return last[b.length] ?? most + 1;
}

function sorted(word: string): string {
  return [...word].sort().join("");
}

/** Every run of at most so many neighbours, written as one word. */
function joined(words: readonly string[]): readonly string[] {
  return words.flatMap((_, i) =>
    Array.from({ length: PARTS_MAX - 1 }, (_, more) => words.slice(i, i + more + 2).join(""))
  );
}

/** @param shown what the learner sees anyway, in its plain form too: its words may be used */
export function holdsNearWord(plain: string, secret: string, shown: string): boolean {
  if (secret.length < LETTERS_MIN || !/^\p{L}+$/u.test(secret)) return false;
  const seen = new Set(shown.match(TOKENS) ?? []);
  const most = secret.length >= LETTERS_FOR_TWO_SLIPS ? 2 : 1;
  const words = (plain.match(TOKENS) ?? []).map((word) => lettersForSigns(word.replace(/!+$/, "")));
  const letters = sorted(secret);
  const isNear = (word: string) =>
    word.includes(secret) || sorted(word) === letters || slips(word, secret, most) <= most;
  return words.some((word) => !seen.has(word) && isNear(word)) ||
    joined(words.filter((word) => !BETWEEN.has(word))).some((word) => sorted(word) === letters);
}
