/** Who this process is to the other nodes: a name that it keeps, and an incarnation that no other process ever has. */
import type { Ownership } from "../actors/ports.ts";
import { DataFolderInUseError } from "../store/pglite.ts";

const NAME_FILE = "node-name";
/** The node that ran on this data folder last, as the database knows it. */
const INCARNATION_FILE = "node-incarnation";

export interface NodeIdentity {
  /** The node's name and its incarnation, under which leases are held. */
  readonly node: string;
  /**
   * Ends the lease of the process that ran on this data folder before, which is dead since it has lost the lock, and
   * leaves this one's name for the next. To be called before the node takes a lease. Rejects as the store does.
   */
  succeed(ownership: Pick<Ownership, "endLease">): Promise<void>;
  /** Lets another process take the folder; the operating system does the same when this one dies. */
  release(): void;
}

async function readAll(file: Deno.FsFile): Promise<string> {
  const bytes = new Uint8Array((await file.stat()).size);
  const count = await file.read(bytes);
  return new TextDecoder().decode(bytes.subarray(0, count ?? 0)).trim();
}

async function readIncarnation(path: string): Promise<string | null> {
  try {
    return (await Deno.readTextFile(path)).trim();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

/**
 * Locks `dataDir` for the life of this process and makes it a node: `configured`, or the name kept there, with a new
 * incarnation. A process under the same name elsewhere is therefore another node, and a restarted one takes its actors
 * back at once, as it knows its predecessor's incarnation.
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
  let name = configured ?? await readAll(file);
  if (name === "") {
    name = `node-${crypto.randomUUID().slice(0, 8)}`;
    await file.write(new TextEncoder().encode(`${name}\n`));
    await file.sync();
  }
  const node = `${name}.${crypto.randomUUID().slice(0, 8)}`;
  return {
    node,
    async succeed(ownership) {
      const path = `${dataDir}/${INCARNATION_FILE}`;
      const predecessor = await readIncarnation(path);
      if (predecessor !== null) await ownership.endLease(predecessor);
      await Deno.writeTextFile(path, `${node}\n`);
    },
    release: () => file.close(),
  };
}
