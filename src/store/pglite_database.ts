/** PGlite on a data folder, with the durability that was asked for. */
import { PGlite } from "@electric-sql/pglite";
import { createDataFolder } from "./pglite_folder.ts";
import type { Durability } from "./pglite_messages.ts";
import { SyncedFiles } from "./synced_files.ts";

const FSYNC_OFF = "-F";
// PGlite's file layer has fsync, which `synced_files.ts` makes real, but nothing behind fdatasync, the usual method.
const FSYNC_ON = ["-c", "fsync=on", "-c", "wal_sync_method=fsync"];
// `upkeep.ts` checkpoints long before this; beyond it, old log files are deleted instead of kept for reuse.
const LOG_SMALL = ["-c", "max_wal_size=160MB"];

/** Opens `folder`, making it first where there is none. `onFailure`: see {@link SyncedFiles}. */
export async function openDatabase(
  folder: string,
  durability: Durability,
  onFailure: (error: unknown) => void,
): Promise<PGlite> {
  await createDataFolder(folder, durability);
  const fs = new SyncedFiles(folder, durability, onFailure);
  const params = [...PGlite.defaultStartParams, ...LOG_SMALL];
  if (durability === "process") return await PGlite.create({ fs, startParams: params });
  return await PGlite.create({ fs, startParams: [...params.filter((param) => param !== FSYNC_OFF), ...FSYNC_ON] });
}
