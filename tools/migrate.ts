/** Brings the database up to date and names what ran. Run: deno task migrate */
import { storeConfig } from "../src/boot/server.ts";
import { readSettings } from "../src/boot/settings.ts";
import { openStore } from "../src/store/open_store.ts";

const settings = readSettings(Deno.env.toObject());
await Deno.mkdir(settings.dataDir, { recursive: true });
const store = await openStore(storeConfig(settings));
const migrated = await store.migrate();
console.log(migrated.length === 0 ? "the database is up to date" : `migrated: ${migrated.join(", ")}`);
await store.close();
