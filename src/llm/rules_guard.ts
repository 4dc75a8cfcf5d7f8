/** Notices an answer that repeats the rules it was given, or the mark of the fences around people's texts. */
import { RULE_WORDS_TOLD_MAX } from "./limits.ts";
import type { Prompt } from "./prompt.ts";

function wordsOf(text: string): readonly string[] {
  return text.normalize("NFKC").toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

function runsOf(words: readonly string[], length: number): readonly string[] {
  return words.slice(length - 1).map((_, i) => words.slice(i, i + length).join(" "));
}

/** @returns whether an answer so far gives the prompt away */
export function rulesGuard({ system, fence }: Pick<Prompt, "system" | "fence">): (answer: string) => boolean {
  const length = RULE_WORDS_TOLD_MAX + 1;
  const secret = new Set(runsOf(wordsOf(system), length));
  return (answer) => answer.includes(fence) || runsOf(wordsOf(answer), length).some((run) => secret.has(run));
}
