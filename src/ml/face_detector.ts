/** Finds faces with BlazeFace, look by look until one shows a face. */
import { type Tensor, tensor4d, tidy } from "@tensorflow/tfjs-core";
import type { GraphModel } from "@tensorflow/tfjs-converter";
import type { FaceBox } from "../domain/affect/observation.ts";
import { BOX_NUMBERS, decodeBoxes, type DetectionLayer, mergeOverlapping, type ScoredBox } from "./face_boxes.ts";
import { type FaceSearch, type Look, lookFor, type LookName } from "./face_search.ts";
import type { FaceManifest } from "./manifest.ts";
import { type PixelImage, sampleRegion } from "./pixels.ts";
import { warmUpImage } from "./warm_up.ts";

/** An image in which faces are looked for. */
export interface SearchedImage {
  readonly image: PixelImage;
  readonly search: FaceSearch;
}

/** What a search found, and the last look it took for that. */
export interface Faces {
  /** Largest first, in pixels of the image; boxes may reach over the edge. */
  readonly boxes: readonly FaceBox[];
  readonly look: LookName;
}

/** In the order in which they are taken. */
const LOOKS: readonly LookName[] = ["near", "coarse", "fine", "inset"];

/** A look at an image. */
interface Sight {
  readonly image: PixelImage;
  readonly look: Look;
}

/** BlazeFace as its manifest describes it. */
export class FaceDetector {
  readonly id: string;
  readonly #graph: GraphModel;
  readonly #manifest: FaceManifest;

  /** `graph` is the network that `manifest` describes. */
  constructor(graph: GraphModel, manifest: FaceManifest) {
    this.id = `${manifest.name}@${manifest.version}`;
    this.#graph = graph;
    this.#manifest = manifest;
  }

  /** The faces of each image. */
  async detect(images: readonly SearchedImage[]): Promise<readonly Faces[]> {
    const found: Faces[] = images.map(() => ({ boxes: [], look: "coarse" }));
    for (const name of LOOKS) {
      const sights = images.flatMap(({ image, search }, index) => {
        const look = found[index]?.boxes.length === 0 ? lookFor(name, image, search) : null;
        return look === null ? [] : [{ index, image, look }];
      });
      const boxes = await this.#boxesIn(sights);
      for (const [at, { index }] of sights.entries()) found[index] = { boxes: boxes[at] ?? [], look: name };
    }
    return found;
  }

  /** The network's numbers for the manifest's test picture. */
  async warmUp(): Promise<readonly Float32Array[]> {
    const image = warmUpImage(this.#manifest.warmUp);
    const { width, height } = image;
    const region = { x: 0, y: 0, width, height };
    const look = { region, width, height, contentWidth: width, contentHeight: height, scoreMin: 1 };
    return await this.#forward([{ image, look }], look);
  }

  close(): void {
    this.#graph.dispose();
  }

  /** Groups looks whose network inputs have one size, so that each group is one forward pass. */
  async #boxesIn(sights: readonly Sight[]): Promise<(readonly FaceBox[])[]> {
    const found: (readonly FaceBox[])[] = sights.map(() => []);
    const groups = Map.groupBy(sights.entries(), ([, { look }]) => `${look.width}x${look.height}`);
    for (const group of groups.values()) {
      const [[, first] = []] = group;
      if (first === undefined) continue;
      const outputs = await this.#forward(group.map(([, sight]) => sight), first.look);
      for (const [at, [index, { look }]] of group.entries()) found[index] = this.#decode(outputs, at, look);
    }
    return found;
  }

  /** The faces of one look, the `at`-th of a batch. */
  #decode(outputs: readonly Float32Array[], at: number, look: Look): FaceBox[] {
    const layers = this.#manifest.layers.map((layer, index): DetectionLayer => {
      const rows = look.height / layer.stride, columns = look.width / layer.stride;
      const anchors = rows * columns * layer.anchors;
      return {
        ...layer,
        rows,
        columns,
        scores: slot(outputs[2 * index], at, anchors),
        boxes: slot(outputs[2 * index + 1], at, anchors * BOX_NUMBERS),
      };
    });
    return mergeOverlapping(decodeBoxes(layers, look.scoreMin))
      .map((box) => inImage(box, look))
      .toSorted((a, b) => b.width * b.height - a.width * a.height);
  }

  /** The outputs of each layer, scores then boxes, all looks end to end; every tensor is freed. */
  async #forward(sights: readonly Sight[], { width, height }: Pick<Look, "width" | "height">): Promise<Float32Array[]> {
    const { input, layers } = this.#manifest;
    const imageNumbers = width * height * 3;
    // Zero bytes, black, where a look does not reach.
    const data = new Float32Array(sights.length * imageNumbers).fill(input.offset);
    for (const [index, { image, look }] of sights.entries()) {
      sampleRegion(image, look.region, {
        data,
        start: index * imageNumbers,
        rowPixels: width,
        width: look.contentWidth,
        height: look.contentHeight,
        channels: 3,
        ...input,
      });
    }
    const names = layers.flatMap((layer) => [layer.scores, layer.boxes]);
    const outputs = tidy(() => {
      const result = this.#graph.execute(tensor4d(data, [sights.length, height, width, 3]), names);
      return Array.isArray(result) ? result : [result];
    });
    return await readAndFree(outputs);
  }
}

function inImage(box: ScoredBox, { region, contentWidth, contentHeight }: Look): FaceBox {
  const scaleX = region.width / contentWidth, scaleY = region.height / contentHeight;
  return {
    x: region.x + box.left * scaleX,
    y: region.y + box.top * scaleY,
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
