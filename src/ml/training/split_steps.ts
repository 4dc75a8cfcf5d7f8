/** Cuts time-major rows into steps without copying the whole for every piece. */
import { split, type Tensor2D } from "@tensorflow/tfjs-core";

/**
 * `[steps * lanes, width]` as `steps` tensors of `[lanes, width]`. A slice on the WASM backend first copies all of its
 * source, so slicing off each step alone would cost `steps²`; cutting into blocks of about `√steps` steps, and those
 * into steps, costs `steps^1.5`.
 */
export function splitSteps(rows: Tensor2D, steps: number): Tensor2D[] {
  const lanes = rows.shape[0] / steps;
  const blockSteps = Math.ceil(Math.sqrt(steps));
  const stepsOfBlock = Array.from(
    { length: Math.ceil(steps / blockSteps) },
    (_, block) => Math.min(blockSteps, steps - block * blockSteps),
  );
  const blocks: Tensor2D[] = split(rows, stepsOfBlock.map((count) => count * lanes), 0);
  const pieces = blocks.map((block, index): Tensor2D[] => {
    const parts: Tensor2D[] = split(block, Array<number>(stepsOfBlock[index] ?? 0).fill(lanes), 0);
    block.dispose();
    return parts;
  });
  return pieces.flat();
}
