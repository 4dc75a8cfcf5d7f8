/** Templates: neat numbers in texts, and TeX left alone. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { ExpressionSyntaxError, ExpressionTypeError } from "../../../src/domain/curriculum/expression_errors.ts";
import { formatExact, formatNumber } from "../../../src/domain/curriculum/number_text.ts";
import { fillTemplate, parseTemplate } from "../../../src/domain/curriculum/template.ts";

const VALUES = new Map<string, number | string>([["a", 3], ["b", -4], ["one", 1], ["neg", -1], ["who", "Mei"]]);

Deno.test("[C2] fillTemplate writes signs, coefficients and fractions as mathematics does", () => {
  const cases: { readonly [template: string]: string } = {
    "{a} and {b}": "3 and -4",
    "x {+a}": "x + 3",
    "x {+b}": "x - 4",
    "{one:coef}x {+neg:coef}y {+b:coef}z": "x - y - 4z",
    "{neg:coef}x": "-x",
    "5 - {b:paren} - {a:paren}": "5 - (-4) - 3",
    "{= a * b}": "-12",
    "{+= 2 * a}": "+ 6",
    "{= 0.1 + 0.2}": "0.3",
    "{= b / 6:frac}": "-\\frac{2}{3}",
    "{= 6 / a:frac}": "2",
    "{= 7 / a:mixed}": "2\\frac{1}{3}",
    "{= 7 / a:ratio}": "7/3",
    "{= 1 / 8:2} {a:2}": "0.13 3.00",
    "{? a > 0; rises; falls}": "rises",
    "{? b > 0; rises; falls}": "falls",
    "{who} has {a}": "Mei has 3",
  };
  for (const [template, text] of Object.entries(cases)) assert.equal(fillTemplate(template, VALUES), text, template);
});

Deno.test("[C2] fillTemplate leaves TeX alone", () => {
  assert.equal(
    fillTemplate("x^{2} + \\frac{{a}}{{= 2 * a}} \\frac{ x}{3} {} {a b}", VALUES),
    "x^{2} + \\frac{3}{6} \\frac{ x}{3} {} {a b}",
  );
});

Deno.test("[C1] parseTemplate refuses what begins as a placeholder and is none", () => {
  for (const template of ["{= a", "{+= a", "{? a > 0; yes}", "{= a:wide}", "{a:9}", "{= a +}", "{= {a}}", "{and}"]) {
    assert.throws(() => parseTemplate(template), ExpressionSyntaxError, template);
  }
  assert.throws(() => fillTemplate("{+who}", VALUES), ExpressionTypeError);
});

Deno.test("[C2] formatNumber hides binary dust and writes no exponent", () => {
  const cases: readonly (readonly [number, string])[] = [
    [0.1 + 0.2, "0.3"],
    [-0, "0"],
    [1e21, "1000000000000000000000"],
    [2.5e-7, "0.00000025"],
    [100, "100"],
    [1 / 3, "0.333333333333"],
  ];
  for (const [value, text] of cases) assert.equal(formatNumber(value), text);
  fc.assert(fc.property(fc.integer({ min: -1e6, max: 1e6 }), fc.integer({ min: 0, max: 4 }), (digits, decimals) => {
    const value = digits / 10 ** decimals;
    assert.equal(Number(formatNumber(value)), value);
  }));
});

Deno.test("[C2] formatExact writes endless decimals as fractions", () => {
  assert.equal(formatExact(1 / 6), "1/6");
  assert.equal(formatExact(-7 / 3), "-7/3");
  assert.equal(formatExact(0.65), "0.65");
  assert.equal(formatExact(Math.PI), "3.14159265359");
  fc.assert(fc.property(fc.integer({ min: -500, max: 500 }), fc.integer({ min: 1, max: 500 }), (top, bottom) => {
    const [numerator = NaN, denominator = 1] = formatExact(top / bottom).split("/").map(Number);
    assert(Math.abs(numerator / denominator - top / bottom) < 1e-9);
  }));
});
