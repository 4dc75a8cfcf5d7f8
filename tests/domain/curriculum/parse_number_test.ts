/** Numbers as people type them. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { NUMBER_TEXT_LENGTH_MAX, parseNumber } from "../../../src/domain/curriculum/parse_number.ts";

Deno.test("[C3] parseNumber reads the notations that learners use", () => {
  const cases: { readonly [text: string]: number } = {
    "12": 12,
    " -3 ": -3,
    "−3": -3,
    "- 3": -3,
    "+4": 4,
    "0.5": 0.5,
    ".5": 0.5,
    "0,5": 0.5,
    "12,5": 12.5,
    "0,125": 0.125,
    "3/4": 0.75,
    "-3 / 4": -0.75,
    "3⁄4": 0.75,
    "3/-4": -0.75,
    "1 1/2": 1.5,
    "-2 3/8": -2.375,
    "1.5e3": 1500,
    "1,5E-1": 0.15,
    "1.5 × 10^3": 1500,
    "2*10^-2": 0.02,
    "12 000": 12000,
    "1 234 567.5": 1234567.5,
    "12\u00a0000": 12000,
    "12\u202f000,5": 12000.5,
    "1,234.5": 1234.5,
    "1,234,567": 1234567,
    "x = 5": 5,
    "x=-5": -5,
  };
  for (const [text, value] of Object.entries(cases)) {
    const written = parseNumber(text);
    assert(written !== null && written.unit === null, text);
    assert(Math.abs(written.value - value) < 1e-12, `${text}: ${written.value}`);
  }
});

Deno.test("[C3] parseNumber splits off the unit", () => {
  const cases: { readonly [text: string]: readonly [number, string] } = {
    "12 cm": [12, "cm"],
    "12cm": [12, "cm"],
    "1/2 kg": [0.5, "kg"],
    "25 %": [25, "%"],
    "€12.50": [12.5, "€"],
    "-€3": [-3, "€"],
    "12,50 €": [12.5, "€"],
    "-7 °C": [-7, "°C"],
    "3 m/s": [3, "m/s"],
    "5 e": [5, "e"],
  };
  for (const [text, [value, unit]] of Object.entries(cases)) assert.deepEqual(parseNumber(text), { value, unit }, text);
});

Deno.test("[C3] parseNumber refuses what is no number, or two", () => {
  const refused = [
    "",
    " ",
    "abc",
    "-",
    ".",
    ",",
    "1/0",
    "1 2/0",
    "1,234",
    "12,345",
    "1.2.3",
    "1,2,3",
    "1 2",
    "--3",
    "1e999",
  ];
  for (const text of [...refused, "Infinity", "NaN", "0x10", "3/", "/4", "1 1/-2", "€5 €", "12 000/5", "1 23", "5 5"]) {
    const written = parseNumber(text);
    assert(written === null || written.unit !== null, `${text}: ${JSON.stringify(written)}`);
  }
  assert.equal(parseNumber("1,234"), null);
  assert.equal(parseNumber("1".repeat(NUMBER_TEXT_LENGTH_MAX + 1)), null);
});

Deno.test("[C3] parseNumber reads back what it is given, in every notation", () => {
  const sizes = fc.tuple(fc.integer({ min: -99_999, max: 99_999 }), fc.integer({ min: 0, max: 3 }));
  fc.assert(fc.property(sizes, ([digits, decimals]) => {
    const value = digits / 10 ** decimals;
    const point = value.toFixed(decimals);
    const grouped = point.replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, " ");
    const scientific = value.toExponential();
    for (const text of [point, point.replace("-", "−"), grouped, scientific]) {
      assert(Math.abs((parseNumber(text)?.value ?? NaN) - value) <= 1e-9 * Math.abs(value), text);
    }
    if (!/^-?[1-9]\d{0,2}\.\d{3}$/.test(point)) assert.equal(parseNumber(point.replace(".", ","))?.value, value);
  }));
});

Deno.test("[C3] parseNumber answers any text with a finite number or null", () => {
  const typed = fc.string({ unit: fc.constantFrom(..."0123456789 .,/+-−eE×*^x=€%cm\u00a0⁄"), maxLength: 80 });
  fc.assert(
    fc.property(fc.oneof(typed, fc.string()), (text) => {
      const written = parseNumber(text);
      assert(written === null || Number.isFinite(written.value), text);
    }),
    { numRuns: 2_000 },
  );
});
