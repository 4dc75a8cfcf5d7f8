/** Where faces are looked for in a frame, and what part of it the network is shown for that. */
import type { FaceBox } from "../domain/affect/observation.ts";
import type { PixelImage, Region } from "./pixels.ts";

/** A face that was there a moment ago, and how many there were when the whole frame was last searched. */
export interface TrackedFace {
  readonly box: FaceBox;
  readonly faces: number;
}

/**
 * How far a search goes. `whole`: the frame small, then large, then with a margin, until somebody is found. `small`: the
 * frame small alone, for where nobody was a moment ago. `near`: around the face of a moment ago, then as `whole` where
 * it is lost.
 */
export type FaceSearch =
  | { readonly kind: "whole" }
  | { readonly kind: "small" }
  | { readonly kind: "near"; readonly last: TrackedFace };

/** A part of an image as the network sees it: from the top left corner of its input, black where it does not reach. */
export interface Look {
  readonly region: Region;
  /** Sides of the network's input. */
  readonly width: number;
  readonly height: number;
  /** What of it the region fills. */
  readonly contentWidth: number;
  readonly contentHeight: number;
  /** The score a face needs here. */
  readonly scoreMin: number;
}

/** One of the looks that a search takes until one of them shows a face. */
export type LookName = "near" | "coarse" | "fine" | "inset";

/** The longer side of the whole image in the network's input, with its margin, and the score a face needs there. */
interface WholeLook {
  readonly longSidePx: number;
  /** On each side, in sizes of the image; it repeats the image's edge. */
  readonly margin: number;
  readonly scoreMin: number;
}

// A face 26 pixels wide is found in either: at a 640-pixel frame that is 130 pixels in the coarse one, 65 in the fine
// one, which costs four times as much. The fine one sees more that looks like a face and is none.
const COARSE: WholeLook = { longSidePx: 128, margin: 0, scoreMin: 0.5 };
const FINE: WholeLook = { longSidePx: 256, margin: 0, scoreMin: 0.6 };
/** For a face that fills the frame and more. */
const INSET: WholeLook = { longSidePx: 128, margin: 0.5, scoreMin: 0.5 };

/** The square around a tracked face, by the mean side of its box: room for half a second's movement. */
const NEAR_SCALE = 2;
const NEAR_SIDE_PX = 96;
const NEAR_SCORE_MIN = 0.5;

/** Sides of the network's input are multiples of its largest stride. */
const SIDE_MULTIPLE_PX = 32;

function wholeLook({ width, height }: PixelImage, { longSidePx, margin, scoreMin }: WholeLook): Look {
  const ratio = longSidePx / Math.max(width, height);
  const contentWidth = Math.max(1, Math.round(width * ratio));
  const contentHeight = Math.max(1, Math.round(height * ratio));
  const side = (content: number) => Math.ceil(content / SIDE_MULTIPLE_PX) * SIDE_MULTIPLE_PX;
  const grown = 1 + 2 * margin;
  const region = { x: -margin * width, y: -margin * height, width: grown * width, height: grown * height };
  return { region, width: side(contentWidth), height: side(contentHeight), contentWidth, contentHeight, scoreMin };
}

function nearLook({ x, y, width, height }: FaceBox): Look {
  const side = NEAR_SCALE * (width + height) / 2;
  return {
    region: { x: x + (width - side) / 2, y: y + (height - side) / 2, width: side, height: side },
    width: NEAR_SIDE_PX,
    height: NEAR_SIDE_PX,
    contentWidth: NEAR_SIDE_PX,
    contentHeight: NEAR_SIDE_PX,
    scoreMin: NEAR_SCORE_MIN,
  };
}

/** The look of that name that `search` takes of `image`; null where it takes none. */
export function lookFor(name: LookName, image: PixelImage, search: FaceSearch): Look | null {
  switch (name) {
    case "near":
      return search.kind === "near" ? nearLook(search.last.box) : null;
    case "coarse":
      return wholeLook(image, COARSE);
    case "fine":
      return search.kind === "small" ? null : wholeLook(image, FINE);
    case "inset":
      return search.kind === "small" ? null : wholeLook(image, INSET);
  }
}
