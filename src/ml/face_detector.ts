/** Finds faces with BlazeFace: a coarse pass over a small picture, a fine one where the coarse finds nobody. */
import { type Tensor, tensor4d, tidy } from "@tensorflow/tfjs-core";
import type { GraphModel } from "@tensorflow/tfjs-converter";
import type { FaceBox } from "../domain/affect/observation.ts";
import { BOX_NUMBERS, decodeBoxes, type DetectionLayer, mergeOverlapping, type ScoredBox } from "./face_boxes.ts";
import { loadGraph } from "./load_graph.ts";
import type { FaceManifest } from "./manifest.ts";
import { type PixelImage, sampleRegion } from "./pixels.ts";
import { warmUpImage } from "./warm_up.ts";

/** Faces of one image, largest first, in its pixels; boxes may reach over the edge. */
export type Faces = readonly FaceBox[];

/** Length of the longer side of the picture the network sees, and the score a face needs there. */
interface Pass {
  readonly longSidePx: number;
  readonly scoreMin: number;
}

// A face 26 pixels wide is found in either pass: at a 640-pixel frame that is 130 pixels in the coarse one, 65 in the
// fine one, which costs four times as much. The fine pass sees more that looks like a face and is none.
const COARSE: Pass = { longSidePx: 128, scoreMin: 0.5 };
const FINE: Pass = { longSidePx: 256, scoreMin: 0.6 };

/** Sides of the network's input are multiples of its largest stride. */
const SIDE_MULTIPLE_PX = 32;

/** How an image lies in the network's input: from the top left corner, in its own proportions, black behind. */
interface Fit {
  readonly width: number;
  readonly height: number;
  readonly contentWidth: number;
  readonly contentHeight: number;
}

function fitInto(image: PixelImage, longSidePx: number): Fit {
  const ratio = longSidePx / Math.max(image.width, image.height);
  const contentWidth = Math.max(1, Math.round(image.width * ratio));
  const contentHeight = Math.max(1, Math.round(image.height * ratio));
  const whole = (side: number) => Math.ceil(side / SIDE_MULTIPLE_PX) * SIDE_MULTIPLE_PX;
  return { width: whole(contentWidth), height: whole(contentHeight), contentWidth, contentHeight };
}

/** BlazeFace as its manifest describes it. */
export class FaceDetector {
  readonly id: string;
  readonly #graph: GraphModel;
  readonly #manifest: FaceManifest;

  private constructor(graph: GraphModel, manifest: FaceManifest) {
    this.id = `${manifest.name}@${manifest.version}`;
    this.#graph = graph;
    this.#manifest = manifest;
  }

  /** Loads the network of `folder` into the current backend. @throws ModelManifestError */
  static async load(manifest: FaceManifest, folder: string): Promise<FaceDetector> {
    return new FaceDetector(await loadGraph(manifest, folder), manifest);
  }

  /** The faces of each image. */
  async detect(images: readonly PixelImage[]): Promise<readonly Faces[]> {
    const found = await this.#detectAt(COARSE, images);
    const missed = images.flatMap((image, index) => found[index]?.length === 0 ? [{ image, index }] : []);
    if (missed.length === 0) return found;
    const fine = await this.#detectAt(FINE, missed.map(({ image }) => image));
    for (const [at, { index }] of missed.entries()) found[index] = fine[at] ?? [];
    return found;
  }

  /** The network's numbers for the manifest's test picture. */
  async warmUp(): Promise<readonly Float32Array[]> {
    const image = warmUpImage(this.#manifest.warmUp);
    return await this.#forward([image], Math.max(image.width, image.height));
  }

  close(): void {
    this.#graph.dispose();
  }

  /** Groups images whose network inputs have one size, so that each group is one forward pass. */
  async #detectAt(pass: Pass, images: readonly PixelImage[]): Promise<Faces[]> {
    const groups = new Map<string, number[]>();
    for (const [index, image] of images.entries()) {
      const { width, height } = fitInto(image, pass.longSidePx);
      const key = `${width}x${height}`;
      groups.set(key, [...groups.get(key) ?? [], index]);
    }
    const found: Faces[] = images.map(() => []);
    for (const indices of groups.values()) {
      const faces = await this.#detectAlike(pass, indices.flatMap((index) => images[index] ?? []));
      for (const [at, index] of indices.entries()) found[index] = faces[at] ?? [];
    }
    return found;
  }

  /** Images of one network input size, in one forward pass. */
  async #detectAlike(pass: Pass, images: readonly PixelImage[]): Promise<Faces[]> {
    const outputs = await this.#forward(images, pass.longSidePx);
    return images.map((image, index) => {
      const fit = fitInto(image, pass.longSidePx);
      const layers = this.#manifest.layers.map((layer, at): DetectionLayer => {
        const rows = fit.height / layer.stride, columns = fit.width / layer.stride;
        const anchors = rows * columns * layer.anchors;
        return {
          ...layer,
          rows,
          columns,
          scores: slot(outputs[2 * at], index, anchors),
          boxes: slot(outputs[2 * at + 1], index, anchors * BOX_NUMBERS),
        };
      });
      return mergeOverlapping(decodeBoxes(layers, pass.scoreMin))
        .map((box) => inImage(box, image, fit))
        .toSorted((a, b) => b.width * b.height - a.width * a.height);
    });
  }

  /** The outputs of each layer, scores then boxes, all images end to end; every tensor is freed. */
  async #forward(images: readonly PixelImage[], longSidePx: number): Promise<Float32Array[]> {
    const { input, layers } = this.#manifest;
    const fits = images.map((image) => fitInto(image, longSidePx));
    const { width, height } = fits[0] ?? { width: 0, height: 0 };
    const imageNumbers = width * height * 3;
    // Zero bytes, black, where an image does not reach.
    const data = new Float32Array(images.length * imageNumbers).fill(input.offset);
    for (const [index, image] of images.entries()) {
      const fit = fits[index];
      if (fit === undefined) continue;
      sampleRegion(image, { x: 0, y: 0, width: image.width, height: image.height }, {
        data,
        start: index * imageNumbers,
        rowPixels: width,
        width: fit.contentWidth,
        height: fit.contentHeight,
        channels: 3,
        ...input,
      });
    }
    const names = layers.flatMap((layer) => [layer.scores, layer.boxes]);
    const outputs = tidy(() => {
      const result = this.#graph.execute(tensor4d(data, [images.length, height, width, 3]), names);
      return Array.isArray(result) ? result : [result];
    });
    return await readAndFree(outputs);
  }
}

function inImage(box: ScoredBox, image: PixelImage, fit: Fit): FaceBox {
  const scaleX = image.width / fit.contentWidth, scaleY = image.height / fit.contentHeight;
  return {
    x: box.left * scaleX,
    y: box.top * scaleY,
    width: (box.right - box.left) * scaleX,
    height: (box.bottom - box.top) * scaleY,
  };
}

async function readAndFree(tensors: readonly Tensor[]): Promise<Float32Array[]> {
  try {
    return await Promise.all(tensors.map((tensor) => tensor.data<"float32">()));
  } finally {
    for (const tensor of tensors) tensor.dispose();
  }
}

function slot(output: Float32Array | undefined, index: number, length: number): Float32Array {
  return output?.subarray(index * length, (index + 1) * length) ?? new Float32Array(0);
}
