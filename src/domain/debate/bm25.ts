/** Ranks texts by how well they fit a question's words: Okapi BM25 (Robertson and Zaragoza, 2009). */
import { stemsOf } from "./words.ts";

/** How soon a word said again stops counting. */
const K1 = 1.2;
/** How far long texts are held back. */
const B = 0.75;

/**
 * A score for each document, at least 0, higher for a better fit. The inverse document frequency is
 * `ln(1 + (N - n + .5) / (n + .5))`, which is never negative.
 */
export function bm25(query: string, documents: readonly string[]): readonly number[] {
  const stems = documents.map(stemsOf);
  const lengthMean = stems.reduce((sum, one) => sum + one.length, 0) / Math.max(1, stems.length);
  const wanted = new Set(stemsOf(query));
  const weights = new Map([...wanted].map((stem) => {
    const n = stems.filter((one) => one.includes(stem)).length;
    return [stem, Math.log(1 + (stems.length - n + 0.5) / (n + 0.5))];
  }));
  return stems.map((one) => {
    const held = K1 * (1 - B + B * one.length / Math.max(1, lengthMean));
    let score = 0;
    for (const [stem, weight] of weights) {
      const times = one.filter((other) => other === stem).length;
      score += weight * times * (K1 + 1) / (times + held);
    }
    return score;
  });
}
