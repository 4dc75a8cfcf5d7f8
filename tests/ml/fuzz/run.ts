/** Reads many malformed images and says what became of them. Run: deno task fuzz:frames [IMAGES] [SEED] */
import { readMalformed } from "./read_malformed.ts";

/** A leak of 15 kB an image, over 7,500; one large picture being decoded takes a third of it for a moment. */
const RESIDENT_GROWTH_MAX_BYTES = 112e6;

const [images = "10000", seed = String(Date.now() % 2 ** 32)] = Deno.args;
console.log(`${images} images from seed ${seed}`);
const { outcomes, tensorsLeft, tensorBytesLeft, residentGrowthBytes } = await readMalformed(
  Number(images),
  Number(seed),
);
for (const [outcome, count] of [...outcomes].toSorted(([a], [b]) => a < b ? -1 : 1)) {
  console.log(`${String(count).padStart(6)}  ${outcome}`);
}
console.log(`${tensorsLeft} tensors and ${tensorBytesLeft} of their bytes left over`);
console.log(`after the first quarter of the images the process grew by ${(residentGrowthBytes / 1e6).toFixed(0)} MB`);
Deno.exit(tensorsLeft === 0 && tensorBytesLeft === 0 && residentGrowthBytes < RESIDENT_GROWTH_MAX_BYTES ? 0 : 1);
