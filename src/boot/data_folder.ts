/** The data folder as a server takes it: there, its owner's alone, and this process's alone. */
import { DataFolderInUseError } from "../store/pglite.ts";
import { privateFolder } from "../store/private_folder.ts";
import type { Log } from "./log.ts";
import { type NodeIdentity, nodeIdentity } from "./node_identity.ts";

export class DataFolderError extends Error {
  override readonly name = "DataFolderError";
}

/**
 * Makes the folder where there is none, closes it to other users and takes it for this process; see
 * {@link nodeIdentity}.
 *
 * @throws DataFolderInUseError when another process holds it
 * @throws DataFolderError when it cannot be made or written
 */
export async function openDataFolder(nodeName: string | null, dataDir: string, log: Log): Promise<NodeIdentity> {
  try {
    if (!await privateFolder(dataDir)) {
      log.write("warn", "other users may read the data folder, and it is not this user's to close", {
        folder: dataDir,
      });
    }
    return await nodeIdentity(nodeName, dataDir);
  } catch (error) {
    if (error instanceof DataFolderInUseError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new DataFolderError(`the data folder ${dataDir} cannot be used: ${why}`, { cause: error });
  }
}
