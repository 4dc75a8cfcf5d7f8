/** Finds a learner's interests again in what a quest is about, in any script. */

/** Cuts by dictionary where a script writes no spaces. */
const WORDS = new Intl.Segmenter("en", { granularity: "word" });
/** Shorter ones are mostly particles; one Chinese character may be a word. */
const TELLING = /^.{3,}$|\p{Script=Han}|^[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]{2}$/u;

function wordsOf(text: string): readonly string[] {
  return [...WORDS.segment(text.normalize("NFC").toLowerCase())]
    .flatMap(({ segment, isWordLike }) => isWordLike === true ? [segment] : []);
}

/** What of an interest may be found again: its telling words, or all of one that has none, such as "go". */
function keywordsOf(interest: string): readonly string[] {
  const words = wordsOf(interest);
  const telling = words.filter((word) => TELLING.test(word));
  return telling.length > 0 ? telling : words;
}

/** Whether a word of one of the interests stands in one of the texts. */
export function areNamed(interests: readonly string[], texts: readonly string[]): boolean {
  const about = new Set(texts.flatMap(wordsOf));
  return interests.flatMap(keywordsOf).some((word) => about.has(word));
}
