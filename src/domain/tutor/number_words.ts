/** English number words, rewritten as digits. */

const SMALL: { readonly [word: string]: number } = {
  zero: 0,
  nought: 0,
  nil: 0,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  thirteen: 13,
  fourteen: 14,
  fifteen: 15,
  sixteen: 16,
  seventeen: 17,
  eighteen: 18,
  nineteen: 19,
  dozen: 12,
};
const TENS: { readonly [word: string]: number } = {
  twenty: 20,
  thirty: 30,
  forty: 40,
  fourty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
};
const SCALES: { readonly [word: string]: number } = { thousand: 1_000, million: 1_000_000, billion: 1_000_000_000 };
const PARTS: { readonly [word: string]: number } = {
  half: 2,
  halves: 2,
  third: 3,
  thirds: 3,
  quarter: 4,
  quarters: 4,
  fourth: 4,
  fourths: 4,
  fifth: 5,
  fifths: 5,
  sixth: 6,
  sixths: 6,
  seventh: 7,
  sevenths: 7,
  eighth: 8,
  eighths: 8,
  ninth: 9,
  ninths: 9,
  tenth: 10,
  tenths: 10,
  twelfth: 12,
  twelfths: 12,
  hundredth: 100,
  hundredths: 100,
};

const WORDS = [...Object.keys(SMALL), ...Object.keys(TENS), ...Object.keys(SCALES), "hundred"];
const ANY_WORD = `(?:${WORDS.join("|")})`;
const RUN = new RegExp(`\\b${ANY_WORD}(?:[\\s-]+(?:and[\\s-]+)?${ANY_WORD})*\\b`, "g");
/** `one` that stands for a thing, not for the number. */
const PRONOUN =
  /\b(which|this|that|each|another|any|the|no|every|only|right|wrong|other|some|first|second|last) one\b(?! (?:half|third|quarter|fourth|fifth|hundred|thousand))|\bone (?=of\b|side|step|thing|way|by\b|another|term\b|at a time)/g;
const PART_WORDS = Object.keys(PARTS).join("|");
const COUNTED_PART = new RegExp(String.raw`(\d+)[\s-]+(and[\s-]+)?(an?[\s-]+)?(${PART_WORDS})\b`, "g");
const ONE_PART =
  /\b(?:an? )?(half|quarter)\b|\ban? (third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|twelfth|hundredth)\b/g;

const ORDINALS: { readonly [word: string]: string } = {
  first: "one",
  second: "two",
  third: "three",
  fourth: "four",
  fifth: "five",
  sixth: "six",
  seventh: "seven",
  eighth: "eight",
  ninth: "nine",
};
const TENS_WORD = [...Object.keys(TENS), "hundred", "thousand"].join("|");
/** Words written without a gap, the longest first: `sixteen` is no `six`. */
const JOINED_WORD = [...WORDS, ...Object.keys(ORDINALS)].sort((a, b) => b.length - a.length).join("|");
const JOINED = new RegExp(String.raw`\b(?:${JOINED_WORD}){2,}\b`, "g");
const JOINED_PART = new RegExp(`(?:${JOINED_WORD})`, "g");
const ORDINAL_BEHIND = new RegExp(
  String.raw`\b(${TENS_WORD})([\s-]+(?:and[\s-]+)?)(${Object.keys(ORDINALS).join("|")})\b`,
  "g",
);
const ROUND_ORDINAL = /\b(twent|thirt|fort|fift|sixt|sevent|eight|ninet)ieth\b/g;
const TEEN_ORDINAL = /\b(eleven|(?:thir|four|fif|six|seven|eigh|nine)teen)th\b/g;
/** `seven sixes`: so many of them. */
const PLURALS = new Map(
  Object.entries({ ...SMALL, ...TENS }).filter(([, value]) => value > 1)
    .map(([word, value]) => [word.endsWith("x") ? `${word}es` : word.replace(/y$/, "ie") + "s", value]),
);
const COUNTED_PLURAL = new RegExp(String.raw`(\d) (${[...PLURALS.keys()].join("|")})\b`, "g");

/** `two and forty`, `forty-2`. */
const UNIT_FIRST = new RegExp(
  String.raw`\b(${Object.values(ORDINALS).join("|")}) and (${Object.keys(TENS).join("|")})\b`,
  "g",
);
const DIGIT_BEHIND = new RegExp(String.raw`\b(${Object.keys(TENS).join("|")})[\s-]?([1-9])(?!\d)`, "g");

/** Number words in the one way in which they are read: apart, and counting. */
function readable(plain: string): string {
  return plain
    .replace(JOINED, (joined) => (joined.match(JOINED_PART) ?? []).join("-"))
    .replace(ORDINAL_BEHIND, (_, tens: string, gap: string, ordinal: string) => `${tens}${gap}${ORDINALS[ordinal]}`)
    .replace(UNIT_FIRST, "$2-$1")
    .replace(DIGIT_BEHIND, (_, tens: string, digit: string) => `${tens}-${Object.values(ORDINALS)[Number(digit) - 1]}`)
    .replace(ROUND_ORDINAL, "$1y")
    .replace(TEEN_ORDINAL, "$1");
}

/** The numbers that the words of one run say: `four two` says two of them, `forty two` one. */
function valuesOf(words: readonly string[]): readonly number[] {
  const values: number[] = [];
  let total = 0;
  let group: number | null = null;
  /** The size below which a further word still adds to the group. */
  let room = Infinity;
  const end = () => {
    if (group !== null || total > 0) values.push(total + (group ?? 0));
    [total, group, room] = [0, null, Infinity];
  };
  for (const word of words) {
    const scale = SCALES[word];
    if (scale !== undefined) {
      [total, group, room] = [total + (group ?? 1) * scale, null, scale];
    } else if (word === "hundred") {
      [group, room] = [(group ?? 1) * 100, 100];
    } else {
      const value = SMALL[word] ?? TENS[word] ?? 0;
      if (value >= room || group !== null && room === Infinity) end();
      [group, room] = [(group ?? 0) + value, value >= 20 ? 10 : value === 0 ? 0 : 1];
    }
  }
  end();
  return values;
}

/** The text with number words as digits: `forty-two` as 42, `two thirds` as 2/3, `three point five` as 3.5. */
export function digitsForWords(plain: string): string {
  return readable(plain)
    .replace(PRONOUN, (words) => words.replace("one", "it"))
    .replace(RUN, (run) => valuesOf(run.split(/[\s-]+/).filter((word) => word !== "and")).join(" "))
    .replace(COUNTED_PLURAL, (_, count: string, plural: string) => `${count} * ${PLURALS.get(plural)}`)
    .replace(/(\d) point (\d[\d ]*)/g, (_, before: string, after: string) => `${before}.${after.replaceAll(" ", "")} `)
    .replace(/(\d) (?:over|out of) (\d)/g, "$1/$2")
    .replace(
      COUNTED_PART,
      (_, count: string, and: string | undefined, a: string | undefined, part: string) =>
        and === undefined && a === undefined ? `${count}/${PARTS[part]}` : `${count} 1/${PARTS[part]}`,
    )
    .replace(ONE_PART, (_, half: string | undefined, other: string | undefined) => `1/${PARTS[half ?? other ?? ""]}`);
}
