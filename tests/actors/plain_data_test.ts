/** Comparing and measuring plain data. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { jsonEqual } from "../../src/actors/json_equal.ts";
import { estimateBytes } from "../../src/actors/json_size.ts";

Deno.test("[S7] jsonEqual agrees with what the store would give back, whatever the order of keys", () => {
  const normal = (value: unknown): string =>
    JSON.stringify(
      value,
      (_key, one) =>
        typeof one === "object" && one !== null && !Array.isArray(one)
          ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => a < b ? -1 : 1))
          : one,
    );
  fc.assert(fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
    const [stored, other] = [JSON.parse(JSON.stringify(a)), JSON.parse(JSON.stringify(b))];
    assert.equal(jsonEqual(stored, structuredClone(stored)) ? "equal" : "different", "equal");
    assert.equal(jsonEqual(stored, other), normal(stored) === normal(other));
  }));
});

Deno.test("[B3] estimateBytes is within a small factor of the text, also beyond the values it looks at", () => {
  for (const count of [1, 100, 10_000]) {
    const lines = Array.from({ length: count }, (_, i) => ({ id: `line-${i}`, right: i % 2 === 0, score: i / 7 }));
    const factor = estimateBytes({ lines }) / JSON.stringify({ lines }).length;
    assert.ok(factor > 0.3 && factor < 4, `${count} lines: factor ${factor}`);
  }
});
