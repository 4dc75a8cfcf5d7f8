/** How much of a text that is still being written may be judged: up to the end of its last whole sentence. */

const SENTENCE_END = /[.!?…]["'”’)\]*_]*\s|\n/g;

/** Characters up to the end of the last whole sentence; 0 where there is none yet. */
export function wholeSentences(text: string): number {
  const last = [...text.matchAll(SENTENCE_END)].at(-1);
  return last === undefined ? 0 : last.index + last[0].length;
}
