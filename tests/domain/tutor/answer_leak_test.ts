/** The filter between a tutor and the answer: every notation of a key is found, ordinary help passes. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { renderItem } from "../../../src/domain/curriculum/render_item.ts";
import { answerLeak, type Leak } from "../../../src/domain/tutor/answer_leak.ts";
import { wholeSentences } from "../../../src/domain/tutor/whole_sentences.ts";
import { COURSE } from "../../content/elementary_algebra.ts";
import { number, PRIME, type Question, text } from "./told_and_untold.ts";

function leak(question: Question, said: string, words = "", earlier: readonly string[] = []): Leak | null {
  return answerLeak(question, { words, earlier, text: said, calculations: "withheld" });
}

function allFound(question: Question, sayings: readonly string[]): void {
  assert.deepEqual(sayings.filter((said) => leak(question, said) === null), []);
}

function allPass(question: Question, sayings: readonly string[]): void {
  assert.deepEqual(sayings.filter((said) => leak(question, said) !== null), []);
}

Deno.test("[U12] a whole number is found in digits of any script and size, in words, and in odd notations", () => {
  allFound(number(42), [
    "It is 42.",
    "42.0",
    "42,0",
    "４２",
    "٤٢",
    "𝟒𝟐",
    "④②",
    "4️⃣2️⃣",
    "**4**2",
    "4\u200b2",
    "&#52;&#50;",
    "<b>4</b><b>2</b>",
    "$\\boxed{42}$",
    "forty-two",
    "Forty two!",
    "-42",
    "minus forty-two",
    "0x2a",
    "0b101010",
    "XLII",
    "4.2e1",
    "4.2 × 10^1",
    "4200%",
  ]);
});

Deno.test("[U12] a number told digit by digit, by its neighbours or by a calculation is found", () => {
  allFound(number(42), [
    "four two",
    "4 2",
    "4-2",
    "four, then two",
    "The first digit is 4.",
    "between 41 and 43",
    "one more than 41",
    "2 less than 44",
    "6*7",
    "6 times 7",
    "84/2",
    "double 21",
    "half of 84",
    "The first one is 4. And then comes 2.",
    "twenty-one plus twenty-one",
  ]);
});

Deno.test("[U12] fractions are found as decimals, percentages, words and TeX, rounded too", () => {
  allFound(number(0.5), [
    "0.5",
    ".5",
    "0,5",
    "1/2",
    "½",
    "\\frac{1}{2}",
    "\\frac12",
    "one half",
    "a half",
    "50%",
    "50 percent",
    "one over two",
    "five tenths",
    "2/4",
    "zero point five",
    "5e-1",
    "one out of two",
  ]);
  allFound(number(1 / 3), ["1/3", "0.33", "0.333…", "one third", "a third", "33.3%", "⅓"]);
  allFound(number(1.5), ["1 1/2", "1½", "$1\\frac{1}{2}$", "one and a half", "3/2", "three halves", "150%"]);
  allFound(number(1234), ["1,234", "1 234", "1.234", "one thousand two hundred and thirty four"]);
});

Deno.test("[U12] a word is found spelled out, in look-alike letters, in pieces over turns; a formula turned round", () => {
  allFound(text("parabola"), [
    "A parabola.",
    "PARABOLA",
    "P-A-R-A-B-O-L-A",
    "p a r a b o l a",
    "pаrаbоlа",
    "par\u00adabola",
    "**par**abola",
    "It starts with the letter p.",
  ]);
  assert.equal(leak(text("parabola"), "bola", "", ["It goes on from para-"]), "text");
  allFound(text("2x+3"), ["2x + 3", "3 + 2x", "$2x+3$", "2·x + 3"]);
  allFound(text("(x+1)(x-2)"), ["(x - 2)(x + 1)"]);
});

Deno.test("[U12] an option is found by words, letter, place or id, and by naming all the others", () => {
  allFound(PRIME, [
    "It's B.",
    "option b",
    "Answer: B",
    "(b)",
    "b) looks good",
    "the second one",
    "option two",
    "twenty-three",
    "o-b",
    "It is neither 21 nor 25, nor 27.",
  ]);
});

Deno.test("[U12] orders and pairs are found", () => {
  const entries = [{ id: "a", text: "boil water" }, { id: "b", text: "add tea" }, { id: "c", text: "pour it out" }];
  const order: Question = {
    prompt: "Put in order.",
    hints: ["", "", ""],
    form: { kind: "ordering", entries },
    key: { kind: "ordering", order: ["a", "b", "c"] },
  };
  allFound(order, ["First boil water.", "Boil water, add tea.", "You end by pour it out."]);
  allPass(order, ["What does one need before one can drink?", "Where does “add tea” belong, and why?"]);
  const pairs: Question = {
    prompt: "Match.",
    hints: ["", "", ""],
    form: {
      kind: "matching",
      left: [{ id: "f", text: "France" }, { id: "j", text: "Japan" }],
      right: [{ id: "p", text: "Paris" }, { id: "t", text: "Tokyo" }],
    },
    key: { kind: "matching", pairs: { f: "p", j: "t" } },
  };
  allFound(pairs, ["France goes with Paris.", "Take Japan. Its capital is Tokyo."]);
  allPass(pairs, ["What do you know about France?"]);
});

Deno.test("[U12] a guess is not judged, neither confirmed nor denied", () => {
  assert.equal(leak(number(42), "Yes, exactly!", "Is it 42?"), "verdict");
  assert.equal(leak(number(42), "No, that is too high.", "Is it 50?"), "verdict");
  assert.equal(leak(PRIME, "Correct.", "I say 23"), "verdict");
  assert.equal(leak(number(42), "Yes, let us look at it together.", "Can you help me?"), null);
});

Deno.test("[U12] ordinary help passes, links do not", () => {
  allPass(number(42), [
    "What is asked here?",
    "Divide both sides by 3, then look again.",
    "Which one of these is larger, 7 or 35?",
    "What do you get if you double 7?",
  ]);
  allPass(number(1), ["Which one is it?", "Do one step at a time.", "On one side there is x."]);
  allPass(PRIME, ["Can you divide 21 by something?", "A prime has two divisors.", "I would test small divisors."]);
  assert.equal(leak(number(42), "See https://answers.example"), "link");
});

Deno.test("[U12] on the last rung a calculation may stand, its result may not", () => {
  const last = (said: string) => answerLeak(number(42), { words: "", earlier: [], text: said, calculations: "told" });
  assert.equal(last("Now work out 84 / 2."), null);
  assert.equal(last("Now work out 84 / 2 = 42."), "number");
});

Deno.test("[U12] any number between any words is found, whatever its notation, however it is cut into sentences", () => {
  const notations: readonly ((value: number) => string)[] = [
    String,
    (value) => value.toFixed(2),
    (value) => `${value * 100} %`,
    (value) => `${value * 7}/7`,
    (value) => [...String(value)].join(" "),
    (value) => [...String(value)].join("\u200d"),
    (value) => `0x${value.toString(16)}`,
    (value) => String(value).replace(/\d/g, (digit) => String.fromCodePoint(0x1d7ce + Number(digit))),
    (value) => new Intl.NumberFormat("ar-EG", { useGrouping: false }).format(value),
    (value) => new Intl.NumberFormat("en").format(value),
    (value) => `${value}e0`,
  ];
  const words = fc.array(fc.constantFrom("look", "at", "the", "left", "side", "and", "think"), { maxLength: 6 });
  fc.assert(
    fc.property(
      fc.integer({ min: 10, max: 99_999 }),
      fc.constantFrom(...notations),
      words,
      words,
      (value, notation, before, after) => {
        const said = [...before, notation(value), ...after].join(" ");
        assert.notEqual(leak(number(value), said), null, said);
      },
    ),
    { numRuns: 500 },
  );
});

Deno.test("[U12] authored first and second hints pass but for a few, explanations that tell the answer do not", () => {
  const items = COURSE.items.map((item) => renderItem(item, 1));
  const hints = items.flatMap((item) => item.hints.slice(0, 2).map((hint) => leak(item, hint)));
  const stopped = hints.filter((found) => found !== null).length;
  assert.ok(stopped / hints.length < 0.05, `${stopped} of ${hints.length} hints are stopped`);
  const numbers = items.filter(({ key }) => key.kind === "number");
  const untold = numbers.filter((item) => leak(item, item.explanation) === null).map(({ itemId }) => itemId);
  assert.deepEqual(untold, []);
});

Deno.test("[U12] what is still being written is judged by whole sentences", () => {
  assert.equal(wholeSentences("Look at 0.5"), 0);
  assert.equal(wholeSentences("Look at it. Then"), "Look at it. ".length);
  assert.equal(wholeSentences("Look (at “it.”) Then\nnow"), "Look (at “it.”) Then\n".length);
});
