/** This node's name: the same after every restart, and never two processes under it at once. */
import { DataFolderInUseError } from "../store/pglite.ts";

const NAME_FILE = "node-name";

export interface NodeIdentity {
  readonly node: string;
  /** Lets another process take the folder; the operating system does the same when this one dies. */
  release(): void;
}

async function readAll(file: Deno.FsFile): Promise<string> {
  const bytes = new Uint8Array((await file.stat()).size);
  const count = await file.read(bytes);
  return new TextDecoder().decode(bytes.subarray(0, count ?? 0)).trim();
}

/**
 * Locks `dataDir` for the life of this process and returns the node's name: `configured`, or the one kept there. A
 * restarted node keeps its name, so it takes its own actors back at once instead of waiting for its lease to expire.
 *
 * @throws DataFolderInUseError when another process holds the folder
 */
export async function nodeIdentity(configured: string | null, dataDir: string): Promise<NodeIdentity> {
  const file = await Deno.open(`${dataDir}/${NAME_FILE}`, { read: true, write: true, create: true });
  const exclusive = true;
  if (!await file.tryLock(exclusive)) {
    file.close();
    throw new DataFolderInUseError(`the data folder ${dataDir} is in use by another process`);
  }
  let node = configured ?? await readAll(file);
  if (node === "") {
    node = `node-${crypto.randomUUID().slice(0, 8)}`;
    await file.write(new TextEncoder().encode(`${node}\n`));
    await file.sync();
  }
  return { node, release: () => file.close() };
}
