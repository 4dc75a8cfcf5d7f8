/**
 * Evaluates face and emotion reading on a folder of labelled images, DIR/<class>/*.png|jpg. Run:
 * deno task eval:emotion --dir DIR [--detect] [--model DIR] [--backend auto|wasm|webgpu] [--json] [--plot FILE.svg]
 */
import { evaluateEmotion } from "../src/ml/emotion_evaluation/evaluate_emotion.ts";
import { EvaluationUsageError, readEmotionEvaluationOptions } from "../src/ml/emotion_evaluation/evaluation_options.ts";
import { ModelManifestError } from "../src/ml/model_manifest_error.ts";
import { NoBackendError } from "../src/ml/proven_models.ts";

try {
  console.log(await evaluateEmotion(readEmotionEvaluationOptions(Deno.args), (line) => console.error(line)));
} catch (error) {
  const isToldInWords = [EvaluationUsageError, ModelManifestError, NoBackendError].some((kind) =>
    error instanceof kind
  );
  if (!isToldInWords || !(error instanceof Error)) throw error;
  console.error(error.message);
  Deno.exit(2);
}
