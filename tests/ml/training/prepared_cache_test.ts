/** The cache of prepared sequences gives back what was prepared. */
import assert from "node:assert/strict";
import { PARTS } from "../../../src/ml/training/split_learners.ts";
import { preparedSequences } from "../../../src/ml/training/prepared_cache.ts";
import { asCsv, madeUpLearners } from "./recorded_answers.ts";

Deno.test("[N7] sequences from the cache are the ones prepared, and another seed or mode has its own", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const path = `${folder}/made_up.csv`;
    await Deno.writeTextFile(path, asCsv(madeUpLearners(5, { learners: 40, answers: 12, items: 9, skills: 3 })));
    const fresh = await preparedSequences(path, 1, "warm", null);
    const written = await preparedSequences(path, 1, "warm", `${folder}/cache`);
    const read = await preparedSequences(path, 1, "warm", `${folder}/cache`);
    for (const part of PARTS) {
      assert.deepEqual(written[part], fresh[part]);
      assert.deepEqual(read[part], fresh[part]);
    }
    assert.notDeepEqual((await preparedSequences(path, 2, "warm", `${folder}/cache`)).test, fresh.test);
    assert.notDeepEqual((await preparedSequences(path, 1, "cold", `${folder}/cache`)).test, fresh.test);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
