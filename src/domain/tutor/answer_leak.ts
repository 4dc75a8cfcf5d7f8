/** Whether a text that a learner is about to read gives away the answer to the item they have open. */
import { assertNever } from "../assert_never.ts";
import { parseNumber } from "../curriculum/parse_number.ts";
import type { Labelled, RenderedItem } from "../curriculum/rendered_item.ts";
import { type NumberKey, tellsCalculation, tellsNumber } from "./number_leak.ts";
import { entriesNamed, optionsNamed } from "./option_mention.ts";
import { plainForm } from "./plain_form.ts";
import { tellsText } from "./text_leak.ts";

type Question = Pick<RenderedItem, "prompt" | "form" | "key">;

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

export type Leak = "link" | "number" | "calculation" | "text" | "option" | "order" | "pair" | "shape" | "verdict";

/** Characters of what was said before that are read once more with each sentence. */
const EARLIER_READ_MAX = 800;

const LINK = /https?:|www\.|\]\(/;
/** Talk of the answer's letters or digits: in pieces small enough, anything can be told. */
const SHAPE =
  /\b(?:first|second|third|fourth|fifth|last|next|tens|ones|units|hundreds) (?:letter|digit)|\b(?:begins|starts|ends) (?:with|in) (?:the )?(?:letter|digit|an? [a-z]\b|["']?[a-z\d]["']?\b)|\b(?:spelled|spelt|backwards|reversed|rhymes|anagram|ascii|unicode|base64|rot13|caesar|morse|hexadecimal)\b/;
const VERDICT =
  /\b(?:yes|yep|yeah|correct|exactly|precisely|indeed|bingo|spot on|well done|good guess|no|nope|incorrect|wrong|not quite|too (?:high|low|big|small|large|little)|higher|lower|warmer|colder)\b|\bthat(?:'s| is) (?:it|right|true|the one)|\byou(?:'ve| have)? got it|\byou(?:'re| are) right/;
const PLACE_WORD = /\b(?:first|last|start|begin|starts|begins|end|ends|finish|before|after|then)\b/;

function shownNumbers(prompt: string, words: string): boolean {
  const inPrompt = new Set(plainForm(prompt).match(/\d+/g) ?? []);
  return (plainForm(words).match(/\d+/g) ?? []).some((digits) => !inPrompt.has(digits));
}

function numberKeyOf(text: string): NumberKey | null {
  const number = parseNumber(text.replaceAll("$", "").trim());
  return number === null ? null : { value: number.value, tolerance: 0, unit: null, factors: {} };
}

function numberLeak(text: string, key: NumberKey, calculations: Calculations): Leak | null {
  const plain = plainForm(text);
  if (tellsNumber(plain, key)) return "number";
  return calculations === "withheld" && tellsCalculation(plain, key) ? "calculation" : null;
}

function textLeak(text: string, accepted: readonly string[], prompt: string, calculations: Calculations): Leak | null {
  const plain = plainForm(text);
  for (const one of accepted) {
    const key = numberKeyOf(one);
    const leak = key === null ? null : numberLeak(text, key, calculations);
    if (leak !== null) return leak;
    if (key === null && tellsText(plain, one, prompt)) return "text";
  }
  return null;
}

/** A right option is named, or all the wrong ones are. */
function choiceLeak(text: string, options: readonly Labelled[], right: readonly string[], prompt: string): Leak | null {
  const named = optionsNamed(text, options, prompt);
  const wrong = options.filter(({ id }) => !right.includes(id));
  const isNamed = right.some((id) => named.has(id)) || (wrong.length > 0 && wrong.every(({ id }) => named.has(id)));
  return isNamed ? "option" : null;
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
      return numberLeak(text, key, calculations);
    case "text":
      return textLeak(text, key.accepted, prompt, calculations);
    case "choice":
      return form.kind === "choice" ? choiceLeak(text, form.options, [key.option], prompt) : null;
    case "choices":
      return form.kind === "choices" ? choiceLeak(text, form.options, key.options, prompt) : null;
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

/** Whether the learner's words are a guess that a verdict would judge. */
function isGuess(question: Question, words: string): boolean {
  const { form, prompt } = question;
  switch (form.kind) {
    case "number":
      return shownNumbers(prompt, words) || leakOf(question, words, "withheld") !== null;
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

/**
 * What gives the answer away: in `text` alone, or together with what was said before; null when nothing does. It sees
 * notations, not meanings: a riddle passes. What is told while an item is open has to pass here on every rung.
 */
export function answerLeak(question: Question, { words, earlier, text, calculations }: Saying): Leak | null {
  const plain = plainForm(text);
  if (LINK.test(text.toLowerCase())) return "link";
  if (SHAPE.test(plain)) return "shape";
  if (VERDICT.test(plain) && isGuess(question, words)) return "verdict";
  const before = earlier.join("\n").slice(-EARLIER_READ_MAX);
  return leakOf(question, text, calculations) ??
    (before === "" ? null : leakOf(question, `${before}\n${text}`, calculations));
}
