/** Words of a text as they are compared: lower case, without endings, without words that carry no matter. */

const EMPTY_WORDS: ReadonlySet<string> = new Set(
  ("a about after all also an and any are as at be because been but by can could did do does for from get gets " +
    "go goes had has have he her his how i if in into is it its just make makes may might more most much must my " +
    "need needs no not of on one only or other our out over own put puts same say says she should so some such " +
    "take takes than that the their them then there these they this those through to too under up us was way we " +
    "were what when where which while who why will with would you your").split(" "),
);

const ENDINGS: readonly (readonly [RegExp, string])[] = [
  [/'s?$/, ""],
  [/ies$/, "y"],
  [/(ss|sh|ch|x)es$/, "$1"],
  [/([^su])s$/, "$1"],
  [/(?<=\p{L}{3})(?:ing|ed|ly)$/u, ""],
  [/(?<=\p{L}{3})e$/u, ""],
  [/(?<=\p{L}{2})([bdgmnprt])\1$/u, "$1"],
];

/** The word without the commonest English endings: enough for `banned`, `banning` and `ban` to meet. */
export function stemOf(word: string): string {
  return ENDINGS.reduce((stem, [ending, left]) => stem.replace(ending, left), word);
}

/** The words of `text` that carry matter, as stems, in order. */
export function stemsOf(text: string): readonly string[] {
  const words = text.normalize("NFKC").toLowerCase().replaceAll("’", "'").match(/[\p{L}\p{N}][\p{L}\p{N}']*/gu) ?? [];
  return words.filter((word) => !EMPTY_WORDS.has(word)).map(stemOf);
}

/** How many different stems both texts have, those `beside` left out. */
export function sharedStems(a: string, b: string, beside: ReadonlySet<string> = new Set()): number {
  const others = new Set(stemsOf(b));
  return new Set(stemsOf(a).filter((stem) => others.has(stem) && !beside.has(stem))).size;
}
