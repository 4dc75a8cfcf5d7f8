/** How long a frame is in bytes, whatever it says. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { utf8Bytes } from "../../src/http/socket/utf8_bytes.ts";

Deno.test("[R4] utf8Bytes counts what the encoder would write, lone surrogates included", () => {
  const text = fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" }));
  fc.assert(fc.property(text, (sample) => {
    assert.equal(utf8Bytes(sample), new TextEncoder().encode(sample).byteLength);
  }));
});

Deno.test("[R4] utf8Bytes counts surrogates alone, paired and in a row", () => {
  for (const sample of ["\ud83d\ude00", "\ud83d", "\ude00", "\ud83d\ud83d\ude00", "\ude00\ud83d", "aé€😀"]) {
    assert.equal(utf8Bytes(sample), new TextEncoder().encode(sample).byteLength, JSON.stringify(sample));
  }
});
