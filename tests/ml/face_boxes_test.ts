import assert from "node:assert/strict";
import fc from "fast-check";
import {
  BOX_NUMBERS,
  decodeBoxes,
  type DetectionLayer,
  mergeOverlapping,
  type ScoredBox,
} from "../../src/ml/face_boxes.ts";

function emptyLayer(rows: number, columns: number): DetectionLayer {
  const anchors = rows * columns * 2;
  return {
    stride: 16,
    anchors: 2,
    rows,
    columns,
    scores: new Float32Array(anchors).fill(-100),
    boxes: new Float32Array(anchors * BOX_NUMBERS),
  };
}

Deno.test("[M4] decodeBoxes places a box by its cell's centre, its offset and its size", () => {
  const layer = emptyLayer(6, 8);
  const anchor = (2 * 8 + 5) * 2 + 1;
  layer.scores[anchor] = 3;
  layer.boxes.set([4, -2, 40, 30], anchor * BOX_NUMBERS);
  const [box, ...others] = decodeBoxes([layer], 0.6);
  assert.deepEqual(others, []);
  // Column 5 and row 2 of 16-pixel cells: centre (88, 40), moved to (92, 38).
  assert.deepEqual({ ...box, score: 0 }, { left: 72, right: 112, top: 23, bottom: 53, score: 0 });
  assert.ok(Math.abs((box?.score ?? 0) - 1 / (1 + Math.exp(-3))) < 1e-12);
});

Deno.test("[M4] decodeBoxes finds nothing in a picture without a face", () => {
  assert.deepEqual(decodeBoxes([emptyLayer(8, 8)], 0.6), []);
});

const anyBox: fc.Arbitrary<ScoredBox> = fc.record({
  left: fc.integer({ min: 0, max: 200 }),
  top: fc.integer({ min: 0, max: 200 }),
  side: fc.integer({ min: 5, max: 80 }),
  score: fc.double({ min: 0.6, max: 1, noNaN: true }),
}).map(({ left, top, side, score }) => ({ left, top, right: left + side, bottom: top + side, score }));

Deno.test("[M4] mergeOverlapping yields at most one box a face, best first, none from nowhere", () => {
  fc.assert(
    fc.property(fc.array(anyBox, { maxLength: 30 }), (boxes) => {
      const merged = mergeOverlapping(boxes);
      assert.ok(merged.length <= boxes.length);
      assert.equal(merged.length > 0, boxes.length > 0);
      for (const [index, box] of merged.entries()) {
        assert.ok(box.score <= (merged[index - 1]?.score ?? 1));
        assert.ok(box.left >= Math.min(...boxes.map((b) => b.left)) - 1e-9);
        assert.ok(box.bottom <= Math.max(...boxes.map((b) => b.bottom)) + 1e-9);
      }
    }),
    { verbose: 1 },
  );
});

Deno.test("[M4] mergeOverlapping takes boxes far apart as different faces, near ones as one between them", () => {
  const at = (left: number, score: number) => ({ left, top: 0, right: left + 100, bottom: 100, score });
  const [first, second, ...others] = mergeOverlapping([at(0, 0.9), at(10, 0.9), at(300, 0.8)]);
  assert.deepEqual(others, []);
  assert.ok(Math.abs((first?.left ?? 0) - 5) < 1e-9);
  assert.equal(second?.left, 300);
});
