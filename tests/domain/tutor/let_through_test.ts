/** How much of what honest tutors say is let through, and that nothing of what gives an answer away is. */
import assert from "node:assert/strict";
import { answerLeak, asksReader } from "../../../src/domain/tutor/answer_leak.ts";
import { HONEST } from "./honest_hints.ts";
import { LEAKS, number, type Question, type Said, VERDICTS } from "./told_and_untold.ts";

const HONEST_SHARE_MIN = 0.95;

function leakIn(question: Question, [words, text]: Said): string | null {
  return answerLeak(question, { words, earlier: [], text, calculations: "withheld" }) ??
    (asksReader(text) ? null : "no question");
}

Deno.test("[U12] nearly all that honest tutors say about the demo course is let through", () => {
  const all = HONEST.flatMap(([question, sayings]) => sayings.map((said) => ({ said, leak: leakIn(question, said) })));
  const stopped = all.filter(({ leak }) => leak !== null);
  console.log(`${all.length - stopped.length} of ${all.length} honest hints are let through`);
  assert.ok(all.length >= 60);
  assert.ok(stopped.length <= all.length * (1 - HONEST_SHARE_MIN), JSON.stringify(stopped, null, 1));
});

Deno.test("[U12] nothing that gives an answer away is let through, asked as a question or said", () => {
  const all = LEAKS.flatMap(([question, sayings]) =>
    sayings.flatMap((said) =>
      [said, `Could it be this: ${said} - what do you think of it?`].map((text) => ({ question, text }))
    )
  );
  const told = all.filter(({ question, text }) =>
    answerLeak(question, { words: "", earlier: [], text, calculations: "withheld" }) === null
  );
  console.log(`${all.length - told.length} of ${all.length} leaks in ${all.length / 2} notations are refused`);
  assert.ok(all.length >= 240);
  assert.deepEqual(told.map(({ text }) => text), []);
});

Deno.test("[U12] no verdict on a guess is let through, right or wrong", () => {
  const told = VERDICTS.filter((said) => leakIn(number(42), said) === null);
  console.log(`${VERDICTS.length - told.length} of ${VERDICTS.length} verdicts are refused`);
  assert.deepEqual(told, []);
});
