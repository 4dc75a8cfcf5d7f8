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
];

Deno.test("[V6] insults are noticed through case, accents, drawn-out letters and digits for letters", () => {
  for (const text of UNCIVIL) assert.ok(!isCivil(text), text);
});

Deno.test("[V6] hard words about an argument, and words that only hold an insult's letters, may stand", () => {
  for (const text of CIVIL) assert.ok(isCivil(text), text);
});
