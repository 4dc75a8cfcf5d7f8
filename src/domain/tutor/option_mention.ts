/** Whether a text names one of the options that an item offers: by its words, its letter, its id or its place. */
import type { Labelled } from "../curriculum/rendered_item.ts";
import { digitsForWords } from "./number_words.ts";
import { plainForm, plainLetters } from "../plain_form.ts";
import { numberWritten, tellsNumber } from "./number_leak.ts";
import { tellsText } from "./text_leak.ts";

const PLACES = ["first|1st", "second|2nd", "third|3rd", "fourth|4th", "fifth|5th", "sixth|6th", "seventh|7th"];
const THING = "option|choice|answer|letter|number|pick|choose|select|item|entry|statement|line|row";

/** Ids that are a word of their own; a single letter is looked for as a letter. */
const TELLING_ID_LENGTH = 2;

/** How the option of one letter is named. */
function letterPatterns(letter: string): readonly RegExp[] {
  const behind = String.raw`(?![\p{L}\p{N}])`;
  const thing = letter === "A" || letter === "I" ? THING : `${THING}|take|try|tick|mark`;
  const named = new RegExp(String.raw`\b(?:${thing})s?\W{0,3}(?:is\W{1,3})?["'(*]*${letter}${behind}`, "iu");
  const marked = new RegExp(String.raw`\(${letter}\)|(?:^|\s)${letter}\)`, "iu");
  // Not the pronoun I, and not the article that opens a sentence.
  if (letter === "I") return [named, marked];
  const noun = letter === "A" ? String.raw`(?!\s+[a-z])` : "";
  return [named, marked, new RegExp(String.raw`(?<![\p{L}\p{N}'])${letter}(?![\p{L}\p{N}'])${noun}`, "u")];
}

/** Built once: they take longer to build than to use. */
const LETTER_PATTERNS = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"].map(letterPatterns);

function namesLetter(letters: string, place: number): boolean {
  return LETTER_PATTERNS[place]?.some((pattern) => pattern.test(letters)) === true;
}

function namesPlace(plain: string, place: number, count: number): boolean {
  const names = [PLACES[place], ...(place === count - 1 ? ["last|bottom|final"] : []), ...(place === 0 ? ["top"] : [])]
    .filter((name) => name !== undefined).join("|");
  const ordinal = new RegExp(String.raw`\b(?:${names})\s+(?:one|of\b|${THING})`);
  const cardinal = new RegExp(String.raw`\b(?:${THING})s?\W{1,3}(?:is\W{1,3})?${place + 1}(?!\d)`);
  return (names !== "" && ordinal.test(plain)) || cardinal.test(digitsForWords(plain));
}

/** The text of an option, in its plain form, without the article that it begins with. */
export function nounOf(text: string): string {
  return plainForm(text).replace(/^(?:an?|the) (?=\p{L}{3})/u, "");
}

function namesWords(plain: string, { id, text }: Labelled, shown: string): boolean {
  if (id.length >= TELLING_ID_LENGTH && tellsText(plain, id, shown)) return true;
  const number = numberWritten(text);
  return number === null ? tellsText(plain, nounOf(text), shown) : tellsNumber(plain, number);
}

/** @returns the ids of the options that `text` names */
export function optionsNamed(text: string, options: readonly Labelled[], prompt: string): ReadonlySet<string> {
  const letters = plainLetters(text);
  const plain = plainForm(text);
  const named = options.filter((option, place) => {
    const shown = [prompt, ...options.filter((other) => other !== option).map((other) => other.text)].join("\n");
    return namesLetter(letters, place) || namesPlace(plain, place, options.length) || namesWords(plain, option, shown);
  });
  return new Set(named.map(({ id }) => id));
}

/** @returns the ids of entries that `text` names by their words, in the order in which it first does */
export function entriesNamed(text: string, entries: readonly Labelled[], prompt: string): readonly string[] {
  const plain = plainForm(text);
  const placed = entries.flatMap((entry) => {
    const shown = [prompt, ...entries.filter((other) => other !== entry).map((other) => other.text)].join("\n");
    const firstAt = firstMention(plain, entry, shown);
    return firstAt === null ? [] : [{ id: entry.id, firstAt }];
  });
  return placed.sort((a, b) => a.firstAt - b.firstAt).map(({ id }) => id);
}

/**
 * Length of the shortest beginning, cut between words, that names the entry; null when the whole does not. Sought by
 * halves: what a beginning names, a longer one names too.
 */
function firstMention(plain: string, entry: Labelled, shown: string): number | null {
  if (!namesWords(plain, entry, shown)) return null;
  const ends = [...plain.matchAll(/[\p{L}\p{N}]+/gu)].map(({ 0: word, index }) => index + word.length);
  let [low, high] = [0, ends.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (namesWords(plain.slice(0, ends[middle]), entry, shown)) high = middle;
    else low = middle + 1;
  }
  return ends[low] ?? plain.length;
}
