/** Starts a backend with both networks on it, trying the next backend when one fails its proof. */
import { fileURLToPath } from "node:url";
import { type BackendChoice, type BackendName, planBackends, startBackend } from "./backend.ts";
import { EmotionModel } from "./emotion_model.ts";
import { FaceDetector } from "./face_detector.ts";
import { loadGraph } from "./load_graph.ts";
import { type ModelManifest, readManifest } from "./manifest.ts";
import { ModelManifestError } from "./model_manifest_error.ts";
import { proveWarmUp, warmUpImage } from "./warm_up.ts";

/** Folders of the networks to load. */
export interface ModelFolders {
  readonly faces: string;
  readonly emotions: string;
}

/** Both networks on a backend that gave the stored outputs. */
export interface ProvenModels {
  readonly backend: BackendName;
  readonly faces: FaceDetector;
  readonly emotions: EmotionModel;
  /** Loading, first passes and proof together. */
  readonly warmUpMs: number;
  /** Why other backends are not in use. */
  readonly notes: readonly string[];
}

export class NoBackendError extends Error {
  override readonly name = "NoBackendError";
}

/** The folders this program ships; `emotionModelPath` replaces the emotion network by one with its own manifest. */
export function modelFolders(emotionModelPath: string | null): ModelFolders {
  return {
    faces: fileURLToPath(new URL("../../models/blazeface_back", import.meta.url)),
    emotions: emotionModelPath ?? fileURLToPath(new URL("../../models/emotion", import.meta.url)),
  };
}

/**
 * Tries the planned backends in order and returns the first that is proven.
 *
 * @throws ModelManifestError when a model's files are at fault, which no backend can mend
 * @throws NoBackendError naming why each backend failed
 */
export async function openModels(choice: BackendChoice, folders: ModelFolders): Promise<ProvenModels> {
  const plan = await planBackends(choice);
  const notes = [...plan.notes];
  for (const backend of plan.order) {
    const startedMs = performance.now();
    try {
      await startBackend(backend);
      const { faces, emotions } = await loadProven(folders);
      return { backend, faces, emotions, warmUpMs: performance.now() - startedMs, notes };
    } catch (error) {
      if (error instanceof ModelManifestError) throw error;
      notes.push(`${backend}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  throw new NoBackendError(notes.join("; "));
}

async function loadProven(folders: ModelFolders): Promise<Pick<ProvenModels, "faces" | "emotions">> {
  const faceManifest = await readManifest(folders.faces);
  const emotionManifest = await readManifest(folders.emotions);
  if (faceManifest.task !== "face_detection") throw wrongTask(faceManifest);
  if (emotionManifest.task !== "emotion") throw wrongTask(emotionManifest);
  const faces = new FaceDetector(await loadGraph(faceManifest, folders.faces), faceManifest);
  const emotions = new EmotionModel(await loadGraph(emotionManifest, folders.emotions), emotionManifest);
  try {
    proveWarmUp(faces.id, faceManifest.warmUp, await faces.warmUp());
    proveWarmUp(emotions.id, emotionManifest.warmUp, await emotions.warmUp());
    // Shaders are compiled for each input size: every look at a webcam's picture spares the first learner the wait.
    const last = { box: { x: 0, y: 0, width: WEBCAM.height, height: WEBCAM.height }, faces: 1 };
    await faces.detect([{ image: warmUpImage(WEBCAM), search: { kind: "near", last } }]);
    return { faces, emotions };
  } catch (error) {
    faces.close();
    emotions.close();
    throw error;
  }
}

const WEBCAM = { width: 640, height: 480 };

function wrongTask(manifest: ModelManifest): ModelManifestError {
  return new ModelManifestError(`${manifest.name} is a model for ${manifest.task}`);
}
