import assert from "node:assert/strict";
import { startBackend } from "../../../src/ml/backend.ts";
import { BatchShapeError, KnowledgeModel } from "../../../src/ml/knowledge/knowledge_model.ts";
import { proofLogits, proveModel } from "../../../src/ml/knowledge/warm_up_proof.ts";
import { replay } from "../../../src/ml/training/replay.ts";
import { madeUpLearners, noisyWeights, SMALL } from "./small_networks.ts";

await startBackend("wasm");

const IDENTITY = { name: "small", version: "1", size: SMALL };

function openSmall(temperature = 1): KnowledgeModel {
  return new KnowledgeModel({ ...IDENTITY, temperature }, noisyWeights(SMALL, 21));
}

function assertClose(got: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 1e-5): void {
  assert.equal(got.length, expected.length);
  for (let index = 0; index < got.length; index += 1) {
    assert.ok(
      Math.abs((got[index] ?? NaN) - (expected[index] ?? NaN)) <= tolerance,
      `${index}: ${got[index]} ${expected[index]}`,
    );
  }
}

Deno.test("[N9] step and score, answer by answer, give the logits of a replay in lanes", async () => {
  const model = openSmall();
  const learners = madeUpLearners([3, 150, 0, 40, 1, 71], SMALL.features, 8);
  const replayed = await replay(model.weights, model.size, learners);
  for (const [index, learner] of learners.entries()) {
    let hidden: Float32Array = new Float32Array(SMALL.hidden);
    const logits: number[] = [];
    for (let answer = 0; answer < learner.correct.length; answer += 1) {
      const features = learner.features.slice(answer * SMALL.features, (answer + 1) * SMALL.features);
      const eloLogits = learner.eloLogits.slice(answer, answer + 1);
      logits.push(...(await model.score([{ hidden, features, eloLogits }])).flatMap((values) => [...values]));
      hidden = await model.step({ features, correct: learner.correct.slice(answer, answer + 1), hidden });
    }
    assertClose(replayed[index] ?? [], logits);
  }
  model.close();
});

Deno.test("[N9] a learner's scores do not depend on who else is in the batch", async () => {
  const model = openSmall();
  const requests = madeUpLearners([2, 9, 0, 5, 900, 1500, 3000], SMALL.features, 4).map((
    { features, eloLogits },
    index,
  ) => ({
    hidden: new Float32Array(SMALL.hidden).fill(index / 4 - 0.5),
    features,
    eloLogits,
  }));
  const together = await model.score(requests);
  for (const [index, request] of requests.entries()) {
    assertClose(together[index] ?? [], (await model.score([request]))[0] ?? []);
  }
  assert.deepEqual(await model.score([]), []);
  model.close();
});

Deno.test("[N9] the temperature divides the logits", async () => {
  const [plain, tempered] = [openSmall(), openSmall(2)];
  assertClose(await proofLogits(tempered), (await proofLogits(plain)).map((logit) => logit / 2));
  plain.close();
  tempered.close();
});

Deno.test("[N9] features far outside what training saw are cut off", async () => {
  const model = openSmall();
  const request = (value: number) => ({
    hidden: new Float32Array(SMALL.hidden),
    features: new Float32Array(SMALL.features).fill(value),
    eloLogits: Float32Array.of(0),
  });
  assert.deepEqual(await model.score([request(1e30)]), await model.score([request(6)]));
  model.close();
});

Deno.test("[N9] arrays that do not fit are refused before a tensor is made", async () => {
  const model = openSmall();
  const hidden = new Float32Array(SMALL.hidden);
  const features = new Float32Array(SMALL.features);
  await assert.rejects(model.score([{ hidden, features, eloLogits: new Float32Array(2) }]), BatchShapeError);
  await assert.rejects(
    model.step({ hidden: new Float32Array(1), features, correct: Uint8Array.of(1) }),
    BatchShapeError,
  );
  const nobody = { hidden: new Float32Array(0), features: new Float32Array(0), correct: new Uint8Array(0) };
  assert.equal((await model.step(nobody)).length, 0);
  model.close();
});

Deno.test("[N9] a backend that computes something else, or NaN, is refused", async () => {
  const model = openSmall();
  const expected = [...await proofLogits(model)];
  await proveModel(model, { expected, tolerance: 1e-3 });
  const off = expected.map((logit, index) => index === 2 ? logit + 0.1 : logit);
  await assert.rejects(proveModel(model, { expected: off, tolerance: 1e-3 }), { name: "KnowledgeProofError" });
  await assert.rejects(proveModel(model, { expected: [NaN], tolerance: 1e-3 }), { name: "KnowledgeProofError" });
  model.close();
});
