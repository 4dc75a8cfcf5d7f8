/** Whether a hint is written in signs that its exercise is written in: what nobody reads as letters hides an answer best. */

/** Latin letters, ASCII, and the punctuation and signs of school mathematics. */
const ORDINARY = /^[\n\t -~\u00a0-\u00ac\u00ae-\u024f‘’‚“”„–—…′″‹›€−×÷·⋅√π∞≈≠≤≥→⇒□\u202f]$/u;
const SCRIPTS: readonly RegExp[] = [
  /\p{Script=Greek}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Arabic}/u,
  /\p{Script=Hebrew}/u,
  /\p{Script=Devanagari}/u,
  /\p{Script=Bengali}/u,
  /\p{Script=Thai}/u,
  /\p{Script=Hangul}/u,
  /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u,
];
/** Four letters and more that stand one by one. */
const SPELLED = /(?<![\p{L}\p{N}'])\p{L}(?:[\s\-._*·|:;/]{1,3}\p{L}(?![\p{L}\p{N}'])){3,}/u;
const STROKES = /(?:[|/]\s?){4,}|(?<!\p{L})i{4,}(?!\p{L})/u;
const MIXED_WORD = /\p{L}{2,}[0134579@$!]\p{L}|\p{L}[@$]\p{L}{2,}/u;
const RADIO_WORDS =
  /\b(?:alfa|alpha|bravo|charlie|delta|echo|foxtrot|golf|hotel|india|juliett?|kilo|lima|mike|november|oscar|papa|quebec|romeo|sierra|tango|uniform|victor|whiskey|x-?ray|yankee|zulu)\b/g;
const RADIO_WORDS_MAX = 2;

function isShown(sign: string, shown: string): boolean {
  return shown.includes(sign) ||
    (/[\p{L}\p{M}]/u.test(sign) && SCRIPTS.some((script) => script.test(sign) && script.test(shown)));
}

/** A sign by its name, as HTML writes it. */
const NAMED_SIGN = /&#?\w+;/g;

/** Whether `text` holds a sign that belongs to neither school English nor what the learner sees of the exercise. */
export function hasStrangeSigns(text: string, shown: string): boolean {
  return [...text.normalize("NFC")].some((sign) => !ORDINARY.test(sign) && !isShown(sign, shown)) ||
    (text.match(NAMED_SIGN) ?? []).some((sign) => !shown.includes(sign));
}

/** Whether letters are told one by one, by strokes, by signs inside a word, or by the words of radio operators. */
export function isSpelledOut(plain: string, shown: string): boolean {
  const mixed = plain.match(MIXED_WORD);
  return SPELLED.test(plain) || STROKES.test(plain) || (mixed !== null && !shown.includes(mixed[0])) ||
    (plain.match(RADIO_WORDS) ?? []).length > RADIO_WORDS_MAX;
}
