/** Calculations that a sentence tells in words: what its numbers come to when they are put together as it says. */

type Operation = "add" | "subtract" | "multiply" | "divide" | "raise";

const OPERATIONS: readonly (readonly [Operation, RegExp])[] = [
  [
    "add",
    /\+|\b(?:plus|add(?:s|ed|ing)?|sum|total|together|altogether|with|more|greater|higher|further|increased?|put|up|above|forward|onwards|count\w*|gr[eo]w\w*|gain\w*|beyond|past|joins?|joined|joining|combin\w*|merg\w*|mov\w*|across|right of|steps?)\b/,
  ],
  [
    "subtract",
    /-|\b(?:minus|subtract\w*|take|taking|takes|away|less|fewer|smaller|lower|remov\w*|difference|decreased?|down|below|under|back|count\w*|shrink\w*|shrunk|drop\w*|los(?:e|es|ing)|short of|left of|steps?)\b/,
  ],
  ["multiply", /\*|\b(?:times|multipl\w*|product|lots|groups|sets|bags|rows|of|by)\b/],
  ["divide", /\/|\b(?:divid\w*|over|shar\w*|split\w*|quotient|ratio|among|into|per)\b/],
  ["raise", /\^|\b(?:power|raised?|exponent)\b/],
];
/** What stands between the two sides of a relation, and puts nothing together. */
const RELATION = /[=<>≠≤≥]|\b(?:equals?|is|are|gives?|makes?|becomes?|for|if|when)\b/;
const NUMBER = /\d+(?:\.\d+)?/g;
const NUMBERS_READ_MAX = 8;
const VALUES_MAX = 64;
const SENTENCES = /[!?;\n]|\.(?!\d)/;

/** What is done to one number. `N` stands for it. */
const UNARY: readonly (readonly [string, (n: number) => number])[] = [
  ["(?:√|root of|root from) ?N", Math.sqrt],
  ["cube root of N", Math.cbrt],
  ["N (?:squared|times itself)|square of N|square N", (n) => n * n],
  ["N cubed|cube of N", (n) => n ** 3],
  ["(?:1/2|halve|half) (?:of )?N|N halved", (n) => n / 2],
  ["(?:double|twice) N|N doubled", (n) => n * 2],
  ["(?:triple|treble|thrice) N|N tripled", (n) => n * 3],
  ["1/3 (?:of )?N", (n) => n / 3],
  ["1/4 (?:of )?N", (n) => n / 4],
  [
    "(?:after|above|follow(?:s|ing)|behind) N|N\\W{1,3}(?:(?:and|then|but) )*(?:the )?(?:next|1 (?:up|more|higher))",
    (n) => n + 1,
  ],
  ["(?:before|below|preced(?:es|ing)|under) N|N\\W{1,3}(?:(?:and|then|but) )*(?:1 (?:down|less|lower))", (n) => n - 1],
];
const UNARY_PATTERNS = UNARY.map(([pattern, apply]) => ({
  // Twice at most, once in each alternative, the number is caught.
  pattern: new RegExp(pattern.replaceAll("N", String.raw`(\d+(?:\.\d+)?)(?![\d.]*\d)`), "g"),
  apply,
}));

function operationsIn(words: string): readonly Operation[] {
  return OPERATIONS.filter(([, pattern]) => pattern.test(words)).map(([operation]) => operation);
}

/** In both orders where the order counts: words tell it in too many ways. */
function results(operation: Operation, a: number, b: number): readonly number[] {
  switch (operation) {
    case "add":
      return [a + b];
    case "subtract":
      return [a - b, b - a];
    case "multiply":
      return [a * b];
    case "divide":
      return [a / b, b / a];
    case "raise":
      return [a ** b, b ** a];
  }
}

/** What comes of the sentence's numbers from the one at `start` on, after each that is put to it. */
function chainFrom(sentence: string, numbers: readonly RegExpExecArray[], start: number): readonly number[] {
  const [first] = numbers.slice(start);
  if (first === undefined) return [];
  const found: number[] = [];
  const leadFrom = start === 0 ? 0 : endOf(numbers[start - 1]);
  let operations = operationsIn(sentence.slice(leadFrom, first.index));
  let values: readonly number[] = [Number(first[0])];
  for (let i = start + 1; i < numbers.length; i += 1) {
    const next = numbers[i];
    if (next === undefined) break;
    const gap = sentence.slice(endOf(numbers[i - 1]), next.index);
    if (RELATION.test(gap)) break;
    const between = operationsIn(gap);
    const behind = operationsIn(sentence.slice(endOf(next), numbers[i + 1]?.index).slice(0, 20));
    const told = [...between, ...operations, ...between.length === 0 ? behind : []];
    values = [...new Set(told)].flatMap((operation) =>
      values.flatMap((value) => results(operation, value, Number(next[0])))
    ).slice(0, VALUES_MAX);
    found.push(...values);
    operations = between;
  }
  return found;
}

function endOf(number: RegExpExecArray | undefined): number {
  return number === undefined ? 0 : number.index + number[0].length;
}

/** @param digits a text in its plain form, its number words as digits; @returns what its sentences, and all of it, may come to */
export function wordedResults(digits: string): readonly number[] {
  return [...digits.split(SENTENCES), digits].flatMap((sentence) => {
    const numbers = [...sentence.matchAll(NUMBER)].slice(0, NUMBERS_READ_MAX);
    const chains = numbers.flatMap((_, start) => chainFrom(sentence, numbers, start));
    const alone = UNARY_PATTERNS.flatMap(({ pattern, apply }) =>
      [...sentence.matchAll(pattern)].flatMap(([, ...caught]) =>
        caught.filter((number) => number !== undefined).map((number) => apply(Number(number)))
      )
    );
    return [...chains, ...alone];
  });
}
