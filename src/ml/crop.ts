/** The square around a face that the emotion networks were trained on. */
import type { FaceBox } from "../domain/affect/observation.ts";
import type { Region } from "./pixels.ts";

/**
 * Faces of FER2013 are framed by another detector than ours: measured against its pictures, a BlazeFace box grown by
 * this factor and moved up by this share of its height frames a face the same way.
 */
const FER_SCALE = 1.107;
const FER_SHIFT_UP = 0.052;

/** A square in the frame's pixels; it may reach over the edge. */
export function ferRegion(box: FaceBox): Region {
  const side = FER_SCALE * (box.width + box.height) / 2;
  const centreX = box.x + box.width / 2;
  const centreY = box.y + box.height / 2 - FER_SHIFT_UP * box.height;
  return { x: centreX - side / 2, y: centreY - side / 2, width: side, height: side };
}
