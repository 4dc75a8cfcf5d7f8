import assert from "node:assert/strict";
import fc from "fast-check";
import type { FrameFormat } from "../../src/http/ports.ts";
import { readImageHeader } from "../../src/ml/image_header.ts";
import { FRAME_LIMITS, screenFrame } from "../../src/ml/screen_frame.ts";
import { handmadePng } from "./handmade_png.ts";
import { asJpeg, type Bytes, wall } from "./photographs.ts";

const still: Record<FrameFormat, Bytes> = {
  jpeg: await asJpeg(wall()),
  png: new Uint8Array(await wall().png()),
  webp: new Uint8Array(await wall().webp(80)),
};
const FORMATS: readonly FrameFormat[] = ["jpeg", "png", "webp"];

function codeOf(format: FrameFormat, bytes: Bytes): string {
  const screening = screenFrame(format, bytes, FRAME_LIMITS);
  return screening.kind === "refused" ? screening.code : "accepted";
}

Deno.test("[M3] readImageHeader names format, size and completeness of JPEG, PNG and WebP", async () => {
  const lossless = new Uint8Array(await wall().webpLossless());
  const expected = { width: 640, height: 480, orientation: 1, complete: true, scans: 1 };
  for (const format of FORMATS) assert.deepEqual(readImageHeader(still[format]), { format, ...expected });
  assert.deepEqual(readImageHeader(lossless), { format: "webp", ...expected });
});

Deno.test("[M3] a bomb is refused from its header: 65535x65535 pixels in a few bytes", () => {
  const bomb = handmadePng({ width: 65535, height: 65535, bitDepth: 8 }, new Uint8Array(16));
  assert.ok(bomb.length < 200);
  assert.equal(codeOf("png", bomb), "image_too_large");
  const jpegBomb = still.jpeg.slice();
  const frame = jpegBomb.findIndex((byte, at) => byte === 0xff && jpegBomb[at + 1] === 0xc0);
  jpegBomb.set([0xff, 0xff, 0xff, 0xff], frame + 5);
  assert.equal(codeOf("jpeg", jpegBomb), "image_too_large");
  const webpBomb = new Uint8Array([
    ...new TextEncoder().encode("RIFF\x1e\0\0\0WEBPVP8X\x0a\0\0\0"),
    ...[0, 0, 0, 0, 0xff, 0xff, 0, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0],
  ]);
  assert.equal(codeOf("webp", webpBomb), "image_too_large");
});

Deno.test("[M3] a progressive JPEG of many scans is refused before it is decoded", () => {
  const emptyScan = [0xff, 0xda, 0, 8, 1, 1, 0, 1, 63, 0];
  const withScans = (more: number) =>
    new Uint8Array([...still.jpeg.subarray(0, -2), ...Array(more).fill(emptyScan).flat(), 0xff, 0xd9]);
  const { frameScansMax } = FRAME_LIMITS;
  assert.equal(readImageHeader(withScans(9))?.scans, 10);
  assert.equal(codeOf("jpeg", withScans(frameScansMax - 1)), "accepted");
  assert.equal(codeOf("jpeg", withScans(frameScansMax)), "image_too_large");
});

Deno.test("[M3] a file over the byte limit is refused before it is looked at", () => {
  const large = new Uint8Array(FRAME_LIMITS.frameBytesMax + 1);
  large.set(still.jpeg);
  assert.equal(codeOf("jpeg", large), "image_too_large");
});

Deno.test("[M3] a frame announced as another format is refused as format_mismatch", () => {
  for (const announced of FORMATS) {
    for (const actual of FORMATS) {
      assert.equal(codeOf(announced, still[actual]), announced === actual ? "accepted" : "format_mismatch");
    }
  }
});

Deno.test("[M3] every true prefix of an image is refused", () => {
  fc.assert(
    fc.property(fc.constantFrom(...FORMATS), fc.double({ min: 0, max: 1, maxExcluded: true }), (format, share) => {
      const whole = still[format];
      const cut = whole.subarray(0, Math.floor(share * whole.length));
      assert.notEqual(codeOf(format, cut), "accepted");
    }),
    { numRuns: 300, verbose: 1 },
  );
  for (const format of FORMATS) assert.equal(codeOf(format, still[format].subarray(0, -20)), "image_truncated");
});

Deno.test("[M3] readImageHeader never throws, whatever bytes follow a signature", () => {
  const signature = fc.constantFrom(
    ...FORMATS.map((format) => still[format].subarray(0, 12)),
    still.webp.subarray(0, 16),
    still.jpeg.subarray(0, 24),
    new Uint8Array(0),
  );
  fc.assert(
    fc.property(signature, fc.uint8Array({ maxLength: 200 }), (head, tail) => {
      readImageHeader(new Uint8Array([...head, ...tail]));
    }),
    { numRuns: 2000, verbose: 1 },
  );
});

Deno.test("[M3] text and tiny images are refused as not_an_image", () => {
  assert.equal(codeOf("jpeg", new TextEncoder().encode("<svg onload=alert(1)>")), "not_an_image");
  assert.equal(codeOf("jpeg", new Uint8Array(0)), "not_an_image");
  assert.equal(codeOf("png", handmadePng({ width: 1, height: 1, bitDepth: 8 }, new Uint8Array(2))), "not_an_image");
});
