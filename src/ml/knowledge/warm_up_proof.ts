/** The proof a knowledge model gives before it serves: a known learner must get the stored logits. */
import type { KnowledgeModel } from "./knowledge_model.ts";
import type { KnowledgeManifest } from "./knowledge_manifest.ts";

const ANSWERS = 8;
const CANDIDATES = 4;

/** Feature `i` of row `r` is `((7r + 13i + ri) mod 29) / 14 - 1`: the rows of a made-up learner. */
function proofRows(rows: number, firstRow: number, features: number): Float32Array {
  return Float32Array.from({ length: rows * features }, (_, at) => {
    const [row, feature] = [firstRow + Math.floor(at / features), at % features];
    return ((7 * row + 13 * feature + row * feature) % 29) / 14 - 1;
  });
}

/** The logits of four items after eight answers, every third of them right. */
export async function proofLogits(model: KnowledgeModel): Promise<readonly number[]> {
  const { features, hidden } = model.size;
  let state: Float32Array = new Float32Array(hidden);
  for (let answer = 0; answer < ANSWERS; answer += 1) {
    const correct = Uint8Array.of(answer % 3 === 0 ? 1 : 0);
    state = await model.step({ features: proofRows(1, answer, features), correct, hidden: state });
  }
  const request = {
    hidden: state,
    features: proofRows(CANDIDATES, ANSWERS, features),
    eloLogits: Float32Array.from({ length: CANDIDATES }, (_, candidate) => candidate / 2 - 1),
  };
  return (await model.score([request])).flatMap((logits) => Array.from(logits));
}

/** The backend computes something else: another backend may do better. */
export class KnowledgeProofError extends Error {
  override readonly name = "KnowledgeProofError";
}

/** @throws KnowledgeProofError when a logit is further off than the manifest allows, or is none */
export async function proveModel(
  model: KnowledgeModel,
  { expected, tolerance }: KnowledgeManifest["warmUp"],
): Promise<void> {
  const got = await proofLogits(model);
  for (let index = 0; index < Math.max(got.length, expected.length); index += 1) {
    const [value = NaN, wanted = NaN] = [got[index], expected[index]];
    // Written so that NaN fails.
    if (!(Math.abs(value - wanted) <= tolerance * (1 + Math.abs(wanted)))) {
      throw new KnowledgeProofError(`${model.id}: logit ${index} of the proof is ${value}, expected ${wanted}`);
    }
  }
}
