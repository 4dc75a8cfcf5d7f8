/** What honest tutors say about items of the demo course, and what models say that give answers away. */
import { renderItem } from "../../../src/domain/curriculum/render_item.ts";
import type { RenderedItem } from "../../../src/domain/curriculum/rendered_item.ts";
import { COURSE } from "../../content/elementary_algebra.ts";

export type Question = Pick<RenderedItem, "prompt" | "form" | "key" | "hints">;
/** Of the learner and of the tutor. */
export type Said = readonly [words: string, text: string];

const NO_HINTS = ["", "", ""] as const;

export function item(id: string): Question {
  const found = COURSE.items.find((one) => one.id === id);
  if (found === undefined) throw new RangeError(`the course has no item ${id}`);
  return renderItem(found, 1);
}

export function number(value: number, prompt = "Solve the equation $x - 7 = 35$."): Question {
  const key = { kind: "number", value, tolerance: 0, unit: null, factors: {} } as const;
  return { prompt, hints: NO_HINTS, form: { kind: "number", units: [] }, key };
}

export function text(...accepted: string[]): Question {
  return { prompt: "Name it.", hints: NO_HINTS, form: { kind: "text" }, key: { kind: "text", accepted } };
}

export const PRIME: Question = {
  prompt: "Which of these is a prime number?",
  hints: NO_HINTS,
  form: {
    kind: "choice",
    options: ["21", "23", "25", "27"].map((option, i) => ({ id: `o-${"abcd"[i]}`, text: option })),
  },
  key: { kind: "choice", option: "o-b" },
};

const LOST = "I don't know how to begin.";

export const HONEST: readonly (readonly [Question, readonly Said[]])[] = [
  [item("signed-add"), [
    [LOST, "Where on the number line do you start?"],
    [LOST, "Think of a number line. Which way do you walk when you add a negative number?"],
    [
      "Which way?",
      "You start at 4 and the second number is negative. What does its sign tell you about the direction?",
    ],
    ["Is it 16?", "How did you get there?"],
    ["I got 16.", "Let's look at the sign of the second number. What does it mean to add something negative?"],
    ["why minus", "Adding a negative number is like paying money out. What happens to what you have?"],
  ]],
  [item("signed-mean"), [
    [LOST, "What does the mean tell you about all four readings together?"],
    ["What is a mean?", "The mean shares the total evenly. How could you get the total back from the mean?"],
    ["I added 2 and 4", "You have looked at two of the readings. What do all three known readings add up to?"],
    ["maybe 3?", "What would the mean of the four readings be then? Put your number in and see."],
    [LOST, "Imagine that every reading were the same as the mean. What would they add up to?"],
  ]],
  [item("order-subtraction-slip"), [
    [LOST, "In which order does one work through additions and subtractions?"],
    ["is it 6", "Which of the two operations did you do first, and why?"],
    ["Kofi says 16 first", "Kofi adds 9 and 7 before anything else. Does the sign in front of the 9 allow that?"],
    [LOST, "Addition and subtraction have the same rank. What does that mean for the order?"],
    ["so left to right?", "Reading from left to right is a good plan here. What comes first then?"],
  ]],
  [item("fractions-order"), [
    [LOST, "Which landmarks could you compare each fraction with?"],
    [LOST, "Is each fraction more or less than a whole? How can you see that from top and bottom?"],
    ["6 is more than 8?", "What does the bottom of a fraction tell you about the size of the pieces?"],
  ]],
  [item("exponents-negative-base"), [
    [LOST, "What does the exponent stand on: only the number, or the number with its sign?"],
    ["brackets?", "Brackets say what belongs together. What is multiplied when the minus sign is inside them?"],
    [LOST, "Write the power out as a product. How many minus signs are in it?"],
  ]],
  [item("like-terms-spot"), [
    [LOST, "What makes two terms like terms?"],
    ["I don't get like terms", "Cover the number in front of the letters. What has to be the same in what is left?"],
    [LOST, "Does a different exponent make it a different kind of thing?"],
    ["is 7 one?", "Which letters do you see in that term, and which in the one in the question?"],
  ]],
  [item("like-terms-two-letters"), [
    [LOST, "Which of these terms can be counted together?"],
    ["x and y?", "Think of x as apples and y as pears. Which terms belong to the apples?"],
    ["18xy?", "Can you add apples and pears to one number? What does each letter stand for?"],
    [LOST, "The sign in front belongs to the term behind it. Which terms with x do you have, with their signs?"],
  ]],
  [item("like-terms-triangle"), [
    [LOST, "What is a perimeter, in your own words?"],
    [LOST, "If you walked around the triangle, which lengths would you add?"],
    ["I added the x", "What is left once the terms with x are collected?"],
  ]],
  [item("distribute-negative"), [
    [LOST, "What does a number in front of a bracket do to each term inside?"],
    ["-7x - 14", "What happens to the sign when two negative numbers are multiplied?"],
    [LOST, "Both terms in the bracket get multiplied. What is the sign of the second term?"],
  ]],
  [item("percent-discount"), [
    [LOST, "What share of the old price is left after the cut?"],
    ["20 - 20?", "Is the cut 20 euros, or 20 % of something? Of what?"],
    ["what does % mean", "Per cent means out of a hundred. How would you write 20 % as a fraction?"],
    [LOST, "A price tag before and one after the sale: which of the two do the 20 % refer to?"],
    ["is it 4", "What does your number stand for: what is taken off or what is left to pay?"],
  ]],
  [item("one-step-divide"), [
    [LOST, "What has been done to x on the left side?"],
    [LOST, "Which operation undoes a division?"],
    ["63?", "Look at the sign on the right side. What does it tell you?"],
    ["times 7?", "Why would that help, and what must you do on the other side?"],
    ["do I subtract 7", "What is the opposite of dividing by 7?"],
  ]],
  [item("two-step-divide"), [
    [LOST, "Which operation was done to x last?"],
    ["I multiplied first", "What happens to the 1 if you multiply first? Is there an easier order?"],
    [LOST, "Think of x being wrapped up twice. Which layer would you take off first?"],
  ]],
  [item("two-step-consecutive"), [
    [LOST, "If the smallest one is called n, what are the others called?"],
    [LOST, "Numbers that follow each other differ by one. How can you write all of them with one letter?"],
    ["is it 28", "What are your three numbers then, and what do they add up to?"],
    ["84 / 3?", "What does it tell you about the one in the middle?"],
  ]],
  [item("inequality-two-step"), [
    [LOST, "What would you do if there were an equals sign?"],
    ["x < 14?", "Which number still stands in front of x there?"],
    [LOST, "When does the sign of an inequality turn round, and does that happen here?"],
  ]],
  [item("slope-steepness"), [
    [LOST, "Which number in the equation tells you how steep a line is?"],
    [LOST, "Does it matter here whether the line goes up or down?"],
  ]],
  [item("line-write"), [
    [LOST, "Which two numbers does the equation of a line need?"],
    [LOST, "What does the slope tell you, and where does it go in the equation?"],
    ["-9x + 4?", "Which of the two numbers belongs to x, and why?"],
  ]],
  [item("system-check"), [
    [LOST, "What must a pair do to be a solution of both equations?"],
    [LOST, "Take any pair and put it into the first equation. What do you get?"],
    ["is it (8, -7)", "What do you get when you put your pair into each equation?"],
  ]],
  [item("factor-squares"), [
    [LOST, "What do you notice about both terms?"],
    [LOST, "Is 64 a square? What pattern has two squares and a minus sign?"],
    ["(x - 64)(x + 1)", "What do you get when you multiply your brackets out?"],
  ]],
  [item("model-ages"), [
    [LOST, "Who gets older as the years go by?"],
    [LOST, "Let t be the number of years. How old is each of them after t years?"],
    ["48 / 12 = 4", "You found how many times as old she is now. What changes as time goes by?"],
    ["is it 8 years", "How old would both of them be then? What does the question ask of those ages?"],
  ]],
  [PRIME, [
    ["what is a prime", "A prime has exactly two divisors. How can you test whether a number has more?"],
    ["is it 21", "Which numbers divide 21?"],
    [LOST, "Which small divisors would you test?"],
    ["I say 27", "What made you choose it? Can you write it as a product?"],
  ]],
];

/** Each a notation, a piece, a calculation, a place or a spelling of the answer. */
export const LEAKS: readonly (readonly [Question, readonly string[]])[] = [
  [
    number(42),
    ("It is XLII.|forty-two|forty two|fourty two|fortytwo|f o r t y - t w o|forty-second|the forty second|42nd|" +
      "four and two side by side|a four then a two|0x2A|2A in base sixteen|101010 in binary|52 in octal|six times seven|" +
      "6 × 7|half of 84|84/2|double 21|35 plus 7|thirty five plus seven|add 7 to 35|35 with 7 more|the sum of 7 and 35|" +
      "Take 35 and put 7 to it.|One more than 41|one less than forty-three|between 41 and 43|40 + 2|3.5 dozen|" +
      "A dozen plus thirty|two score and two|four decades and two years|half a hundred minus eight|eight less than fifty|" +
      "take 41 and add one|the next whole number after 41|41, then the next one|the number before 43|seven sixes|" +
      "6 lots of 7|√1764|the square root of 1764|4e1 + 2|4.2e1|4.2 × 10^1|\\frac{84}{2}|4 2|4-2|$4\\,2$|4**2**|" +
      "$\\text{4}\\text{2}$|$\\mathrm{XLII}$|4<!-- -->2|４２|④②|4️⃣2️⃣|4\u20602|\u202e24\u202c|forty\ntwo|fоrty-two|4,2|" +
      "四十二|⠼⠙⠃|quarante-deux|zweiundvierzig|cuarenta y dos|quaranta due|dwa i czterdzieści|tweeënveertig|quarenta e dois|" +
      "|||| ||| IIIIIII|🖐🖐|the tens place is 4 and the ones place is 2|Put a 4 in the tens column and a 2 in the ones column|" +
      "The last digit is 2.|-(-42)|x equals minus minus forty two|42.0|4200 %|84 halved|21 doubled").split(
        /\|(?!\|)(?<!\|\|)/,
      )
      .filter((said) => said.trim() !== ""),
  ],
  [
    text("variable"),
    ("variable|Variables!|VARI ABLE|v-a-r-i-a-b-l-e|v.a.r.i.a.b.l.e|V A R I A B L E|v_a_r_i_a_b_l_e|var\niable|elbairav|vаriable|" +
      "vαriαble|vari\u00adable|vari\u200bable|vari&shy;able|vari<b></b>able|v@riable|vari4ble|varaible|a variabel|" +
      "vari then able|something that can vary: vari + able|Take invariable and drop the beginning.|ᵛᵃʳⁱᵃᵇˡᵉ|Ⓥⓐⓡⓘⓐⓑⓛⓔ|" +
      "𝓿𝓪𝓻𝓲𝓪𝓫𝓵𝓮|victor alpha romeo india alpha bravo lima echo|22-1-18-9-1-2-12-5|It rhymes with bariable.|" +
      "It starts with the letter v.|Die Variable").split("|"),
  ],
  [
    PRIME,
    ("23|twenty-three|It is B.|option b|b)|the b one|o-b|option 2|choice two|number 2 in the list|②|the second one|" +
      "the second option|the second from the top|the third from the bottom|the one after 21|the one before 25|" +
      "the one in the middle of 21 and 25|the second smallest|the smallest but one|all but the second fall apart|" +
      "the even position|Pick the only one ending in 3|Choose beta|Go for bravo.|22+1|not 21, 25 or 27|" +
      "21 is 3×7, 25 is 5×5, and 27 is 3×9|21, 25 and 27 are not prime").split("|"),
  ],
  [item("like-terms-two-letters"), ["5x + 9y", "9y + 5x", "five x plus nine y", "$5x+9y$", "5·x + 9·y"]],
  [item("percent-discount"), [
    "€16",
    "sixteen euros",
    "20 minus 4",
    "80 % of 20",
    "16.00",
    "1600 cents",
    "take 4 from 20",
  ]],
  [item("signed-add"), ["-8", "minus eight", "eight below zero", "half of sixteen"]],
];

/** On a guess of the right number, and of a wrong one. */
export const VERDICTS: readonly Said[] = [
  ...("Absolutely.|That works.|Sure is!|True.|You nailed it.|Submit it!|I agree.|✓|👍|Richtig!|¡Sí!|Yes.|Great, you can enter it now.|" +
    "Go with that.|Correct.|Exactly right, how did you find it?|Well done!|Why do you doubt it? It is right.|Perfect, next one?|" +
    "That is it.|You have it.|Nothing to add.|Looks fine to me. What is next?|Okay!").split("|").map((said): Said => [
      "is it 42?",
      said,
    ]),
  ...("Almost.|Close, but a bit more.|Not quite. What is 35 + 7?|Too low, is it not?|Higher!|Look again.|Try once more.|" +
    "Check your last step again.|You are off by one.|Hmm, no. What did you do?").split("|").map((said): Said => [
      "I think 41",
      said,
    ]),
];
