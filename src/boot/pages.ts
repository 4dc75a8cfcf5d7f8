/** The pages that browsers are given; what reads cameras there not at all where the deployment reads no emotion. */
import type { AppParts } from "../http/app.ts";
import { openDeviceModels } from "../ml/device_models.ts";
import { modelFolders } from "../ml/proven_models.ts";
import type { Settings } from "./settings.ts";
import { readEmotionFiles, readLiveFiles } from "./web_files.ts";

export async function openPages(emotion: Settings["emotion"]): Promise<Pick<AppParts, "webFiles" | "deviceModels">> {
  const live = await readLiveFiles();
  if (emotion.kind === "off") return { webFiles: live, deviceModels: null };
  return {
    webFiles: new Map([...live, ...await readEmotionFiles()]),
    deviceModels: await openDeviceModels(modelFolders(emotion.modelPath)),
  };
}
