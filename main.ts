/** Starts NeuroLearn from the environment. Run: deno task serve */
import { endProcess } from "./src/boot/end_process.ts";
import { type Log, openLog } from "./src/boot/log.ts";
import { readSettings, type Settings } from "./src/boot/settings.ts";
import { type Server, startServer } from "./src/boot/server.ts";
import { startOrExit } from "./src/boot/start_fault.ts";
import config from "./deno.json" with { type: "json" };

function announce(server: Server, settings: Settings, log: Log): void {
  for (const { username, role, password } of server.demoAccounts) {
    log.write("info", "demo account", { username, role, password: password ?? "as given when it was made" });
  }
  if (settings.unused.length > 0) log.write("warn", "set, but nothing uses it yet", { settings: [...settings.unused] });
  log.write("info", "listening", { url: server.url, environment: settings.environment });
}

const log = openLog();
const server = await startOrExit(log, async () => {
  const settings = readSettings(Deno.env.toObject());
  const started = await startServer(settings, config.version, log);
  announce(started, settings, log);
  return started;
});

let stopping: Promise<void> | null = null;
for (const signal of ["SIGTERM", "SIGINT"] as const) {
  Deno.addSignalListener(signal, () => {
    log.write("info", "stopping", { signal });
    stopping ??= server.drain().then(() => endProcess(0));
  });
}
