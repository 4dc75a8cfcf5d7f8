/** Recomputes the answers of elementary algebra from nothing but the prompts that learners read. */
import assert from "node:assert/strict";
import { renderItem } from "../../src/domain/curriculum/render_item.ts";
import type { RenderedItem } from "../../src/domain/curriculum/rendered_item.ts";
import { COURSE, drawn, placeOf, SEEDS } from "./elementary_algebra.ts";
import { assertNear, formulasIn, type Letters, texSides, texValue } from "./tex_math.ts";

/** Two polynomials of low degree that agree at these places are the same. */
const PLACES: readonly Letters[] = [-3.5, -2, -0.3, 0.7, 2, 5].map((x, index) => ({ x, y: 1.7 * index - 3 }));

function numberOf(item: RenderedItem): number {
  assert(item.key.kind === "number", placeOf(item));
  return item.key.value;
}

function theFormula(item: RenderedItem): string {
  const [formula] = formulasIn(item.prompt);
  assert(formula !== undefined, placeOf(item));
  return formula;
}

function sameEverywhere(left: string, right: string): boolean {
  return PLACES.every((letters) => Math.abs(texValue(left, letters) - texValue(right, letters)) < 1e-6);
}

/** How many items a test saw; a family that loses its items would pass unnoticed. */
function assertSeen(items: ReadonlySet<string>, least: number): void {
  assert(items.size >= least, `only ${[...items].join(", ")}`);
}

Deno.test("[C3] `Work out` items: the prompt's formula has the key's value", () => {
  const seen = new Set<string>();
  for (const item of drawn(({ prompt, answer }) => prompt.startsWith("Work out $") && answer.kind === "number")) {
    const formula = theFormula(item);
    if (/[a-z]/.test(formula.replace(/\\[a-z]+/g, ""))) continue;
    seen.add(item.itemId);
    assertNear(numberOf(item), texValue(formula), placeOf(item));
  }
  assertSeen(seen, 9);
});

Deno.test("[C3] `Solve` items: the key put back makes both sides equal", () => {
  const seen = new Set<string>();
  for (const item of drawn(({ prompt, answer }) => prompt.startsWith("Solve $") && answer.kind === "number")) {
    seen.add(item.itemId);
    const [left, right] = texSides(theFormula(item), { x: numberOf(item) });
    assertNear(left, right, placeOf(item));
  }
  assertSeen(seen, 12);
});

Deno.test("[C3] quadratic equations: the key is a solution, and the one asked for", () => {
  const seen = new Set<string>();
  const asked: { readonly [id: string]: (solutions: readonly number[]) => number | undefined } = {
    "quadratic-common-factor": (solutions) => solutions.find((solution) => solution !== 0),
    "quadratic-larger-root": (solutions) => Math.max(...solutions),
    "quadratic-rearrange": (solutions) => solutions.find((solution) => solution > 0),
  };
  for (const item of drawn(({ id }) => Object.hasOwn(asked, id))) {
    seen.add(item.itemId);
    const solutions = quadraticSolutions(theFormula(item));
    assert.equal(solutions.length, 2, placeOf(item));
    assertNear(numberOf(item), asked[item.itemId]?.(solutions) ?? NaN, placeOf(item));
  }
  assertSeen(seen, 3);
});

/** From three values of left minus right: c at 0, a and b from 1 and -1. */
function quadraticSolutions(equation: string): readonly number[] {
  const [c, plus, minus] = [0, 1, -1].map((x) => {
    const [left, right] = texSides(equation, { x });
    return left - right;
  });
  assert(c !== undefined && plus !== undefined && minus !== undefined);
  const [a, b] = [(plus + minus) / 2 - c, (plus - minus) / 2];
  const root = Math.sqrt(b * b - 4 * a * c);
  return [(-b + root) / (2 * a), (-b - root) / (2 * a)];
}

Deno.test("[C3] systems: the key is the solution that Cramer's rule gives", () => {
  const seen = new Set<string>();
  for (const item of drawn(({ id }) => /^system-(substitute|eliminate|multiply-first)$/.test(id))) {
    seen.add(item.itemId);
    const [first, second, wanted] = formulasIn(item.prompt);
    assert(first !== undefined && second !== undefined && (wanted === "x" || wanted === "y"), placeOf(item));
    const [a, b, c] = linearForm(first);
    const [d, e, f] = linearForm(second);
    const solution = { x: (c * e - b * f) / (a * e - b * d), y: (a * f - c * d) / (a * e - b * d) };
    assertNear(numberOf(item), solution[wanted], placeOf(item));
  }
  assertSeen(seen, 3);
});

/** a, b, c of an equation that says ax + by = c. */
function linearForm(equation: string): readonly [number, number, number] {
  const difference = (letters: Letters) => {
    const [left, right] = texSides(equation, letters);
    return left - right;
  };
  const c = -difference({ x: 0, y: 0 });
  return [difference({ x: 1, y: 0 }) + c, difference({ x: 0, y: 1 }) + c, c];
}

Deno.test("[C3] equal expressions: the right option agrees with the prompt everywhere, the others do not", () => {
  const seen = new Set<string>();
  const asks = /^(Which (expression|product) equals \$|Simplify \$|Which fraction is \$|Which number is \$.*\\times)/;
  for (const item of drawn(({ prompt, answer }) => asks.test(prompt) && answer.kind === "choice")) {
    seen.add(item.itemId);
    assert(item.key.kind === "choice" && item.form.kind === "choice");
    for (const option of item.form.options) {
      const equal = sameEverywhere(theFormula(item), option.text.replaceAll("$", ""));
      assert.equal(equal, option.id === item.key.option, `${option.text}, ${placeOf(item)}`);
    }
  }
  assertSeen(seen, 9);
});

Deno.test("[C3] typed expressions: every accepted way to write them agrees with the prompt everywhere", () => {
  const seen = new Set<string>();
  const asks = /^(Simplify|Expand|Factor|Take the largest)/;
  for (const item of drawn(({ prompt, answer }) => asks.test(prompt) && answer.kind === "text")) {
    seen.add(item.itemId);
    assert(item.key.kind === "text");
    for (const accepted of item.key.accepted) {
      assert(sameEverywhere(theFormula(item), accepted), `${accepted}, ${placeOf(item)}`);
    }
  }
  assertSeen(seen, 5);
});

Deno.test("[C3] typed lines: every accepted equation holds at the prompt's points", () => {
  for (const item of drawn(({ id }) => id === "line-two-points")) {
    assert(item.key.kind === "text");
    for (const accepted of item.key.accepted) {
      for (const point of formulasIn(item.prompt).slice(0, 2)) {
        const [x, y] = point.slice(1, -1).split(",").map(Number);
        assert(x !== undefined && y !== undefined);
        const [left, right] = texSides(accepted, { x, y });
        assertNear(left, right, `${accepted} at ${point}, ${placeOf(item)}`);
      }
    }
  }
});

Deno.test("[C3] orderings of numbers rise from entry to entry", () => {
  const letters: { readonly [id: string]: (item: RenderedItem) => Letters } = {
    "signed-order": () => ({}),
    "fractions-order": () => ({}),
    "evaluate-compare": (item) => ({ x: Number(formulasIn(item.prompt)[1]) }),
  };
  for (const item of drawn(({ id }) => Object.hasOwn(letters, id))) {
    assert(item.key.kind === "ordering" && item.form.kind === "ordering");
    const texts = new Map(item.form.entries.map((entry) => [entry.id, entry.text]));
    const values = item.key.order.map((id) =>
      texValue((texts.get(id) ?? "").replaceAll("$", ""), letters[item.itemId]?.(item))
    );
    values.slice(1).forEach((value, index) => assert(value > (values[index] ?? NaN), placeOf(item)));
  }
});

Deno.test("[C3] matchings of equal expressions pair what is equal, and nothing else", () => {
  const families = ["fractions-decimals", "exponents-negative-base", "factor-match-signs", "percent-match"];
  for (const item of drawn(({ id }) => families.includes(id))) {
    const { key, form } = item;
    assert(key.kind === "matching" && form.kind === "matching");
    for (const left of form.left) {
      for (const right of form.right) {
        const equal = sameEverywhere(plainFormula(left.text), plainFormula(right.text));
        assert.equal(equal, key.pairs[left.id] === right.id, `${left.text} and ${right.text}, ${placeOf(item)}`);
      }
    }
  }
});

function plainFormula(text: string): string {
  return text.replaceAll("$", "").replace(/^(\d+) %$/, "\\frac{$1}{100}");
}

Deno.test("[C3] options that must be solutions are, and the others are not", () => {
  for (const item of drawn(({ id }) => id === "one-step-same-solution" || id === "quadratic-zero-product")) {
    assert(item.key.kind === "choices" && item.form.kind === "choices");
    const [formula = ""] = formulasIn(item.prompt);
    for (const option of item.form.options) {
      const [shown = ""] = formulasIn(option.text);
      const [left, right] = item.itemId === "quadratic-zero-product"
        ? texSides(formula, { x: Number(shown) })
        : texSides(shown, { x: Number(formula.split("=")[1]) });
      assert.equal(Math.abs(left - right) < 1e-9, item.key.options.includes(option.id), `${shown}, ${placeOf(item)}`);
    }
  }
});

Deno.test("[C3] points on a line and the values that an inequality allows are told apart", () => {
  for (const item of drawn(({ id }) => id === "line-points" || id === "inequality-read")) {
    assert(item.key.kind === "choices" && item.form.kind === "choices");
    for (const option of item.form.options) {
      const [shown = ""] = formulasIn(option.text);
      const right = item.itemId === "line-points" ? liesOn(theFormula(item), shown) : isAbove(theFormula(item), shown);
      assert.equal(right, item.key.options.includes(option.id), `${shown}, ${placeOf(item)}`);
    }
  }
});

function liesOn(line: string, point: string): boolean {
  const [x, y] = point.slice(1, -1).split(",").map(Number);
  assert(x !== undefined && y !== undefined);
  const [left, right] = texSides(line, { x, y });
  return left === right;
}

function isAbove(inequality: string, value: string): boolean {
  return Number(value) > Number(inequality.split(">")[1]);
}

Deno.test("[C3] solved inequalities hold on one side of their end and fail on the other", () => {
  for (const item of drawn(({ id }) => id === "inequality-two-step" || id === "inequality-flip")) {
    const solution = item.key.kind === "text" ? item.key.accepted[0] : optionText(item);
    const [, sign = "", end = ""] = /^x (<|>|\\le|\\ge) (-?\d+)$/.exec((solution ?? "").replaceAll("$", "")) ?? [];
    for (const x of [Number(end) - 0.5, Number(end), Number(end) + 0.5]) {
      assert.equal(holds(theFormula(item), { x }), holds(`x ${sign} ${end}`, { x }), `x = ${x}, ${placeOf(item)}`);
    }
  }
});

function optionText({ key, form }: RenderedItem): string | undefined {
  assert(key.kind === "choice" && form.kind === "choice");
  return form.options.find((option) => option.id === key.option)?.text;
}

function holds(inequality: string, letters: Letters): boolean {
  const [, left = "", sign = "", right = ""] = /^(.+?) (<|>|\\le|\\ge) (.+)$/.exec(inequality) ?? [];
  const difference = texValue(left, letters) - texValue(right, letters);
  if (difference === 0) return sign === "\\le" || sign === "\\ge";
  return difference < 0 === (sign === "<" || sign === "\\le");
}

Deno.test("[C3] every parameterised item of elementary algebra really varies", () => {
  for (const authored of COURSE.items.filter((item) => item.parameters.length > 0)) {
    const items = SEEDS.slice(0, 40).map((seed) => renderItem(authored, seed));
    const prompts = new Set(items.map((item) => JSON.stringify([item.prompt, item.form])));
    assert(prompts.size >= 5, `${authored.id} has ${prompts.size} versions`);
  }
});
