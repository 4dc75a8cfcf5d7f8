/** What browsers need to read their own cameras: nothing at all where the deployment reads no emotion. */
import type { AppParts } from "../http/app.ts";
import { openDeviceModels } from "../ml/device_models.ts";
import { modelFolders } from "../ml/proven_models.ts";
import type { Settings } from "./settings.ts";
import { readWebFiles } from "./web_files.ts";

export async function openDevicePage(
  emotion: Settings["emotion"],
): Promise<Pick<AppParts, "webFiles" | "deviceModels">> {
  if (emotion.kind === "off") return { webFiles: new Map(), deviceModels: null };
  return { webFiles: await readWebFiles(), deviceModels: await openDeviceModels(modelFolders(emotion.modelPath)) };
}
