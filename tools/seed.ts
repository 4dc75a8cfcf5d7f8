/** Puts the demo course, or a course file of one's own, into the database. Run: deno task seed [COURSE.json] */
import { seedCourse } from "../src/boot/demo.ts";
import { openLog } from "../src/boot/log.ts";
import { storeConfig } from "../src/boot/server.ts";
import { readSettings } from "../src/boot/settings.ts";
import { startOrExit } from "../src/boot/start_fault.ts";
import { openStore } from "../src/store/open_store.ts";

const [path] = Deno.args;
const file = path === undefined ? undefined : new URL(path, `file://${Deno.cwd()}/`);
const course = await startOrExit(openLog(), async () => {
  await using opened = new AsyncDisposableStack();
  const store = await openStore(storeConfig(readSettings(Deno.env.toObject())));
  opened.defer(() => store.close());
  await store.migrate();
  return await seedCourse(store.courses, file);
});
console.log(`seeded the course ${course}`);
