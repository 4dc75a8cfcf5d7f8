/** The worker that PGlite runs in, so that no query ever holds up the application's event loop. */
/// <reference lib="deno.worker" />
import { PgliteBridge } from "./pglite_bridge.ts";
import { openDatabase } from "./pglite_database.ts";
import type { PgliteOrder, PgliteReport } from "./pglite_messages.ts";

function report(message: PgliteReport): void {
  self.postMessage(message);
}

function fail(error: unknown): void {
  report({ kind: "failed", message: error instanceof Error ? error.message : String(error) });
}

async function open(order: Extract<PgliteOrder, { kind: "open" }>): Promise<() => Promise<void>> {
  const db = await openDatabase(order.folder, order.durability, fail);
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
