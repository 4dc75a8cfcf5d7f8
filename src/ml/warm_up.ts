/** The proof a network gives before it serves: a known input must yield the stored outputs. */
import type { ModelManifest } from "./manifest.ts";
import type { PixelImage } from "./pixels.ts";

export type WarmUpRecipe = ModelManifest["warmUp"];

export class WarmUpMismatchError extends Error {
  override readonly name = "WarmUpMismatchError";
}

/** The manifest's test picture: byte `c` of pixel `(x, y)` is `(7x + 13y + 29c + xy) mod 256`. */
export function warmUpImage(recipe: Pick<WarmUpRecipe, "width" | "height">): PixelImage {
  const { width, height } = recipe;
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      for (let c = 0; c < 3; c += 1) data[(y * width + x) * 3 + c] = (7 * x + 13 * y + 29 * c + x * y) % 256;
    }
  }
  return { width, height, channels: 3, data };
}

/** Every `every`-th number of a network's outputs, laid end to end. */
export function warmUpSample(outputs: readonly ArrayLike<number>[], every: number): number[] {
  const flat = outputs.flatMap((output) => Array.from(output));
  return flat.filter((_, index) => index % every === 0);
}

/** @throws WarmUpMismatchError when a number is further off than the recipe allows, or is none */
export function proveWarmUp(model: string, recipe: WarmUpRecipe, outputs: readonly ArrayLike<number>[]): void {
  const got = warmUpSample(outputs, recipe.every);
  if (got.length !== recipe.expected.length) {
    throw new WarmUpMismatchError(`${model}: ${got.length} outputs, expected ${recipe.expected.length}`);
  }
  for (const [index, expected] of recipe.expected.entries()) {
    const value = got[index] ?? NaN;
    // Written so that NaN fails.
    if (!(Math.abs(value - expected) <= recipe.tolerance * (1 + Math.abs(expected)))) {
      throw new WarmUpMismatchError(`${model}: output ${index * recipe.every} is ${value}, expected ${expected}`);
    }
  }
}
