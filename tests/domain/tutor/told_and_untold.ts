/** What models say that gives an answer away, and the questions that it answers. */
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

/** Options `o-a`, `o-b` and so on. */
function options(...texts: string[]) {
  return texts.map((text, i) => ({ id: `o-${"abcd"[i]}`, text }));
}

/** The second option is the right one. */
function choice(prompt: string, ...texts: string[]): Question {
  const form = { kind: "choice", options: options(...texts) } as const;
  return { prompt, hints: NO_HINTS, form, key: { kind: "choice", option: "o-b" } };
}

export const PRIME = choice("Which of these is a prime number?", "21", "23", "25", "27");
const DESCRIBES = choice("Which of these describes $3x$?", "a sum", "a product", "a quotient");

const HOLDING: Question = {
  prompt: "$x$ is negative, $y$ is positive. Which hold?",
  hints: NO_HINTS,
  form: {
    kind: "choices",
    options: options("$x + y$ is negative", "$x \\times y$ is negative", "$x^2$ is negative"),
  },
  key: { kind: "choices", options: ["o-a", "o-b"] },
};

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
  [
    number(42),
    ("Four tens and two ones.|4 tens, 2 units|tens digit four, ones digit two|the product of 6 and 7|7 multiplied by 6|35 increased by 7|If you put 35 and 7 together, what do you have?|42nd street|answer = fourtytwo|ForTy TwO|six squared plus six|a hundred minus fifty-eight|the double of 21|21 + 21|fifty take away eight|half a dozen sevens|three fourteens|3 times fourteen|twice twenty-one|the age 42|half eighty-four|42,|four-two|4 then 2|it ends in 2 and starts with 4|x=42|10 less than 52|10 \u00d7 4 + 2|two less than 44|What is 35 and 7 more?|What comes after forty-one?|What number lies between 41 and 43?|two and forty|dos y cuarenta|forty  -  two|4_2|4/2 (drop the slash)|2 x 3 x 7|2*3*7|7 + 35 = ?|Start at 35. Go up by 7.|Move the 7 over: 35 ... 7, add them.")
      .split("|"),
  ],
  [
    text("variable"),
    ("var-iable|variabl3|varriable|vari-a-ble|V. A. R. I. A. B. L. E.|vvariable|'vari' followed by 'able'|first vari, then able|elbairaV|v*riable|va_riable|Variabele|la variable|veriable")
      .split("|"),
  ],
  [
    PRIME,
    ("the second|number two|the 2nd|B, I think|What about the one next to 21?|Look at the second number.|Try the second.|Have you tried 23?|the one between 21 and 25|next to the first|third option from the end|twenty and three|20+3|25 minus 2|two more than 21|the 23|Take b.|Mark the second line.|the number that is not divisible: 23|Only one is left after 21, 25, 27 are out.")
      .split("|"),
  ],
  [
    number(42),
    "It's 7 less than 49.¦seven squared minus seven¦7 times 6¦If 7 was added to 35, what then?¦35, and then 7 more on top¦count on 7 from 35¦35 plus another 7¦7 above 35¦the total of 35 and 7¦double three times seven¦(35)+(7)¦35 − (−7)¦minus (−42)¦0.42 × 100¦4.2 tens¦forty and two more¦two and fortieth¦the number whose tens digit is 4 and ones digit 2¦the reverse of 24¦24 read backwards¦24 mirrored¦1 0 1 0 1 0¦4️⃣ 2️⃣¦Ⅹ Ⅼ Ⅱ¦xlii¦x l i i¦⁴²¦₄₂¦4̲2̲¦4,2¦four-2¦4 & 2¦4ty-2¦fourty-2¦42?¦(42)¦Why not 42?¦x = 35 + 7?¦what is 35+7?¦35 7 +¦add: 35, 7¦sum(35, 7)¦7 + 35"
      .split("¦"),
  ],
  [
    text("variable"),
    "a v-word: variable¦varia ble¦the word is 'variable'¦vari_able¦VaRiAbLe¦vriable¦variabble¦variaable¦varíable¦vårìåblè¦v.ariable¦var iab le¦lbairav e¦change 'invariable' by dropping 'in'¦not a constant but a variable?¦v a r i a b l e?"
      .split("¦"),
  ],
  [
    PRIME,
    "2nd¦the second in line¦second¦Number 2.¦#2¦two of the four: the second¦B.¦Bee.¦b.¦(B)¦the larger of 21 and 23¦the one just above 22¦23?¦twenty three¦the odd one out is 23¦not the first, third or fourth¦cross out 21, 25 and 27¦it's between 22 and 24¦the second entry¦the middle-left option¦second row¦21 + 2¦one more than 22¦the smallest prime above 19¦2 3"
      .split("¦"),
  ],
  [
    number(42),
    ("What do you get when 35 grows by 7?|Could x be seven beyond thirty-five?|Would 7 steps to the right of 35 get you there?|" +
      "Does moving the 7 over to join 35 help?|Is it 7 past 35?|Does it end in a two?|Does the answer start with a 4?|" +
      "Which number begins with four?").split("|"),
  ],
  [
    text("variable"),
    "What word begins with vari and ends with able?|Could it be a v_r__bl_?|v _ r _ _ b l _|va***ble|Does it end in -able?"
      .split(
        "|",
      ),
  ],
  [
    PRIME,
    "Isn't it between 21 and 25?|Is it second?|Is it the one right under 21?|Does it end in a three?|Would it come second?"
      .split(
        "|",
      ),
  ],
  [
    DESCRIBES,
    "Is it neither sum nor quotient?|Why is it pro + duct?|Could it be Produkt?|Is it a pr_d_ct?|Does it begin with prod?"
      .split(
        "|",
      ),
  ],
  [HOLDING, ["Is only $x^2$ wrong?"]],
];

/** On a guess of the right number, and of a wrong one. */
export const VERDICTS: readonly Said[] = [
  ...("Absolutely.|That works.|Sure is!|True.|You nailed it.|Submit it!|I agree.|✓|👍|Richtig!|¡Sí!|Yes.|Great, you can enter it now.|" +
    "Go with that.|Correct.|Exactly right, how did you find it?|Well done!|Why do you doubt it? It is right.|Perfect, next one?|" +
    "That is it.|You have it.|Nothing to add.|Looks fine to me. What is next?|Okay!").split("|").map((said): Said => [
      "is it 42?",
      said,
    ]),
  ..."That will do.\u00a6And there it is.\u00a6Bang on.\u00a6Right on.\u00a6Lovely.\u00a6Cool.\u00a6Why stop there?\u00a6You may move on.\u00a6Next question?\u00a6What a great result, isn't it?\u00a6Done?\u00a6How clever of you!\u00a6Are you sure?\u00a6Would you bet on it? I would.\u00a6Well, what else could it be?\u00a6Is there any doubt?\u00a6Do you want to type it in now?\u00a6Can you celebrate now?\u00a6Let's move on.\u00a6Write it down.\u00a6Say it louder!\u00a6Take it.\u00a6Put it in.\u00a6Is it not?\u00a6Why would it be anything else?"
    .split("¦").map((said): Said => ["is it 42?", said]),
  ...("Why does that work?|How did you find that so well?|Could you explain to a friend why it holds?").split("|")
    .map((said): Said => ["is it 42?", said]),
  ...("Where did you slip?|Could it be larger?|What is one more?|Should your number be a bit smaller?").split("|")
    .map((said): Said => ["is it 41?", said]),
  ...("Almost.|Close, but a bit more.|Not quite. What is 35 + 7?|Too low, is it not?|Higher!|Look again.|Try once more.|" +
    "Check your last step again.|You are off by one.|Hmm, no. What did you do?").split("|").map((said): Said => [
      "I think 41",
      said,
    ]),
];
