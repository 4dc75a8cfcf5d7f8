/** Reads every image of a labelled folder with the server's models, larger and cut-off ones too, and measures the answers. */
import { ImageDecodeError, type ImageDecoder, openImageDecoder } from "../decode_image.ts";
import { FaceReader } from "../face_reader.ts";
import { readImageHeader } from "../image_header.ts";
import { type PixelImage, upright } from "../pixels.ts";
import { modelFolders, openModels, type ProvenModels } from "../proven_models.ts";
import { drawConfusion } from "./confusion_svg.ts";
import { type Evaluation, reportJson, reportTable } from "./emotion_report.ts";
import { type EmotionEvaluationOptions, EvaluationUsageError, type Framing } from "./evaluation_options.ts";
import { type LabelledImage, listImages } from "./labelled_images.ts";
import { measureRecognition, type ReadFace } from "./recognition_metrics.ts";

/** A data set's picture may be large, but a gigabyte of pixels is a mistake. */
const IMAGE_PIXELS_MAX = 100_000_000;

/** What one image gave. */
type Outcome =
  | { readonly kind: "read"; readonly probabilities: readonly number[] }
  | { readonly kind: "missed" }
  | { readonly kind: "unreadable"; readonly reason: string };

class ImageReader {
  readonly #models: ProvenModels;
  readonly #faces: FaceReader;
  readonly #decoder: ImageDecoder;
  readonly #framing: Framing;

  constructor(models: ProvenModels, decoder: ImageDecoder, framing: Framing) {
    this.#models = models;
    this.#faces = new FaceReader(models.faces, models.emotions);
    this.#decoder = decoder;
    this.#framing = framing;
  }

  async read(bytes: Uint8Array<ArrayBuffer>): Promise<Outcome> {
    const header = readImageHeader(bytes);
    if (header === null) return { kind: "unreadable", reason: "no still JPEG, PNG or WebP image" };
    if (header.width * header.height > IMAGE_PIXELS_MAX) return { kind: "unreadable", reason: "too many pixels" };
    let image: PixelImage;
    try {
      image = upright(await this.#decoder.decode(header.format, bytes), header.orientation);
    } catch (error) {
      if (error instanceof ImageDecodeError) return { kind: "unreadable", reason: error.message };
      throw error;
    }
    return this.#framing === "given" ? await this.#readFramed(image) : await this.#readLargest(image);
  }

  async #readFramed(image: PixelImage): Promise<Outcome> {
    const region = { x: 0, y: 0, width: image.width, height: image.height };
    const [probabilities = []] = await this.#models.emotions.classify([{ image, region }]);
    return { kind: "read", probabilities };
  }

  async #readLargest(image: PixelImage): Promise<Outcome> {
    const { faces: [face] } = await this.#faces.read([{ image, search: { kind: "whole" } }]);
    return face?.reading.kind === "face"
      ? { kind: "read", probabilities: face.reading.probabilities }
      : { kind: "missed" };
  }
}

async function readAll(
  images: readonly LabelledImage[],
  reader: ImageReader,
): Promise<Pick<Evaluation, "count" | "missedFaces" | "unreadable" | "msPerImage"> & { faces: ReadFace[] }> {
  const faces: ReadFace[] = [];
  const unreadable: string[] = [];
  let missedFaces = 0;
  let spentMs = 0;
  for (const { path, emotion } of images) {
    const bytes = await bytesOf(path);
    if (bytes === null) {
      unreadable.push(`${path}: no file that can be read`);
      continue;
    }
    const startedMs = performance.now();
    const outcome = await reader.read(bytes);
    switch (outcome.kind) {
      case "unreadable":
        unreadable.push(`${path}: ${outcome.reason}`);
        continue;
      case "missed":
        missedFaces += 1;
        break;
      case "read":
        faces.push({ label: emotion, probabilities: outcome.probabilities });
        break;
    }
    spentMs += performance.now() - startedMs;
  }
  const count = images.length - unreadable.length;
  return { count, missedFaces, unreadable, msPerImage: spentMs / count, faces };
}

async function bytesOf(path: string): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    // A pipe would be waited for without end.
    return (await Deno.stat(path)).isFile ? await Deno.readFile(path) : null;
  } catch {
    // A folder of that name, a link to nothing, a file of somebody else's: the other images are worth their figures.
    return null;
  }
}

/** Makes sure of a place for the drawing before the hour that the images take. @throws EvaluationUsageError */
async function reservePlot(file: string): Promise<void> {
  try {
    await Deno.writeTextFile(file, "");
  } catch (cause) {
    throw new EvaluationUsageError(`cannot write ${file}: ${cause instanceof Error ? cause.message : cause}`, {
      cause,
    });
  }
}

/**
 * Evaluates a folder and returns the report, as JSON or to be read; `tell` hears what is left out.
 *
 * @throws EvaluationUsageError, ModelManifestError, NoBackendError
 */
export async function evaluateEmotion(
  options: EmotionEvaluationOptions,
  tell: (line: string) => void,
): Promise<string> {
  const { dir, framing, plot } = options;
  const { images, passedOver } = await listImages(dir);
  if (plot !== null) await reservePlot(plot);
  for (const reason of passedOver) tell(`passed over: ${reason}`);
  const models = await openModels(options.backend, modelFolders(options.model));
  const { decoder } = await openImageDecoder();
  const { faces, ...read } = await readAll(images, new ImageReader(models, decoder, framing));
  for (const reason of read.unreadable) tell(`not read: ${reason}`);
  const { confidenceMin } = models.emotions;
  const named = framing === "found" ? `${models.faces.id}+${models.emotions.id}` : models.emotions.id;
  const evaluation: Evaluation = {
    subject: { dir, models: `${named} on ${models.backend}`, framing },
    ...read,
    metrics: measureRecognition(faces, confidenceMin),
    confidenceMin,
  };
  if (plot !== null) await Deno.writeTextFile(plot, drawConfusion(evaluation.metrics.confusion, named));
  return options.output === "json" ? reportJson(evaluation) : reportTable(evaluation);
}
