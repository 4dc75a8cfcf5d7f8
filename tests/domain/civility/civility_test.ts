/** Which texts are held back, and which are not. */
import assert from "node:assert/strict";
import { isCivil } from "../../../src/domain/civility/civility.ts";

const UNCIVIL = [
  "You idiot",
  "f*ck... FUCK this",
  "sh1t",
  "fuuuuck",
  "You're so stupid",
  "you are dumb",
  "shut up",
  "KYS",
  "I hate you",
  "what a m0r0n!",
  "idiоt",
  "іdіot",
  "ｉｄｉｏｔ",
  "𝓲𝓭𝓲𝓸𝓽",
  "id\u200biot",
  "i d i o t",
  "you are an I.D.I.O.T.",
  "such an id-iot",
  "1 d 1 0 t",
  "you are a i d i o t",
  "you are sooo stuuupid",
  "k i l l yourself",
  "kill y0urself",
  "k1ll yourself",
  "kіll yourself",
  "k.y.s",
  "k y s",
  "shut  up",
  "s h u t up",
  "I h a t e you",
  "1 hate y0u",
  "g0 die",
  "you are $tupid",
  "<b>id</b>iot",
];

const CIVIL = [
  "That is a weak argument, because it rests on one study.",
  "The plan is stupid in winter, I think.",
  "Scunthorpe has a class of classic cars.",
  "Shutters keep the sun out.",
  "I hate long bus rides.",
  "Assess the assignment and pass it on.",
  "Prickly plants are pickable; 3455 of them.",
  "A cocktail of reasons",
  "Plan A or B: a, b, c and d are points on x - y - z.",
  "I solved a * x + b * y = c.",
  "He is 5'4 and she has 10 $ left!",
  "2 + 2 = 4, or 3 * 3 = 9; 1 0 1 in binary.",
  "well-being and co-operation, e.g. in class 7b",
  "Он идёт домой.",
  "She is 13.",
  "They are good at it, so are we.",
];

Deno.test("[V6] insults are noticed through case, accents, drawn-out, spaced, parted and look-alike letters, and digits for letters", () => {
  for (const text of UNCIVIL) assert.ok(!isCivil(text), text);
});

Deno.test("[V6] hard words about an argument, and words that only hold an insult's letters, may stand", () => {
  for (const text of CIVIL) assert.ok(isCivil(text), text);
});
