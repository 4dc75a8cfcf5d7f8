/** From BlazeFace's raw outputs to face boxes: anchors, decoding and weighted non-maximum suppression. */

/** Corners in pixels of the network's input, with the probability that a face is there. */
export interface ScoredBox {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly score: number;
}

/** One output layer for one image: `rows * columns * anchors` scores, and as many boxes of {@link BOX_NUMBERS}. */
export interface DetectionLayer {
  readonly stride: number;
  readonly anchors: number;
  readonly rows: number;
  readonly columns: number;
  readonly scores: Float32Array;
  readonly boxes: Float32Array;
}

/** Centre x and y, width, height, then six key points: MediaPipe's `TensorsToDetectionsCalculator`, 16 coordinates. */
export const BOX_NUMBERS = 16;

/** Boxes that overlap by more than this share of their union are one face (MediaPipe's face detection graph). */
const SAME_FACE_IOU_MIN = 0.3;

/**
 * Boxes whose score reaches `scoreMin`.
 *
 * All anchors of a cell share its centre and have unit size, so a box is an offset in pixels from the cell's centre
 * and a size in pixels; the score is a logit.
 */
export function decodeBoxes(layers: readonly DetectionLayer[], scoreMin: number): ScoredBox[] {
  const logitMin = Math.log(scoreMin / (1 - scoreMin));
  const found: ScoredBox[] = [];
  for (const layer of layers) {
    for (const [index, logit] of layer.scores.entries()) {
      if (logit < logitMin) continue;
      const cell = Math.floor(index / layer.anchors);
      const anchorX = ((cell % layer.columns) + 0.5) * layer.stride;
      const anchorY = (Math.floor(cell / layer.columns) + 0.5) * layer.stride;
      const [dx = 0, dy = 0, width = 0, height = 0] = layer.boxes.subarray(
        index * BOX_NUMBERS,
        index * BOX_NUMBERS + 4,
      );
      const x = anchorX + dx, y = anchorY + dy;
      found.push({
        left: x - width / 2,
        top: y - height / 2,
        right: x + width / 2,
        bottom: y + height / 2,
        score: 1 / (1 + Math.exp(-logit)),
      });
    }
  }
  return found;
}

/**
 * One box a face, best first: each group of overlapping boxes becomes their average weighted by score, which is
 * steadier from frame to frame than the best box alone (Bazarevsky et al. 2019, "BlazeFace", section 3.3).
 */
export function mergeOverlapping(boxes: readonly ScoredBox[]): ScoredBox[] {
  let rest = boxes.toSorted((a, b) => b.score - a.score);
  const merged: ScoredBox[] = [];
  for (let best = rest[0]; best !== undefined; best = rest[0]) {
    const group: ScoredBox[] = [];
    const others: ScoredBox[] = [];
    for (const box of rest) {
      if (box === best || overlap(best, box) > SAME_FACE_IOU_MIN) group.push(box);
      else others.push(box);
    }
    merged.push(weightedAverage(group, best.score));
    rest = others;
  }
  return merged;
}

/** Intersection over union. */
function overlap(a: ScoredBox, b: ScoredBox): number {
  const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  if (width <= 0 || height <= 0) return 0;
  const shared = width * height;
  return shared / (area(a) + area(b) - shared);
}

function area(box: ScoredBox): number {
  return (box.right - box.left) * (box.bottom - box.top);
}

function weightedAverage(group: readonly ScoredBox[], score: number): ScoredBox {
  let left = 0, top = 0, right = 0, bottom = 0, total = 0;
  for (const box of group) {
    left += box.left * box.score;
    top += box.top * box.score;
    right += box.right * box.score;
    bottom += box.bottom * box.score;
    total += box.score;
  }
  return { left: left / total, top: top / total, right: right / total, bottom: bottom / total, score };
}
