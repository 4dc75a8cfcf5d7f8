/** The models in use, handed to browsers: their manifests, and the files that these name and no others. */
import type { DeviceModels } from "../http/ports.ts";
import { type ModelManifest, readManifest, readModelFile } from "./manifest.ts";
import type { ModelFolders } from "./proven_models.ts";

type FileReading = () => Promise<Uint8Array<ArrayBuffer>>;

/** Reads the manifests now and each file when it is asked for. @throws ModelManifestError */
export async function openDeviceModels(folders: ModelFolders): Promise<DeviceModels> {
  const faces = await readManifest(folders.faces);
  const emotions = await readManifest(folders.emotions);
  const files = new Map<string, FileReading>([
    ...filesOf(faces, folders.faces),
    ...filesOf(emotions, folders.emotions),
  ]);
  return {
    manifests: { faces, emotions },
    file: async (sha256) => await files.get(sha256)?.() ?? null,
  };
}

function filesOf(manifest: ModelManifest, folder: string): [sha256: string, reading: FileReading][] {
  return [manifest.topology, ...manifest.weights].map((file) => [
    file.sha256,
    () => readModelFile(manifest, folder, file),
  ]);
}
