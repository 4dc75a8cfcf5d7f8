/** Brings the database up to date and names what ran. Run: deno task migrate */
import { openLog } from "../src/boot/log.ts";
import { storeConfig } from "../src/boot/server.ts";
import { readSettings } from "../src/boot/settings.ts";
import { startOrExit } from "../src/boot/start_fault.ts";
import { openStore } from "../src/store/open_store.ts";

const migrated = await startOrExit(openLog(), async () => {
  await using opened = new AsyncDisposableStack();
  const store = await openStore(storeConfig(readSettings(Deno.env.toObject())));
  opened.defer(() => store.close());
  return await store.migrate();
});
console.log(migrated.length === 0 ? "the database is up to date" : `migrated: ${migrated.join(", ")}`);
