/** Drawing items from seeds: the same again, within constraints, options apart, nothing told by ids. */
import assert from "node:assert/strict";
import fc from "fast-check";
import type { AuthoredAnswer, Item } from "../../../src/domain/curriculum/course.ts";
import { publicItem } from "../../../src/domain/curriculum/public_item.ts";
import { NoDrawError, renderItem } from "../../../src/domain/curriculum/render_item.ts";
import { integer, SUM_ITEM } from "./sample_course.ts";

const SEED = fc.nat(2 ** 32 - 1);

const ORDERING: AuthoredAnswer = {
  kind: "ordering",
  entries: ["{a}", "{= a + 1}", "{= a + 2}"].map((text, index) => ({ id: `step-${index}`, text })),
};

const CHOICE: AuthoredAnswer = {
  kind: "choice",
  shuffle: true,
  options: [
    { id: "right", text: "{= a + b}", correct: true },
    { id: "subtracted", text: "{= a - b}", correct: false },
    { id: "multiplied", text: "{= a * b}", correct: false },
  ],
};

const MATCHING: AuthoredAnswer = {
  kind: "matching",
  pairs: [{ left: "{a}", right: "odd or even" }, { left: "{= a + 1}", right: "odd or even" }, {
    left: "{= a + 0.5}",
    right: "neither",
  }],
};

function answeredBy(answer: AuthoredAnswer): Item {
  return { ...SUM_ITEM, answer };
}

Deno.test("[C2] an item rendered twice from one seed is the same item", () => {
  fc.assert(
    fc.property(SEED, fc.constantFrom(SUM_ITEM, ...[ORDERING, CHOICE, MATCHING].map(answeredBy)), (seed, item) => {
      assert.deepEqual(renderItem(item, seed), renderItem(structuredClone(item), seed));
    }),
  );
});

Deno.test("[C2] drawn parameters keep their range, exclusions and constraints; the key follows them", () => {
  fc.assert(fc.property(SEED, (seed) => {
    const item = renderItem(SUM_ITEM, seed);
    const match = /^Work out \$(\d) ([+-]) (\d)\$\.$/.exec(item.prompt);
    assert(match !== null, item.prompt);
    const [a, b] = [Number(match[1]), Number(`${match[2]}${match[3]}`)];
    assert(a >= 1 && a <= 9 && Math.abs(b) <= 9 && b !== 0 && a + b > 0);
    assert(item.key.kind === "number" && item.key.value === a + b);
    assert.equal(item.seed, seed);
  }));
});

Deno.test("[C2] a number is drawn alike whether or not the ones before it were written down", () => {
  const steps = fc.constantFrom(0.1, 0.25, 1, 3);
  fc.assert(fc.property(SEED, fc.integer({ min: -9, max: 9 }), fc.nat(9_000), steps, (seed, min, count, step) => {
    const max = min + count * step;
    const parameter = { kind: "integer", name: "a", min, max, step } as const;
    // What lies outside is excluded in vain, and has the others written down.
    const [drawn, listed] = [[], [max + 2 * step]].map((exclude) =>
      renderItem({ ...SUM_ITEM, parameters: [{ ...parameter, exclude }, integer("b", 1, 9)], constraints: [] }, seed)
    );
    assert.deepEqual(drawn, listed);
  }));
});

Deno.test("[C2] a computed parameter without a value on these numbers is drawn again", () => {
  const item: Item = {
    ...SUM_ITEM,
    parameters: [integer("a", 1, 3), integer("b", 0, 2), { kind: "computed", name: "q", expression: "a / b" }],
    constraints: [],
    prompt: "{= a / b:frac} {= q:ratio}",
  };
  fc.assert(fc.property(SEED, (seed) => assert(!renderItem(item, seed).prompt.includes("Infinity"))));
});

Deno.test("[C2] options that come out alike are drawn again", () => {
  fc.assert(fc.property(SEED, (seed) => {
    const { form } = renderItem(answeredBy(CHOICE), seed);
    assert(form.kind === "choice");
    assert.equal(new Set(form.options.map((option) => option.text)).size, 3);
  }));
});

Deno.test("[C2] an item that no draw satisfies ends in NoDrawError", () => {
  assert.throws(() => renderItem({ ...SUM_ITEM, constraints: ["a > 9"] }, 1), NoDrawError);
  const twins = {
    ...CHOICE,
    options: CHOICE.kind === "choice" ? CHOICE.options.map((one) => ({ ...one, text: "7" })) : [],
  };
  assert.throws(() => renderItem(answeredBy(twins), 1), NoDrawError);
});

Deno.test("[E8] ids go by place: neither an option's nor an entry's tells what the author knew", () => {
  fc.assert(fc.property(SEED, (seed) => {
    const ordering = renderItem(answeredBy(ORDERING), seed);
    assert(ordering.form.kind === "ordering" && ordering.key.kind === "ordering");
    assert.deepEqual(ordering.form.entries.map((entry) => entry.id), ["a", "b", "c"]);
    assert.notDeepEqual(ordering.key.order, ["a", "b", "c"], "shown in the right order already");
    const values = ordering.key.order.map((id) =>
      ordering.form.kind === "ordering" ? Number(ordering.form.entries.find((entry) => entry.id === id)?.text) : NaN
    );
    assert.deepEqual(values, values.toSorted((one, other) => one - other));
  }));
});

Deno.test("[E8] the right option stands in every place, about equally often", () => {
  const places = { a: 0, b: 0, c: 0 };
  for (let seed = 0; seed < 3_000; seed += 1) {
    const { key } = renderItem(answeredBy(CHOICE), seed);
    assert(key.kind === "choice" && Object.hasOwn(places, key.option));
    places[key.option as keyof typeof places] += 1;
  }
  for (const count of Object.values(places)) assert(Math.abs(count - 1_000) < 130, JSON.stringify(places));
});

Deno.test("[C2] an unshuffled choice keeps the author's order", () => {
  assert(CHOICE.kind === "choice");
  const { key } = renderItem(answeredBy({ ...CHOICE, shuffle: false }), 3);
  assert.deepEqual(key, { kind: "choice", option: "a" });
});

Deno.test("[C2] right sides authored alike are one right side", () => {
  const { form, key } = renderItem(answeredBy(MATCHING), 5);
  assert(form.kind === "matching" && key.kind === "matching");
  assert.equal(form.right.length, 2);
  assert.equal(key.pairs["1"], key.pairs["2"]);
  assert.notEqual(key.pairs["1"], key.pairs["3"]);
});

Deno.test("[E8] publicItem shows neither key nor hints, explanation or seed", () => {
  for (const answer of [SUM_ITEM.answer, ORDERING, CHOICE, MATCHING]) {
    const item = renderItem(answeredBy(answer), 4_000_000_007 % 2 ** 32);
    const shown = publicItem(item);
    assert(shown !== null && typeof shown === "object");
    assert.deepEqual(Object.keys(shown), [
      "item_id",
      "skills",
      "difficulty",
      "prompt",
      "form",
      "presentations",
      "hints_available",
    ]);
    const wire = JSON.stringify(shown);
    assert.deepEqual(JSON.parse(wire).form, item.form);
    for (const secret of [item.explanation, ...item.hints, String(item.seed)]) {
      assert(!wire.includes(JSON.stringify(secret).slice(1, -1)), secret);
    }
  }
});
