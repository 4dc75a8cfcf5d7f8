/** Puts the demo course, or a course file of one's own, into the database. Run: deno task seed [COURSE.json] */
import { seedCourse } from "../src/boot/demo.ts";
import { storeConfig } from "../src/boot/server.ts";
import { readSettings } from "../src/boot/settings.ts";
import { openStore } from "../src/store/open_store.ts";

const settings = readSettings(Deno.env.toObject());
await Deno.mkdir(settings.dataDir, { recursive: true });
const store = await openStore(storeConfig(settings));
await store.migrate();
const [path] = Deno.args;
const course = await seedCourse(store.courses, path === undefined ? undefined : new URL(path, `file://${Deno.cwd()}/`));
console.log(`seeded the course ${course}`);
await store.close();
