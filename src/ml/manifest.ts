/** The manifest that describes a model, and the reading of the files it names. */
import { join } from "node:path";
import { z } from "zod";
import { EMOTIONS } from "../domain/affect/observation.ts";
import { ModelManifestError } from "./model_manifest_error.ts";
import { packageFile } from "./package_files.ts";

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
/** A plain relative path: a manifest may not reach outside its folder or package. */
const relativePath = z.string().regex(/^[\w.-]+(\/[\w.-]+)*$/).refine((path) => !path.split("/").includes(".."));
const modelFile = z.object({ path: relativePath, sha256 });

/** Byte `p` of channel `c` enters the network as `p * scale + offset`. */
const pixelInput = z.object({ scale: z.number(), offset: z.number() });

/**
 * A known input and what the network must answer. Byte `c` of pixel `(x, y)` is `(7x + 13y + 29c + xy) mod 256`;
 * `expected` holds every `every`-th number of the outputs, laid end to end; `|got - expected|` may reach
 * `tolerance * (1 + |expected|)`.
 */
const warmUp = z.object({
  width: z.number().int().min(1).max(512),
  height: z.number().int().min(1).max(512),
  every: z.number().int().min(1),
  expected: z.array(z.number()).min(1),
  tolerance: z.number().positive(),
});

/** Goes into frames, file names and drawings as it is. */
const plainWord = z.string().regex(/^[\w.-]{1,64}$/);

const described = {
  name: plainWord,
  version: plainWord,
  licence: z.string().min(1),
  /** Where the weights come from: a package that ships them, or the manifest's own folder. */
  source: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("package"), package: z.string(), version: z.string() }),
    z.object({ kind: z.literal("folder") }),
  ]),
  topology: modelFile,
  weights: z.array(modelFile).min(1),
  metrics: z.array(z.object({ name: z.string(), value: z.number(), on: z.string() })),
  warmUp,
};

const emotionManifestSchema = z.object({
  task: z.literal("emotion"),
  ...described,
  input: pixelInput.extend({
    width: z.number().int().min(16).max(512),
    height: z.number().int().min(16).max(512),
    /** 1: luma (ITU-R BT.601), 3: red, green, blue. */
    channels: z.union([z.literal(1), z.literal(3)]),
  }),
  output: z.object({
    kind: z.enum(["probabilities", "logits"]),
    /** The network's class order: the seven emotions, each once. */
    classes: z.array(z.enum(EMOTIONS)).length(EMOTIONS.length).refine((names) => new Set(names).size === names.length),
    /** Divides the logits before softmax, so that a stated confidence is a frequency. */
    temperature: z.number().positive(),
    /** A reading whose highest probability is below it is uncertain; chosen on faces held out of training. */
    confidenceMin: z.number().min(0).max(1).default(0.7),
  }),
});

const faceManifestSchema = z.object({
  task: z.literal("face_detection"),
  ...described,
  input: pixelInput,
  /** Names of the graph's nodes per stride: scores `[n, h, w, anchors]`, boxes `[n, h, w, anchors * 16]`. */
  layers: z.array(z.object({
    stride: z.number().int().positive(),
    anchors: z.number().int().positive(),
    scores: z.string(),
    boxes: z.string(),
  })).min(1),
});

const manifestSchema = z.discriminatedUnion("task", [emotionManifestSchema, faceManifestSchema]);

export type EmotionManifest = z.infer<typeof emotionManifestSchema>;
export type FaceManifest = z.infer<typeof faceManifestSchema>;
export type ModelManifest = z.infer<typeof manifestSchema>;

/** Reads and checks `manifest.json` in a folder. @throws ModelManifestError naming every fault */
export async function readManifest(folder: string): Promise<ModelManifest> {
  const path = join(folder, "manifest.json");
  let json: unknown;
  try {
    json = JSON.parse(await Deno.readTextFile(path));
  } catch (cause) {
    throw new ModelManifestError(`cannot read ${path}: ${reasonOf(cause)}`, { cause });
  }
  const parsed = manifestSchema.safeParse(json);
  if (!parsed.success) throw new ModelManifestError(`${path}: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

/** A file that the manifest names, refused unless its SHA-256 is the one stated. @throws ModelManifestError */
export async function readModelFile(
  manifest: ModelManifest,
  folder: string,
  file: ModelManifest["topology"],
): Promise<Uint8Array<ArrayBuffer>> {
  const { source } = manifest;
  const path = source.kind === "package" ? packageFile(source.package, file.path) : join(folder, file.path);
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = await Deno.readFile(path);
  } catch (cause) {
    throw new ModelManifestError(`${manifest.name}: cannot read ${file.path}: ${reasonOf(cause)}`, { cause });
  }
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
  if (digest !== file.sha256) {
    throw new ModelManifestError(`${manifest.name}: ${file.path} has SHA-256 ${digest}, expected ${file.sha256}`);
  }
  return bytes;
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
