/** The worker that PGlite runs in, so that no query ever holds up the application's event loop. */
/// <reference lib="deno.worker" />
import { PGlite } from "@electric-sql/pglite";
import { NodeFS } from "@electric-sql/pglite/nodefs";
import { PgliteBridge } from "./pglite_bridge.ts";
import type { PgliteOrder, PgliteReport } from "./pglite_messages.ts";
import { createDataFolder } from "./pglite_folder.ts";
import { SyncedFiles } from "./synced_files.ts";

const FSYNC_OFF = "-F";
// PGlite's file layer has fsync, which `synced_files.ts` makes real, but nothing behind fdatasync, the usual method.
const FSYNC_ON = ["-c", "fsync=on", "-c", "wal_sync_method=fsync"];

function report(message: PgliteReport): void {
  self.postMessage(message);
}

function fail(error: unknown): void {
  report({ kind: "failed", message: error instanceof Error ? error.message : String(error) });
}

async function openDatabase({ folder, durability }: Extract<PgliteOrder, { kind: "open" }>): Promise<PGlite> {
  await createDataFolder(folder, durability);
  if (durability === "process") return await PGlite.create({ fs: new NodeFS(folder) });
  const startParams = [...PGlite.defaultStartParams.filter((param) => param !== FSYNC_OFF), ...FSYNC_ON];
  return await PGlite.create({ fs: new SyncedFiles(folder, fail), startParams });
}

async function open(order: Extract<PgliteOrder, { kind: "open" }>): Promise<() => Promise<void>> {
  const db = await openDatabase(order);
  const backend = {
    run: (bytes: Uint8Array, onRawData: (bytes: Uint8Array) => void) =>
      db.execProtocolRawStream(bytes, { syncToFs: false, onRawData }),
    isInTransaction: () => db.isInTransaction(),
  };
  const bridge = new PgliteBridge(backend, fail);
  await bridge.listen(order.socketPath);
  return async () => {
    await bridge.close();
    await db.close();
  };
}

/** One order at a time: open, then close. */
function serve(): void {
  let close = () => Promise.resolve();
  self.onmessage = async ({ data }: MessageEvent<PgliteOrder>) => {
    try {
      if (data.kind === "open") {
        close = await open(data);
        report({ kind: "opened" });
      } else {
        await close();
        report({ kind: "closed" });
      }
    } catch (error) {
      fail(error);
    }
  };
}

serve();
