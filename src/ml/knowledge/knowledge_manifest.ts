/** The manifest of a knowledge model: its sizes, its weight file, what it was trained on and how well it did. */
import { join } from "node:path";
import { z } from "zod";

export class KnowledgeModelError extends Error {
  override readonly name = "KnowledgeModelError";
}

const sizeSchema = z.object({
  features: z.number().int().min(1).max(4096),
  hidden: z.number().int().min(1).max(1024),
  head: z.number().int().min(1).max(4096),
});

const parameterSchema = z.object({ name: z.string(), shape: z.tuple([z.number().int(), z.number().int()]) });

const metricSchema = z.object({ name: z.string(), value: z.number(), on: z.string() });

const knowledgeManifestSchema = z.object({
  task: z.literal("knowledge_tracing"),
  name: z.string().min(1),
  version: z.string().min(1),
  licence: z.string().min(1),
  /** The meaning of the input numbers; weights serve this version only. */
  featuresVersion: z.number().int(),
  size: sizeSchema,
  /** Little-endian 32-bit floats, parameter after parameter, rows first. */
  weights: z.object({
    path: z.string().regex(/^[\w-]+\.bin$/),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    parameters: z.array(parameterSchema),
  }),
  /** Divides the logits, so that a stated probability is a frequency. */
  temperature: z.number().positive(),
  training: z.object({
    data: z.array(z.string()),
    /** Files of the sets in `data`, and of those that share learners with them. */
    files: z.array(z.object({ name: z.string(), sha256: z.string().regex(/^[0-9a-f]{64}$/) })),
    /** Sets that hold the same learners, each group together. */
    sharedLearners: z.array(z.array(z.string())),
    modes: z.array(z.enum(["warm", "cold", "thin"])),
    seed: z.number().int(),
    epochs: z.number().int(),
    answersSeen: z.number().int(),
    /** The command that made the weights. */
    command: z.string(),
  }),
  metrics: z.array(metricSchema),
  /** What `warm_up_proof.ts` must yield; `|got - expected|` may reach `tolerance * (1 + |expected|)`. */
  warmUp: z.object({ expected: z.array(z.number()).min(1), tolerance: z.number().positive() }),
});

export type KnowledgeManifest = z.infer<typeof knowledgeManifestSchema>;
export type KnowledgeMetric = z.infer<typeof metricSchema>;

/** Reads and checks `manifest.json` in a folder. @throws KnowledgeModelError naming every fault */
export async function readKnowledgeManifest(folder: string): Promise<KnowledgeManifest> {
  const path = join(folder, "manifest.json");
  let json: unknown;
  try {
    json = JSON.parse(await Deno.readTextFile(path));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new KnowledgeModelError(`cannot read ${path}: ${reason}`, { cause });
  }
  const parsed = knowledgeManifestSchema.safeParse(json);
  if (!parsed.success) throw new KnowledgeModelError(`${path}: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
