/** Proof that the simulation bites: each broken store is found out, and by the right rule. */
import assert from "node:assert/strict";
import { SABOTAGES } from "./sabotage.ts";
import { simulate } from "./simulate.ts";

const SEEDS_MAX = 60;

for (const { name, foundation, rules } of SABOTAGES) {
  Deno.test(`[${rules.join(" ")}] is named when ${name}`, async () => {
    for (let seed = 1; seed <= SEEDS_MAX; seed++) {
      const { violation } = await simulate(seed, foundation, null);
      if (violation === null) continue;
      const told = `seed ${seed}: ${violation.rule}: ${violation.explanation}`;
      assert.ok(rules.includes(violation.rule), told);
      return;
    }
    assert.fail(`not noticed in ${SEEDS_MAX} seeds`);
  });
}
