/** Grading: the key right, others wrong or partly right, and what is no answer refused. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { answerInWords } from "../../../src/domain/curriculum/answer_in_words.ts";
import { grade, TEXT_ANSWER_LENGTH_MAX } from "../../../src/domain/curriculum/grade.ts";
import type { AnswerForm, AnswerKey, Response } from "../../../src/domain/curriculum/rendered_item.ts";

const RIGHT = { kind: "graded", correct: true, score: 1 } as const;
const WRONG = { kind: "graded", correct: false, score: 0 } as const;

function labelled(ids: string) {
  return [...ids].map((id) => ({ id, text: `text ${id}` }));
}

function assertMalformed(key: AnswerKey, form: AnswerForm, response: Response): void {
  const graded = grade(key, form, response);
  assert.equal(graded.kind, "malformed", JSON.stringify(response));
  assert(graded.kind === "malformed" && graded.expected.length > 10);
}

Deno.test("[C3] a choice is right, wrong, or none of the options", () => {
  const form: AnswerForm = { kind: "choice", options: labelled("abc") };
  const key: AnswerKey = { kind: "choice", option: "b" };
  assert.deepEqual(grade(key, form, { kind: "choice", option: "b" }), RIGHT);
  assert.deepEqual(grade(key, form, { kind: "choice", option: "a" }), WRONG);
  for (const option of ["d", "", "B", "text b"]) assertMalformed(key, form, { kind: "choice", option });
  assertMalformed(key, form, { kind: "text", text: "b" });
});

Deno.test("[C3] choices count hits minus misses over the number of right ones", () => {
  const form: AnswerForm = { kind: "choices", options: labelled("abcde") };
  const key: AnswerKey = { kind: "choices", options: ["a", "b", "c"] };
  const score = (ids: string) => {
    const graded = grade(key, form, { kind: "choices", options: [...ids] });
    assert(graded.kind === "graded");
    return graded.score;
  };
  assert.equal(score("cab"), 1);
  assert.equal(score("ab"), 2 / 3);
  assert.equal(score("abd"), 1 / 3);
  assert.equal(score("de"), 0);
  assert.equal(score("abcde"), 1 / 3);
  for (const ids of ["", "aa", "az", "abcdea"]) assertMalformed(key, form, { kind: "choices", options: [...ids] });
});

Deno.test("[C3] numbers are right within the tolerance, in any accepted notation and unit", () => {
  const form: AnswerForm = { kind: "number", units: ["cm", "mm", "m"] };
  const key: AnswerKey = { kind: "number", value: 150, tolerance: 1, unit: "cm", factors: { mm: 0.1, m: 100 } };
  const given = (value: number | string, unit: string | null = null) =>
    grade(key, form, { kind: "number", value, unit });
  for (const value of ["150 cm", "1,5 m", "1500mm", "151 cm", "1 1/2 m"]) assert.deepEqual(given(value), RIGHT, value);
  for (const value of ["152 cm", "150 m", "-150 cm"]) assert.deepEqual(given(value), WRONG, value);
  assert.deepEqual(given(150, "cm"), RIGHT);
  assert.deepEqual(given("1.5 m", "m"), RIGHT);
  const malformed: readonly (readonly [number | string, string | null])[] = [
    ["150", null],
    [150, null],
    ["150 kg", null],
    ["150", "kg"],
    ["150 cm", "m"],
    [NaN, "cm"],
    [Infinity, "cm"],
    ["many", "cm"],
    ["150", "constructor"],
    ["9".repeat(1_000), "cm"],
  ];
  for (const [value, unit] of malformed) assertMalformed(key, form, { kind: "number", value, unit });
});

Deno.test("[C3] a number without a unit takes none, with a single unit it may be left out", () => {
  const plain: AnswerKey = { kind: "number", value: 1 / 3, tolerance: 0, unit: null, factors: {} };
  const form: AnswerForm = { kind: "number", units: [] };
  for (const value of ["1/3", "2/6", 1 / 3, "x = 1/3"]) {
    assert.deepEqual(grade(plain, form, { kind: "number", value, unit: null }), RIGHT, String(value));
  }
  assert.deepEqual(grade(plain, form, { kind: "number", value: "0.333", unit: null }), WRONG);
  assertMalformed(plain, form, { kind: "number", value: "1/3 cm", unit: null });
  const percent: AnswerKey = { kind: "number", value: 9, tolerance: 0, unit: "%", factors: {} };
  const percentForm: AnswerForm = { kind: "number", units: ["%"] };
  for (const value of ["9", "9%", "9 %"]) {
    assert.deepEqual(grade(percent, percentForm, { kind: "number", value, unit: null }), RIGHT);
  }
});

Deno.test("[C3] texts compare without case, spaces and typography, but with accents", () => {
  const form: AnswerForm = { kind: "text" };
  const given = (accepted: string, text: string) =>
    grade({ kind: "text", accepted: ["nothing else", accepted] }, form, { kind: "text", text });
  const same: readonly (readonly [string, string])[] = [
    ["2x + 3", " 2X+3 "],
    ["2x - 3", "2 x − 3"],
    ["x^2 + 1", "x² + 1"],
    ["x <= 4", "x ≤ 4"],
    ["like terms", "Like   TERMS"],
    ["côté", "cote\u0301".replace("o", "o\u0302")],
    ["2 * x", "2·x"],
    ["it's", "it’s"],
  ];
  for (const [accepted, text] of same) assert.deepEqual(given(accepted, text), RIGHT, text);
  for (
    const [accepted, text] of [["like terms", "liketerms"], ["côté", "cote"], ["x^2", "x2"], ["1 2", "12"]] as const
  ) {
    assert.deepEqual(given(accepted, text), WRONG, text);
  }
  const key: AnswerKey = { kind: "text", accepted: ["a"] };
  for (const text of ["", "  ", "a".repeat(TEXT_ANSWER_LENGTH_MAX + 1)]) {
    assertMalformed(key, form, { kind: "text", text });
  }
});

Deno.test("[C3] an ordering scores Kendall's tau, and never below 0", () => {
  const order = [..."abcde"];
  const form: AnswerForm = { kind: "ordering", entries: labelled("caebd") };
  const key: AnswerKey = { kind: "ordering", order };
  assert.deepEqual(grade(key, form, { kind: "ordering", order }), RIGHT);
  assert.deepEqual(grade(key, form, { kind: "ordering", order: order.toReversed() }), WRONG);
  assert.deepEqual(grade(key, form, { kind: "ordering", order: [..."bacde"] }), {
    kind: "graded",
    correct: false,
    score: 0.8,
  });
  for (const ids of ["abcd", "abcdd", "abcdz", "", "abcdea"]) {
    assertMalformed(key, form, { kind: "ordering", order: [...ids] });
  }
  fc.assert(fc.property(fc.shuffledSubarray(order, { minLength: 5 }), (given) => {
    const graded = grade(key, form, { kind: "ordering", order: given });
    assert(graded.kind === "graded" && graded.score >= 0 && graded.score <= 1);
    assert.equal(graded.correct, given.join("") === "abcde");
  }));
});

Deno.test("[C3] a matching scores the share of right pairs", () => {
  const form: AnswerForm = { kind: "matching", left: labelled("123"), right: labelled("ab") };
  const key: AnswerKey = { kind: "matching", pairs: { 1: "a", 2: "b", 3: "a" } };
  assert.deepEqual(grade(key, form, { kind: "matching", pairs: { 3: "a", 2: "b", 1: "a" } }), RIGHT);
  assert.deepEqual(grade(key, form, { kind: "matching", pairs: { 1: "a", 2: "a", 3: "a" } }), {
    kind: "graded",
    correct: false,
    score: 2 / 3,
  });
  const malformed: readonly { readonly [left: string]: string }[] = [
    {},
    { 1: "a", 2: "b" },
    { 1: "a", 2: "b", 4: "a" },
    { 1: "a", 2: "b", 3: "c" },
    { 1: "a", 2: "b", constructor: "a" },
  ];
  for (const pairs of malformed) assertMalformed(key, form, { kind: "matching", pairs });
});

Deno.test("[C3] answerInWords says the key in the learner's terms", () => {
  const options = labelled("abc");
  assert.equal(answerInWords({ kind: "choice", option: "b" }, { kind: "choice", options }), "text b");
  assert.equal(answerInWords({ kind: "choices", options: ["a", "c"] }, { kind: "choices", options }), "text a; text c");
  assert.equal(answerInWords({ kind: "text", accepted: ["x < 3", "3 > x"] }, { kind: "text" }), "x < 3");
  const order = ["c", "a", "b"];
  assert.equal(
    answerInWords({ kind: "ordering", order }, { kind: "ordering", entries: options }),
    "text c → text a → text b",
  );
  const matching: AnswerForm = { kind: "matching", left: labelled("12"), right: labelled("ab") };
  assert.equal(
    answerInWords({ kind: "matching", pairs: { 1: "b", 2: "a" } }, matching),
    "text 1 — text b; text 2 — text a",
  );
  const number: AnswerForm = { kind: "number", units: ["km"] };
  assert.equal(answerInWords({ kind: "number", value: 7 / 3, tolerance: 0, unit: null, factors: {} }, number), "7/3");
  const threeEighths = { kind: "number", value: 0.375, tolerance: 0, unit: null, factors: {} } as const;
  assert.equal(answerInWords(threeEighths, number), "0.375");
  assert.equal(answerInWords({ ...threeEighths, written: "decimal" }, number), "0.375");
  const asFraction = (value: number) => answerInWords({ ...threeEighths, value, written: "fraction" }, number);
  assert.deepEqual([0.375, -1.5, 4, Math.PI].map(asFraction), ["3/8", "-3/2", "4", "3.14159265359"]);
  assert.equal(
    answerInWords({ kind: "number", value: 0.30000000000000004, tolerance: 0.01, unit: "km", factors: {} }, number),
    "0.3 km (within 0.01)",
  );
});
