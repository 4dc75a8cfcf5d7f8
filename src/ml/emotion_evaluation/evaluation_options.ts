/** What the evaluation of emotion readings is asked for on the command line. */
import type { BackendChoice } from "../backend.ts";
import { CommandLine } from "../command_line.ts";

/** Why the command line, or the folder it names, cannot be followed. */
export class EvaluationUsageError extends Error {
  override readonly name = "EvaluationUsageError";
}

const LINE = new CommandLine(EvaluationUsageError);

/** `found`: the face is looked for in the picture. `given`: the picture is a face framed as FER2013 frames it. */
export type Framing = "found" | "given";

export interface EmotionEvaluationOptions {
  /** Holds a folder of images for each class. */
  readonly dir: string;
  readonly framing: Framing;
  /** The folder of another emotion network; null for the one that ships. */
  readonly model: string | null;
  readonly backend: BackendChoice;
  readonly output: "json" | "table";
  /** Where the confusion plot goes; null for none. */
  readonly plot: string | null;
}

const FLAGS = {
  dir: { type: "string" },
  detect: { type: "boolean", default: false },
  model: { type: "string" },
  backend: { type: "string", default: "auto" },
  json: { type: "boolean", default: false },
  plot: { type: "string" },
} as const;

function isBackend(text: string): text is BackendChoice {
  return text === "auto" || text === "webgpu" || text === "wasm";
}

/** @throws EvaluationUsageError in words for the one who typed it */
export function readEmotionEvaluationOptions(args: readonly string[]): EmotionEvaluationOptions {
  const { dir, detect, model = null, backend, json, plot = null } = LINE.values(args, FLAGS);
  if (dir === undefined) throw new EvaluationUsageError("--dir DIR is missing: it holds a folder of images a class.");
  if (!isBackend(backend)) throw new EvaluationUsageError(`--backend is auto, wasm or webgpu, found "${backend}".`);
  return { dir, framing: detect ? "found" : "given", model, backend, output: json ? "json" : "table", plot };
}
