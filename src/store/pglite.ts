/** Starts PGlite in a worker, on a data folder that this process alone may use, behind a private Unix socket. */
import { resolve } from "node:path";
import type { Durability, PgliteOrder, PgliteReport } from "./pglite_messages.ts";
import { privateFolder } from "./private_folder.ts";

/** `sun_path` holds 108 bytes on Linux and 104 on macOS, the closing zero included. */
const SOCKET_PATH_BYTES_MAX = 103;
/** The name that Postgres clients look for in a socket folder. */
const SOCKET_NAME = ".s.PGSQL.5432";
const CLOSE_WAIT_MS_MAX = 10_000;

export class DataFolderInUseError extends Error {
  override readonly name = "DataFolderInUseError";
}

export class PgliteFailedError extends Error {
  override readonly name = "PgliteFailedError";
}

export interface Pglite {
  /** Folder of the Unix socket: the driver's `host`, and what `psql -h` takes. */
  readonly socketFolder: string;
  /** Why the database cannot be used any more, or null while it can. */
  failure(): string | null;
  close(): Promise<void>;
}

/**
 * Opens `dataDir/postgres`, making it on the first start; both folders are their owner's alone. Throws {@link DataFolderInUseError} while another process
 * has it open; the lock is the operating system's, so it dies with its holder. Throws {@link PgliteFailedError} when
 * the database does not start.
 */
export async function openPglite(
  { dataDir, durability }: { readonly dataDir: string; readonly durability: Durability },
): Promise<Pglite> {
  const root = resolve(dataDir);
  await privateFolder(root);
  const lock = await lockFolder(root);
  try {
    const socketFolder = await socketFolderIn(root);
    const worker = new DatabaseWorker();
    await worker.open({
      kind: "open",
      folder: `${root}/postgres`,
      socketPath: `${socketFolder}/${SOCKET_NAME}`,
      durability,
    });
    return {
      socketFolder,
      failure: () => worker.failure,
      async close() {
        await worker.close();
        await Deno.remove(socketFolder, { recursive: true });
        lock.close();
      },
    };
  } catch (error) {
    lock.close();
    throw error;
  }
}

async function lockFolder(root: string): Promise<Deno.FsFile> {
  const file = await Deno.open(`${root}/lock`, { create: true, read: true, write: true });
  const exclusive = true;
  if (await file.tryLock(exclusive)) return file;
  file.close();
  throw new DataFolderInUseError(`the data folder ${root} is in use by another process`);
}

/** In the data folder, where a dead process's socket is simply replaced; elsewhere when its path would be too long. */
async function socketFolderIn(root: string): Promise<string> {
  const inside = `${root}/run`;
  if (fits(inside)) {
    await removeIfThere(inside);
    await Deno.mkdir(inside, { mode: 0o700 });
    return inside;
  }
  const outside = await Deno.makeTempDir({ prefix: "pg-" });
  if (fits(outside)) return outside;
  throw new PgliteFailedError(`no folder for the database's socket: ${outside} is longer than a socket path may be`);
}

function fits(folder: string): boolean {
  return new TextEncoder().encode(`${folder}/${SOCKET_NAME}`).length <= SOCKET_PATH_BYTES_MAX;
}

async function removeIfThere(path: string): Promise<void> {
  try {
    await Deno.remove(path, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

/** The worker's far end: orders out, reports in. */
class DatabaseWorker {
  readonly #worker = new Worker(new URL("./pglite_worker.ts", import.meta.url), { type: "module", name: "pglite" });
  #failure: string | null = null;
  #settle: ((report: PgliteReport) => void) | null = null;

  constructor() {
    this.#worker.onmessage = ({ data }: MessageEvent<PgliteReport>) => this.#hear(data);
    this.#worker.onerror = (event) => {
      // Handled here: readiness tells of it, and the queries in flight fail with their connections.
      event.preventDefault();
      this.#hear({ kind: "failed", message: event.message });
    };
  }

  get failure(): string | null {
    return this.#failure;
  }

  #hear(report: PgliteReport): void {
    if (report.kind === "failed") {
      this.#failure ??= report.message;
      // Whatever it still did could not be trusted; without it, connections break at once and nothing hangs.
      this.#worker.terminate();
    }
    this.#settle?.(report);
  }

  async open(order: PgliteOrder): Promise<void> {
    const report = await this.#ask(order);
    if (report.kind === "failed") throw new PgliteFailedError(`the database did not start: ${report.message}`);
  }

  async close(): Promise<void> {
    if (this.#failure !== null) return;
    const patience = Promise.withResolvers<PgliteReport>();
    const timer = setTimeout(
      () => patience.resolve({ kind: "failed", message: "the database did not close in time" }),
      CLOSE_WAIT_MS_MAX,
    );
    const report = await Promise.race([this.#ask({ kind: "close" }), patience.promise]);
    clearTimeout(timer);
    this.#worker.terminate();
    if (report.kind === "failed") throw new PgliteFailedError(report.message);
  }

  #ask(order: PgliteOrder): Promise<PgliteReport> {
    const { promise, resolve } = Promise.withResolvers<PgliteReport>();
    this.#settle = resolve;
    this.#worker.postMessage(order);
    return promise;
  }
}
