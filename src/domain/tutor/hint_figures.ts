/** Whether a hint brings in figures of its own: before the last rung it may only use those that the learner can see. */
import { digitsForWords } from "./number_words.ts";

/** They count steps and sides, and stand in the names of powers and per cent. */
const ALWAYS_KNOWN: readonly string[] = ["0", "1", "2", "3", "10", "100"];

function figuresIn(plain: string): readonly string[] {
  return (digitsForWords(plain).match(/\d+/g) ?? []).map((digits) => digits.replace(/^0+(?=\d)/, ""));
}

/** @param seen prompt, options, authored hints and the learner's own words, in their plain form as `plain` is */
export function hasOwnFigures(plain: string, seen: string): boolean {
  const known = new Set([...ALWAYS_KNOWN, ...figuresIn(seen), ...(seen.match(/\d+/g) ?? [])]);
  return figuresIn(plain).some((figure) => !known.has(figure));
}
