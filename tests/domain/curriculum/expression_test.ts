/** The expression language: what it means, what it refuses, and that it never runs anything else. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { evaluate, type ParameterValue } from "../../../src/domain/curriculum/evaluate_expression.ts";
import { EXPRESSION_LENGTH_MAX, namesIn, parseExpression } from "../../../src/domain/curriculum/expression.ts";
import {
  ExpressionSyntaxError,
  ExpressionTypeError,
  NoValueError,
  UnknownNameError,
} from "../../../src/domain/curriculum/expression_errors.ts";

function valueOf(source: string, values: { readonly [name: string]: ParameterValue } = {}): number {
  return evaluate(parseExpression(source), new Map(Object.entries(values)));
}

/** A random expression, written with every bracket, next to the value that JavaScript's own operators give it. */
interface Sample {
  readonly source: string;
  readonly value: number;
}

const NAMES = { a: 3, b: -2, c: 0.5 } as const;

const sample = fc.letrec<{ tree: Sample }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5 },
    fc.nat(20).map((value) => ({ source: String(value), value })),
    fc.constantFrom("a", "b", "c").map((name) => ({ source: name, value: NAMES[name as keyof typeof NAMES] })),
    tie("tree").map(({ source, value }) => ({ source: `(-${source})`, value: -value })),
    fc.tuple(tie("tree"), fc.constantFrom("+", "-", "*"), tie("tree")).map(([left, operator, right]) => ({
      source: `(${left.source} ${operator} ${right.source})`,
      value: operator === "+"
        ? left.value + right.value
        : operator === "-"
        ? left.value - right.value
        : left.value * right.value,
    })),
    fc.tuple(tie("tree"), tie("tree")).map(([left, right]) => ({
      source: `max(${left.source}, abs(${right.source}))`,
      value: Math.max(left.value, Math.abs(right.value)),
    })),
  ),
})).tree;

Deno.test("[C2] evaluate agrees with arithmetic on random expressions", () => {
  fc.assert(fc.property(sample, ({ source, value }) => {
    fc.pre(source.length <= EXPRESSION_LENGTH_MAX);
    assert.equal(valueOf(source, NAMES) + 0, value + 0);
  }));
});

Deno.test("[C2] parseExpression binds operators as mathematics does", () => {
  const cases: { readonly [source: string]: number } = {
    "2 + 3 * 4": 14,
    "2 - 3 - 4": -5,
    "24 / 4 / 2": 3,
    "-2 ^ 2": -4,
    "2 ^ -1": 0.5,
    "2 ^ 3 ^ 2": 512,
    "2 * -3": -6,
    "1 < 2 and 2 < 3": 1,
    "1 < 3 < 2": 0,
    "1 < 2 <= 2": 1,
    "0 == 1 or 3 != 2": 1,
    "not 1 == 2 and 1": 1,
    "0.1 + 0.2 == 0.3": 1,
    "0.1 + 0.2 > 0.3": 0,
    "mod(-7, 3)": 2,
    "gcd(12, -18) + lcm(4, 6)": 18,
    "gcd(0, 5)": 5,
    "round(2.5) + round(-2.5)": 0,
    "round(1.005, 2)": 1.01,
    "floor(-0.5)": -1,
    "sqrt(49)": 7,
    "min(3, 1, 2)": 1,
  };
  for (const [source, value] of Object.entries(cases)) assert.equal(valueOf(source), value, source);
});

Deno.test("[C2] texts compare by == and != and are no numbers", () => {
  assert.equal(valueOf("who == 'Mei'", { who: "Mei" }), 1);
  assert.equal(valueOf("who != other", { who: "Mei", other: "Ivan" }), 1);
  for (const source of ["who + 1", "who < 'B'", "who == 1", "-who", "abs(who)"]) {
    assert.throws(() => valueOf(source, { who: "Mei" }), ExpressionTypeError, source);
  }
});

Deno.test("[C1] parseExpression refuses what is no expression, with the place", () => {
  const broken = [
    "",
    "1 +",
    "(1",
    "1)",
    "1 2",
    "a b",
    "2 ** 3",
    "a; b",
    "a.b",
    "a[0]",
    "min()",
    "gcd(1)",
    "and",
    "f(1)",
  ];
  for (const source of [...broken, "`${a}`", "constructor()", "1e3", "'open", "max(1,)", "a = b"]) {
    assert.throws(() => parseExpression(source), ExpressionSyntaxError, source);
  }
  assert.throws(() => parseExpression("1 + $"), (error) => error instanceof ExpressionSyntaxError && error.at === 4);
});

Deno.test("[C1] parseExpression bounds length and nesting", () => {
  assert.throws(() => parseExpression("1+".repeat(EXPRESSION_LENGTH_MAX) + "1"), ExpressionSyntaxError);
  assert.throws(() => parseExpression("(".repeat(150) + "1" + ")".repeat(150)), ExpressionSyntaxError);
  assert.throws(() => parseExpression("-".repeat(300) + "1"), ExpressionSyntaxError);
  assert.throws(() => parseExpression("2^".repeat(150) + "2"), ExpressionSyntaxError);
  assert.equal(valueOf("1" + "+1".repeat(150)), 151);
});

Deno.test("[C1] evaluate names what has no value", () => {
  for (const source of ["1 / 0", "mod(1, 0)", "sqrt(-1)", "gcd(0.5, 2)", "10 ^ 400", "round(1, 10)", "0 ^ -1"]) {
    assert.throws(() => valueOf(source), NoValueError, source);
  }
  assert.throws(() => valueOf("a + missing", { a: 1 }), UnknownNameError);
  assert.throws(() => valueOf("toString"), UnknownNameError);
  assert.equal(valueOf("b != 0 and 1 / b > 1", { b: 0 }), 0);
});

Deno.test("[C1] namesIn finds every name and no function", () => {
  assert.deepEqual([...namesIn(parseExpression("max(a, -b) ^ c < d and not e == 'x'"))], ["a", "b", "c", "d", "e"]);
});

Deno.test("[C1] parseExpression answers any text with a tree or a syntax error", () => {
  fc.assert(fc.property(fc.string({ unit: fc.constantFrom(..."ab12.+-*/^(),<>=!' and or not min") }), (source) => {
    try {
      parseExpression(source);
    } catch (error) {
      assert(error instanceof ExpressionSyntaxError, source);
    }
  }));
});
