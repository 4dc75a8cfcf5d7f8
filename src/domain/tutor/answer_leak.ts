/** Whether a text that a learner is about to read gives away the answer to the item they have open. */
import { assertNever } from "../assert_never.ts";
import type { AnswerForm, Labelled, RenderedItem } from "../curriculum/rendered_item.ts";
import { plainForm } from "../plain_form.ts";
import { namesForeignNumber } from "./foreign_numbers.ts";
import { hasOwnFigures } from "./hint_figures.ts";
import { hasStrangeSigns, isSpelledOut } from "./hint_signs.ts";
import { holdsBlanked, tellsEdge } from "./key_shape.ts";
import { holdsNearWord } from "./near_word.ts";
import { type NumberKey, numberWritten, signsForWords, tellsCalculation, tellsNumber } from "./number_leak.ts";
import { entriesNamed, nounOf, optionsNamed } from "./option_mention.ts";
import { standsBetween, tellsOptionPlace } from "./option_place.ts";
import { asksSomething, judgesGuess } from "./reply_to_guess.ts";
import { tellsText } from "./text_leak.ts";

type Question = Pick<RenderedItem, "prompt" | "form" | "key" | "hints">;

/** Whether a calculation may be told whose result is the answer: on the last rung, for the learner to do. */
export type Calculations = "told" | "withheld";

/** What was said so far on an item, and what is about to be. */
export interface Saying {
  /** What the learner has just written: their guess is not to be judged. */
  readonly words: string;
  /** What was said on this item before, each a text of its own. */
  readonly earlier: readonly string[];
  readonly text: string;
  readonly calculations: Calculations;
}

export type Leak =
  | "link"
  | "signs"
  | "shape"
  | "figure"
  | "verdict"
  | "number"
  | "calculation"
  | "text"
  | "option"
  | "order"
  | "pair";

/** Characters of what was said before that are read once more with each sentence. */
const EARLIER_READ_MAX = 800;

const LINK = /https?:|www\.|\]\(/;
/** Talk of the answer's letters or digits: in pieces small enough, anything can be told. */
const SHAPE =
  /\b(?:first|second|third|fourth|fifth|last|next|tens|ones|units|hundreds) (?:letter|digit)|\b(?:tens|ones|units?|hundreds|thousands|tenths|hundredths)(?:'s?)? (?:place|column|position|digit)|\btens?\b.{0,15}\b(?:ones?|units?)\b|\b(?:begins|starts|ends) (?:with|in) (?:the )?(?:letter|digit|an? [a-z]\b|["']?[a-z\d]["']?\b)|\b(?:spelled|spelt|spells|backwards|reversed|rhymes|anagram|ascii|unicode|base64|rot13|caesar|morse|braille|binary|octal|hexadecimal|roman numerals?|alphabet|base (?:two|eight|ten|twelve|sixteen|\d+))\b|\b(?:\d+|two|three|four|five|six|seven|eight|nine) (?:score|decades?|gross)\b/;
const LETTER_NUMBERS = /\b\d{1,2}(?:[\s\-.,/]+\d{1,2}){3,}\b/;
/** Words that bring a guess: of a learner who names nothing that the filter knows. */
const GUESSING =
  /\b(?:is it|is that|it's|it is|i (?:think|got|get|say|said|guess|would say|have)|my (?:answer|guess)|maybe|perhaps|could it be|would it be)\b|(?:^|, )(?:right|correct)\?/;
const PLACE_WORD = /\b(?:first|last|start|begin|starts|begins|end|ends|finish|before|after|then)\b/;

function numberLeak(text: string, key: NumberKey, prompt: string, calculations: Calculations): Leak | null {
  const plain = plainForm(text);
  if (tellsNumber(plain, key)) return "number";
  if (tellsEdge(plain, String(Math.abs(key.value)))) return "shape";
  return calculations === "withheld" && tellsCalculation(plain, key, prompt) ? "calculation" : null;
}

function textLeak(text: string, accepted: readonly string[], prompt: string, calculations: Calculations): Leak | null {
  const plain = plainForm(text);
  for (const one of accepted) {
    const key = numberWritten(one);
    const leak = key === null ? null : numberLeak(text, key, prompt, calculations);
    if (leak !== null) return leak;
    if (key !== null) continue;
    if (tellsText(plain, one, prompt) || tellsText(signsForWords(plain), one, prompt)) return "text";
    if (holdsNearWord(plain, plainForm(one), plainForm(prompt))) return "text";
    if (holdsBlanked(text, plainForm(one)) || tellsEdge(plain, plainForm(one))) return "shape";
    if (LETTER_NUMBERS.test(plain)) return "shape";
  }
  return null;
}

/** The word that an option is, misspelled, with blanks, or by its beginning or end. */
function hintsAtOption(text: string, option: Labelled, others: readonly Labelled[], prompt: string): boolean {
  const [plain, noun] = [plainForm(text), nounOf(option.text)];
  const shown = plainForm([prompt, ...others.map((other) => other.text)].join("\n"));
  return holdsBlanked(text, noun) || tellsEdge(plain, noun) || holdsNearWord(plain, noun, shown);
}

/** A right option is named or worked out, all the wrong ones are named, or one is told by its place. */
function choiceLeak(
  text: string,
  options: readonly Labelled[],
  right: readonly string[],
  prompt: string,
  calculations: Calculations,
): Leak | null {
  const named = optionsNamed(text, options, prompt);
  const shown = [prompt, ...options.map((option) => option.text)].join("\n");
  if (tellsOptionPlace(plainForm(text), plainForm(shown)) || standsBetween(plainForm(text), named.size)) {
    return "option";
  }
  const wrong = options.filter(({ id }) => !right.includes(id));
  const isNamed = right.some((id) => named.has(id)) || (wrong.length > 0 && wrong.every(({ id }) => named.has(id)));
  if (isNamed) return "option";
  const isHinted = options.some((option) =>
    right.includes(option.id) && hintsAtOption(text, option, options.filter((other) => other !== option), prompt)
  );
  if (isHinted) return "option";
  const numbers = options.filter(({ id }) => right.includes(id)).flatMap((option) => numberWritten(option.text) ?? []);
  const leaks = numbers.map((number) => numberLeak(text, number, prompt, calculations));
  return leaks.find((leak) => leak !== null) ?? null;
}

/** Two neighbours are named in their order, or one entry with its place. */
function orderLeak(text: string, entries: readonly Labelled[], order: readonly string[], prompt: string): Leak | null {
  const named = entriesNamed(text, entries, prompt);
  const isOrdered = order.slice(1).some((id, i) => {
    const [before, after] = [named.indexOf(order[i] ?? ""), named.indexOf(id)];
    return before !== -1 && after > before;
  });
  const isPlaced = text.split(/[.!?\n]/).some((sentence) =>
    PLACE_WORD.test(plainForm(sentence)) && entriesNamed(sentence, entries, prompt).length > 0
  );
  return isOrdered || isPlaced ? "order" : null;
}

function leakOf({ prompt, form, key }: Question, text: string, calculations: Calculations): Leak | null {
  switch (key.kind) {
    case "number":
      return numberLeak(text, key, prompt, calculations);
    case "text":
      return textLeak(text, key.accepted, prompt, calculations);
    case "choice":
      return form.kind === "choice" ? choiceLeak(text, form.options, [key.option], prompt, calculations) : null;
    case "choices":
      return form.kind === "choices" ? choiceLeak(text, form.options, key.options, prompt, calculations) : null;
    case "ordering":
      return form.kind === "ordering" ? orderLeak(text, form.entries, key.order, prompt) : null;
    case "matching": {
      if (form.kind !== "matching") return null;
      const named = new Set([...entriesNamed(text, form.left, prompt), ...entriesNamed(text, form.right, prompt)]);
      return Object.entries(key.pairs).some(([left, right]) => named.has(left) && named.has(right)) ? "pair" : null;
    }
    default:
      return assertNever(key);
  }
}

function textsOf(form: AnswerForm): readonly string[] {
  switch (form.kind) {
    case "choice":
    case "choices":
      return form.options.map(({ text }) => text);
    case "ordering":
      return form.entries.map(({ text }) => text);
    case "matching":
      return [...form.left, ...form.right].map(({ text }) => text);
    case "number":
      return form.units;
    case "text":
      return [];
    default:
      return assertNever(form);
  }
}

/** What the learner sees of the exercise, or will. */
function shownOf({ prompt, form, hints }: Question): string {
  return [prompt, ...textsOf(form), ...hints].join("\n");
}

/** Whether the learner's words are a guess that a verdict would judge. */
function isGuess(question: Question, words: string): boolean {
  const { form, prompt } = question;
  const plain = plainForm(words);
  if (GUESSING.test(plain)) return true;
  switch (form.kind) {
    case "number":
      return hasOwnFigures(plain, plainForm(prompt)) || leakOf(question, words, "withheld") !== null;
    case "choice":
    case "choices":
      return optionsNamed(words, form.options, prompt).size > 0;
    case "text":
    case "ordering":
    case "matching":
      return leakOf(question, words, "withheld") !== null;
    default:
      return assertNever(form);
  }
}

/** What no hint may be, whatever the key is. */
function unfit(question: Question, { words, text, calculations }: Saying): Leak | null {
  const plain = plainForm(text);
  const shown = shownOf(question);
  const shownPlain = plainForm(shown);
  const shape = SHAPE.exec(plain);
  if (LINK.test(text.toLowerCase())) return "link";
  if (hasStrangeSigns(text, shown) || namesForeignNumber(plain, shownPlain)) return "signs";
  if (isSpelledOut(plain, shownPlain) || (shape !== null && !shownPlain.includes(shape[0]))) return "shape";
  if (calculations === "withheld" && hasOwnFigures(plain, `${shownPlain}\n${plainForm(words)}`)) return "figure";
  const reading = calculations === "withheld" ? "strict" : "free";
  return isGuess(question, words) && judgesGuess(plain, reading) ? "verdict" : null;
}

/**
 * What gives the answer away: in `text` alone, or together with what was said before; null when nothing does. Before
 * the last rung only what a hint may be passes: in signs, figures and words of the exercise, and to a guess nothing but
 * questions. It sees notations, not meanings: a riddle passes. What is told while an item is open has to pass here on
 * every rung.
 */
export function answerLeak(question: Question, saying: Saying): Leak | null {
  const { earlier, text, calculations } = saying;
  const before = earlier.join("\n").slice(-EARLIER_READ_MAX);
  return unfit(question, saying) ?? leakOf(question, text, calculations) ??
    (before === "" ? null : leakOf(question, `${before}\n${text}`, calculations));
}

/** Whether the text asks its reader something, as every hint before the last rung has to. */
export function asksReader(text: string): boolean {
  return asksSomething(plainForm(text));
}
