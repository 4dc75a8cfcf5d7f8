/** The server's own models and code in this browser, on the first backend that computes what the server's does. */
import { EmotionModel } from "../../src/ml/emotion_model.ts";
import { FaceDetector } from "../../src/ml/face_detector.ts";
import { FaceReader } from "../../src/ml/face_reader.ts";
import { openGraph } from "../../src/ml/open_graph.ts";
import { proveWarmUp } from "../../src/ml/warm_up.ts";
import { backendsToTry, startBackend } from "./backends.js";

export class NoReaderError extends Error {
  name = "NoReaderError";
}

async function fetchModel(fetchSignedIn, manifest) {
  const bytesOf = async ({ sha256 }) => new Uint8Array(await (await fetchSignedIn(`/models/${sha256}`)).arrayBuffer());
  const [topology, ...weights] = await Promise.all([manifest.topology, ...manifest.weights].map(bytesOf));
  return { manifest, topology: new TextDecoder().decode(topology), weights };
}

/** Opens a network in the current backend and refuses it unless a known picture gives the stored numbers. */
async function proven(Model, { manifest, topology, weights }) {
  const model = new Model(await openGraph(JSON.parse(topology), weights), manifest);
  try {
    proveWarmUp(model.id, manifest.warmUp, await model.warmUp());
    return model;
  } catch (error) {
    model.close();
    throw error;
  }
}

/**
 * Loads the models from the server. `fetchSignedIn(path)` answers as `fetch` does and rejects unless the answer is good.
 * Resolves to the reader, the names of its models as the server writes them, its backend, and why no better one is used.
 */
export async function openProvenReader(fetchSignedIn) {
  const manifests = await (await fetchSignedIn("/models")).json();
  const [faces, emotions] = await Promise.all([
    fetchModel(fetchSignedIn, manifests.faces),
    fetchModel(fetchSignedIn, manifests.emotions),
  ]);
  const notes = [];
  for (const backend of await backendsToTry()) {
    try {
      await startBackend(backend);
      const detector = await proven(FaceDetector, faces);
      const namer = await proven(EmotionModel, emotions);
      return { reader: new FaceReader(detector, namer), model: `${detector.id}+${namer.id}`, backend, notes };
    } catch (error) {
      notes.push(`${backend}: ${error.message}`);
    }
  }
  throw new NoReaderError(notes.join("; "));
}
