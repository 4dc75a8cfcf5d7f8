/** Whether an evaluation scores learners that the weights were trained on. */
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { readKnowledgeManifest } from "../../../src/ml/knowledge/knowledge_manifest.ts";
import { learnersMet } from "../../../src/ml/training/learners_met.ts";

const { training } = await readKnowledgeManifest(
  fileURLToPath(new URL("../../../models/knowledge", import.meta.url)),
);
const shaOf = (name: string) => training.files.find((file) => file.name === name)?.sha256 ?? "";
const assist2009 = { name: "assist2009", sha256: shaOf("assist2009"), folds: 1, seed: training.seed };

Deno.test("[N13] the held-out fifth of a file trained on is unseen, any other split of it is not", () => {
  assert.deepEqual(learnersMet(training, assist2009), []);
  assert.deepEqual(learnersMet(training, { ...assist2009, folds: 5 }), ["assist2009"]);
  assert.deepEqual(learnersMet(training, { ...assist2009, seed: training.seed + 1 }), ["assist2009"]);
});

Deno.test("[N13] a file trained on is known under another name, and its name under other bytes", () => {
  assert.deepEqual(learnersMet(training, { ...assist2009, name: "renamed" }), []);
  assert.deepEqual(learnersMet(training, { ...assist2009, name: "renamed", folds: 5 }), ["assist2009"]);
  assert.deepEqual(learnersMet(training, { ...assist2009, sha256: "0".repeat(64) }), ["assist2009"]);
});

Deno.test("[N13] no split of a set that shares its students with another keeps to unseen ones", () => {
  const file = { name: "renamed", sha256: shaOf("assist2017_rt"), folds: 1, seed: training.seed };
  assert.deepEqual(learnersMet(training, file), ["assist2017", "assist2017_first_t"]);
});

Deno.test("[N13] a set that is not and shares nothing with those trained on is unseen", () => {
  assert.deepEqual(learnersMet(training, { name: "spanish", sha256: "0".repeat(64), folds: 5, seed: 1 }), []);
});
