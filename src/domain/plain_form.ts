/** A text as filters read it: one way to write each sign, nothing invisible, look-alike letters folded. */

/** Letters of other alphabets that look like Latin ones, and the ones they look like. */
const LOOK_ALIKES: { readonly [letter: string]: string } = {
  ı: "i",
  а: "a",
  α: "a",
  в: "b",
  β: "b",
  с: "c",
  ԁ: "d",
  е: "e",
  ε: "e",
  һ: "h",
  і: "i",
  ι: "i",
  ј: "j",
  к: "k",
  κ: "k",
  м: "m",
  н: "h",
  о: "o",
  ο: "o",
  р: "p",
  ρ: "p",
  ѕ: "s",
  т: "t",
  τ: "t",
  υ: "u",
  ν: "v",
  ѡ: "w",
  х: "x",
  χ: "x",
  у: "y",
};

/** The scripts of those letters: no other is looked up. */
const LOOKED_UP = /[\u0131\u0370-\u052f]/g;

/** White letters in dark circles and squares, and those of flags, which have no plain letter of their own in Unicode. */
const SIGN_LETTERS = /[\u{1f150}-\u{1f169}\u{1f170}-\u{1f189}\u{1f1e6}-\u{1f1ff}]/gu;
const SIGN_ALPHABETS: readonly number[] = [0x1f1e6, 0x1f170, 0x1f150];

const VULGAR_FRACTION = /[¼½¾⅐-⅞↉]/gu;
const MINUSES = /[−–—‐‑‒﹣－]/g;
const TIMES = /[×⋅·∙✕✖]/g;
const DIVIDED = /[÷⁄∕∶]/g;

/** A digit of any script as 0 to 9: the decimal digits of a script stand together, in order. */
function asciiDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value += 1;
  return String(value);
}

/** A letter that is a sign of its own as the Latin one in it. */
function latinLetter(sign: string): string {
  const code = sign.codePointAt(0) ?? 0;
  const first = SIGN_ALPHABETS.find((start) => start <= code) ?? code;
  return String.fromCodePoint(0x61 + code - first);
}

function character(code: number): string {
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : "";
}

/** Markup that hides nothing from a reader and much from a search. */
function withoutMarkup(text: string): string {
  return text
    .replace(/&#(\d{1,7});/g, (_, code: string) => character(Number(code)))
    .replace(/&#x([0-9a-f]{1,6});/gi, (_, code: string) => character(parseInt(code, 16)))
    .replace(/\\[dt]?frac\s*(\d)\s*(\d)/g, " $1/$2")
    .replace(/\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}/g, " $1/$2")
    .replace(/\\(?:times|cdot)/g, "*")
    .replace(/\\div/g, "/")
    .replace(/\\[a-zA-Z]+\s*\{([^{}]*)\}/g, "$1")
    .replace(/<[^<>]{0,40}>/g, "")
    .replace(/[`~${}\\]|\*\*+|__+/g, "");
}

/** Text in which nothing can hide: its form is plain already. */
const PLAIN_ALREADY = /^[\w\n\t !"'()*+,\-./:;=?@^|%]*$/;

/** Letter case stays: see {@link plainForm}. */
export function plainLetters(text: string): string {
  if (PLAIN_ALREADY.test(text) && !text.includes("**") && !text.includes("__")) return text;
  return withoutMarkup(text)
    .replace(VULGAR_FRACTION, (fraction) => ` ${fraction.normalize("NFKD")}`)
    .normalize("NFKD")
    .replace(SIGN_LETTERS, latinLetter)
    .replace(/[\p{M}\p{Cf}\u20e3\ufe0f]/gu, "")
    .replace(/\p{Nd}/gu, asciiDigit)
    .replace(MINUSES, "-")
    .replace(TIMES, "*")
    .replace(DIVIDED, "/")
    .replace(/[’‘]/g, "'");
}

/** In lower case. */
export function plainForm(text: string): string {
  return plainLetters(text).toLowerCase().replace(LOOKED_UP, (letter) => LOOK_ALIKES[letter] ?? letter);
}

/** Digits and signs that stand for letters inside a word. */
const DISGUISES: { readonly [sign: string]: string } = {
  "0": "o",
  "1": "i",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  "@": "a",
  "$": "s",
  "!": "i",
};

/** A word in its plain form with the letters that its digits and signs stand for. */
export function lettersForSigns(word: string): string {
  return word.replace(/[013457@$!]/g, (sign) => DISGUISES[sign] ?? sign);
}
