import assert from "node:assert/strict";
import { wasmDecoder } from "../../../src/ml/decode_image.ts";
import { readMalformed } from "./read_malformed.ts";

const seed = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;

Deno.test(`[M3] malformed images are refused by type or read, and leave no tensor behind (seed ${seed})`, async () => {
  const { outcomes, tensorsLeft, tensorBytesLeft } = await readMalformed(300, seed);
  assert.deepEqual({ tensorsLeft, tensorBytesLeft }, { tensorsLeft: 0, tensorBytesLeft: 0 });
  const ends = new Set([...outcomes.keys()].map((outcome) => outcome.split(" → ")[1]));
  for (const end of ["not_an_image", "image_truncated", "image_too_large", "format_mismatch", "face"]) {
    assert.ok(ends.has(end), `of 300 images none ended as ${end}: ${JSON.stringify([...outcomes])}`);
  }
});

Deno.test(`[M3] the WebAssembly decoder survives malformed images as well (seed ${seed})`, async () => {
  const { tensorsLeft } = await readMalformed(100, seed, wasmDecoder);
  assert.equal(tensorsLeft, 0);
});
