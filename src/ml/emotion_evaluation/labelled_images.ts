/** The images of a folder with one folder a class. */
import { join } from "node:path";
import { type Emotion, EMOTIONS } from "../../domain/affect/observation.ts";
import { EvaluationUsageError } from "./evaluation_options.ts";

export interface LabelledImage {
  readonly path: string;
  readonly emotion: Emotion;
}

export interface ImageSet {
  /** By class, then by name. */
  readonly images: readonly LabelledImage[];
  /** Folders and files that are not evaluated, each with the reason. */
  readonly passedOver: readonly string[];
}

/** What other data sets call the same classes. */
const OTHER_NAMES: { readonly [name: string]: Emotion } = {
  anger: "angry",
  disgusted: "disgust",
  fearful: "fear",
  happiness: "happy",
  sadness: "sad",
  surprised: "surprise",
};

const IMAGE_NAME = /\.(png|jpe?g|webp)$/i;

function emotionOf(folder: string): Emotion | null {
  const name = folder.toLowerCase();
  return EMOTIONS.find((emotion) => emotion === name) ?? OTHER_NAMES[name] ?? null;
}

async function entriesOf(dir: string): Promise<Deno.DirEntry[]> {
  try {
    const entries = await Array.fromAsync(Deno.readDir(dir));
    return entries.toSorted((a, b) => a.name < b.name ? -1 : 1);
  } catch (cause) {
    throw new EvaluationUsageError(`cannot list ${dir}: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
  }
}

/** Reads which images there are. @throws EvaluationUsageError where there is none of a known class */
export async function listImages(dir: string): Promise<ImageSet> {
  const images: LabelledImage[] = [];
  const passedOver: string[] = [];
  for (const entry of await entriesOf(dir)) {
    const emotion = emotionOf(entry.name);
    if (emotion === null || entry.isFile) {
      passedOver.push(`${entry.name}: no folder of a class`);
      continue;
    }
    const folder = join(dir, entry.name);
    for (const { name } of await entriesOf(folder)) {
      if (IMAGE_NAME.test(name)) images.push({ path: join(folder, name), emotion });
      else passedOver.push(`${entry.name}/${name}: no .png, .jpg or .webp`);
    }
  }
  if (images.length > 0) return { images, passedOver };
  throw new EvaluationUsageError(`${dir} holds no images in folders named ${EMOTIONS.join(", ")}.`);
}
