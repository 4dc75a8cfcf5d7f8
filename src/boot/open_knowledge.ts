/** Starts the knowledge model, or says why lessons go on without it. */
import { fileURLToPath } from "node:url";
import type { Meter } from "../actors/ports.ts";
import { KnowledgeService, KnowledgeUnavailableError, openKnowledgeWorker } from "../ml/knowledge_service.ts";
import type { Log } from "./log.ts";
import type { Settings } from "./settings.ts";
import { systemClock } from "./system_ports.ts";

const SHIPPED_MODEL = fileURLToPath(new URL("../../models/knowledge", import.meta.url));

/**
 * The model under `ADAPTIVE_MODEL_PATH`, or the one that ships; without the latter, null, and Elo predicts.
 *
 * @throws KnowledgeUnavailableError when the folder that was asked for holds no model that works
 */
export async function openKnowledge(
  settings: Pick<Settings, "mlBackend" | "adaptiveModelPath">,
  meter: Meter,
  log: Log,
  shippedFolder: string = SHIPPED_MODEL,
): Promise<KnowledgeService | null> {
  const { mlBackend, adaptiveModelPath } = settings;
  try {
    const service = await KnowledgeService.start({
      backend: mlBackend,
      folder: adaptiveModelPath ?? shippedFolder,
      clock: systemClock,
      meter,
      openWorker: openKnowledgeWorker,
    });
    log.write("info", "knowledge model", { ...service.report() });
    return service;
  } catch (error) {
    if (adaptiveModelPath !== null || !(error instanceof KnowledgeUnavailableError)) throw error;
    log.write("warn", "no knowledge model: Elo predicts instead", { reason: error.message });
    return null;
  }
}
