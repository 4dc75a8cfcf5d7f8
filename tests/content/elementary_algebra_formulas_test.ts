/** Checks the keys of single-formula items of elementary algebra by putting numbers into the formulas shown. */
import assert from "node:assert/strict";
import type { RenderedItem } from "../../src/domain/curriculum/rendered_item.ts";
import { COURSE, drawn, placeOf } from "./elementary_algebra.ts";
import { formulasIn, type Letters, numbersIn, texSides, texValue } from "./tex_math.ts";

const SOME: Letters = { x: 1.7, y: -2.3, a: 1.3, t: 0.6 };

/** What the two sides come to when `key` is the answer; equal when it is right. */
type Check = (formulas: readonly string[], key: number, item: RenderedItem) => readonly [number, number];

/** `x = 5`, `y = -2` as written after the formula. */
function lettersIn(formulas: readonly string[]): Letters {
  return Object.fromEntries(formulas.flatMap((formula) => {
    const given = /^([a-z]) = (-?\d+)$/.exec(formula);
    return given === null ? [] : [[given[1], Number(given[2])]];
  }));
}

const evaluates: Check = ([formula = "", ...rest], key) => [texValue(formula, lettersIn(rest)), key];

const CHECKS: { readonly [itemId: string]: Check } = {
  "exponents-product": ([formula = ""], key) => texSides(formula.replace("\\square", String(key)), SOME),
  "exponents-quotient": ([formula = ""], key) => [texValue(formula, { x: 1.1 }), 1.1 ** key],
  "exponents-same-base": ([formula = ""], key) => [texValue(formula), 2 ** key],
  "evaluate-linear": evaluates,
  "evaluate-two-letters": evaluates,
  "evaluate-square": evaluates,
  "evaluate-perimeter": (_, key, item) => {
    const [, length = NaN, width = NaN] = numbersIn(item.prompt);
    return [length + width + length + width, key];
  },
  "like-terms-coefficient": ([formula = ""], key) => [texValue(formula, SOME), key * texValue("x", SOME)],
  "like-terms-missing": ([formula = "", wanted = ""], key) => [
    texValue(formula.replace("\\square", String(key)), SOME),
    texValue(wanted, SOME),
  ],
  "distribute-missing": ([formula = "", wanted = ""], key) => [
    texValue(formula.replace("\\square", String(key)), SOME),
    texValue(wanted, SOME),
  ],
  "proportion-solve": ([, equation = ""], key) => texSides(equation, { x: key }),
  "line-read": ([equation = ""], key) => texSides(equation, { x: 0, y: key }),
  "line-standard-form": ([equation = ""], key) => {
    // A step of 1 to the right and `key` up must not change the left side.
    const [left = ""] = equation.split("=");
    return [texValue(left, { x: 1, y: key }), texValue(left, { x: 0, y: 0 })];
  },
  "line-triangle": ([equation = ""], key) => {
    const height = texSides(equation, { x: 0, y: 0 })[1];
    const fall = height - texSides(equation, { x: 1, y: 0 })[1];
    return [(height * (height / fall)) / 2, key];
  },
  "factor-common-number": (_, key, item) => {
    const [first = NaN, , second = NaN] = numbersIn(item.prompt.replace("x^2", "x^{2}"));
    const divisors = Array.from({ length: first }, (_, index) => index + 1);
    return [divisors.filter((divisor) => first % divisor === 0 && second % divisor === 0).at(-1) ?? NaN, key];
  },
};

Deno.test("[C3] single-formula items: the key makes the formula true", () => {
  for (const id of Object.keys(CHECKS)) assert(COURSE.items.some((item) => item.id === id), `no item ${id}`);
  for (const item of drawn(({ id }) => Object.hasOwn(CHECKS, id))) {
    const check = CHECKS[item.itemId];
    assert(check !== undefined && item.key.kind === "number");
    const [left, right] = check(formulasIn(item.prompt), item.key.value, item);
    assert(Math.abs(left - right) < 1e-9 * Math.max(1, Math.abs(right)), `${left} is not ${right}, ${placeOf(item)}`);
  }
});
