/** Reads many malformed images and says what became of them. Run: deno task fuzz:frames [IMAGES] [SEED] */
import { readMalformed } from "./read_malformed.ts";

const [images = "10000", seed = String(Date.now() % 2 ** 32)] = Deno.args;
const before = Deno.memoryUsage().rss;
console.log(`${images} images from seed ${seed}`);
const { outcomes, tensorsLeft, tensorBytesLeft } = await readMalformed(Number(images), Number(seed));
for (const [outcome, count] of [...outcomes].toSorted(([a], [b]) => a < b ? -1 : 1)) {
  console.log(`${String(count).padStart(6)}  ${outcome}`);
}
console.log(`${tensorsLeft} tensors and ${tensorBytesLeft} of their bytes left over`);
console.log(`the process grew by ${((Deno.memoryUsage().rss - before) / 1e6).toFixed(0)} MB, models included`);
Deno.exit(tensorsLeft === 0 && tensorBytesLeft === 0 ? 0 : 1);
