/** Notices words that hurt people, in what they write to one another; of meaning it knows nothing. */
import { lettersForSigns, plainForm } from "../plain_form.ts";

/** Words that are no part of an argument between learners, by their letters alone. */
const HURTFUL: readonly string[] = [
  "arsehole",
  "asshole",
  "bastard",
  "bitch",
  "bullshit",
  "crap",
  "cretin",
  "cunt",
  "dickhead",
  "dumbass",
  "fag",
  "faggot",
  "fck",
  "fcking",
  "fuck",
  "fucked",
  "fucker",
  "fucking",
  "fuk",
  "gtfo",
  "idiot",
  "idiota",
  "idiotic",
  "idiots",
  "imbecile",
  "loser",
  "losers",
  "moron",
  "morons",
  "motherfucker",
  "nigger",
  "phuck",
  "piss",
  "prick",
  "retard",
  "retarded",
  "retart",
  "scum",
  "shit",
  "shitty",
  "slut",
  "stfu",
  "twat",
  "wanker",
  "whore",
];

const HARD_WORDS = "stupid|dumb|ugly|pathetic|worthless|disgusting";
const DEGREE = "(?:so |really |just |very |all )*";

/** Said of somebody rather than of something. */
const AGAINST_PEOPLE = new RegExp(
  [
    String.raw`\bshut (?:up|it|your)\b`,
    String.raw`\b(?:kill|hang|hurt) (?:your|ur|you|u) ?sel(?:f|ves)\b`,
    String.raw`\bkys\b`,
    String.raw`\bgo die\b`,
    String.raw`\b(?:you|u) (?:should|deserve to|need to|better) (?:just )?die\b`,
    // `drop dead leaves into the bin` is said of leaves.
    String.raw`\bdrop dead\b(?! (?!you\b|now\b|please\b|all\b)\p{L})`,
    String.raw`\b(?:hate|despise) (?:you|her|him|them)\b`,
    String.raw`\b(?:nobody|no one) (?:likes|loves|wants) (?:you|u|her|him|them)\b`,
    String
      .raw`\b(?:(?:you|u|they)(?: a|'| )re?|youre|theyre|ur|your(?= (?:so|really|just|very|all) )) ${DEGREE}(?:${HARD_WORDS}|fat|trash|garbage)\b`,
    String.raw`\b(?:he|she)(?: i|')?s ${DEGREE}(?:${HARD_WORDS}|fat|trash|garbage)\b`,
    String.raw`\b(?:you|your|u|ur) ${DEGREE}(?:${HARD_WORDS})\b`,
  ].join("|"),
  "u",
);

/** Letters that stand one by one, as in `i d i o t`; two alone may be words. */
const SPACED_LETTERS = /(?<![\p{L}\p{N}'])\p{L}(?:[\s._*-]{1,3}\p{L}(?![\p{L}\p{N}'])){2,}/gu;
/** What stands between the letters of a word to part them: `id-iot`, `i.d.i.o.t`. */
const PARTING = /(?<=\p{L})[._*~|-]+(?=\p{L})/gu;
/** In so many pieces at most a word is parted by spaces, and only so long a one: short ones come about by chance. */
const PARTS: readonly number[] = [2, 3];
const PARTED_LETTERS_MIN = 5;
/** Honest neighbours that would be a hurtful word without their gap. */
const HONEST_NEIGHBOURS: ReadonlySet<string> = new Set(["bulls hit", "lose r", "lose rs", "who re"]);
const STARRED_LETTERS_MIN = 4;
const SIGNED_WORD = /[\p{L}\p{N}@$!*]+/gu;

function saidOnce(text: string): string {
  return text.replace(/(\p{L})\1+/gu, "$1");
}

/** Letters that stand one by one, as the words that they are. */
function lettersJoined(text: string): string {
  return text.replace(SPACED_LETTERS, (letters) => letters.replace(/[^\p{L}]/gu, ""));
}

/** Digits and signs that stand for letters, as those. */
function disguiseUndone(plain: string): string {
  return plain.replace(SIGNED_WORD, (word) => lettersForSigns(word.replace(/[!*]+$/, "")));
}

/** The ways in which a text may be read: as it stands, with disguises undone, spaced letters joined, parted words whole. */
function readingsOf(text: string): ReadonlySet<string> {
  const plain = plainForm(text);
  // A dollar sign is markup in a plain form, and may stand for a letter here.
  const signed = text.includes("$") ? plainForm(text.replaceAll("$", "s")) : plain;
  const undone = disguiseUndone(signed).replace(/\s+/g, " ");
  // The first letter may be a word of its own: `a` or `i`.
  const joinedBehind = undone.replace(
    SPACED_LETTERS,
    (letters) => `${letters[0]} ${letters.slice(1).replace(/[^\p{L}]/gu, "")}`,
  );
  // Where letters have a space between them, words have more.
  const wordsApart = disguiseUndone(signed).split(/\s{2,}/).map(lettersJoined).join(" ");
  const readings = [
    plain.replace(/\s+/g, " "),
    undone,
    lettersJoined(undone),
    joinedBehind,
    wordsApart,
    undone.replace(PARTING, ""),
  ];
  return new Set([...readings, ...readings.map(saidOnce)]);
}

const HURTFUL_SOUNDS: ReadonlySet<string> = new Set([...HURTFUL, ...HURTFUL.map(saidOnce)]);

/** `l` and `i` look alike. */
function stroked(word: string): string {
  return word.replaceAll("l", "i");
}

const HURTFUL_STROKED: ReadonlySet<string> = new Set(HURTFUL.map(stroked));

function wordsOf(reading: string): readonly string[] {
  return reading.match(/[\p{L}\p{N}'*]+/gu) ?? [];
}

/** Whether neighbours are one hurtful word with a space in it: `id iot`. */
function isParted(words: readonly string[]): boolean {
  return words.some((_, i) =>
    PARTS.some((count) => {
      const parts = words.slice(i, i + count);
      const whole = parts.join("");
      return parts.length === count && whole.length >= PARTED_LETTERS_MIN && HURTFUL_STROKED.has(stroked(whole)) &&
        !HONEST_NEIGHBOURS.has(parts.join(" "));
    })
  );
}

/** `sh*t`: the star may be any vowel. Three letters with a sign between two are a product. */
function isStarred(word: string): boolean {
  return word.length >= STARRED_LETTERS_MIN && /^\p{L}+\*\p{L}+$/u.test(word) &&
    [..."aeiou"].some((vowel) => HURTFUL_SOUNDS.has(word.replace("*", vowel)));
}

function isHurtful(reading: string): boolean {
  const words = wordsOf(reading);
  return words.some((word) => HURTFUL_STROKED.has(stroked(word)) || isStarred(word)) || isParted(words) ||
    (reading.match(/[\p{L}\p{N}]+/gu) ?? []).some((word) => HURTFUL_SOUNDS.has(word)) ||
    AGAINST_PEOPLE.test(reading);
}

/** Whether `text` may stand before learners: it insults nobody, as far as a list of words can tell. */
export function isCivil(text: string): boolean {
  return ![...readingsOf(text)].some(isHurtful);
}
