/** Starts NeuroLearn from the environment. Run: deno task serve */
import { type Log, openLog } from "./src/boot/log.ts";
import { readSettings, type Settings, SettingsError } from "./src/boot/settings.ts";
import { type Server, startServer } from "./src/boot/server.ts";
import config from "./deno.json" with { type: "json" };

function readOrExit(log: Log): Settings {
  try {
    return readSettings(Deno.env.toObject());
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    log.write("error", error.message, { faults: [...error.faults] });
    Deno.exit(2);
  }
}

function announce(server: Server, settings: Settings, log: Log): void {
  for (const { username, role, password } of server.demoAccounts) {
    log.write("info", "demo account", { username, role, password: password ?? "as given when it was made" });
  }
  if (settings.unused.length > 0) log.write("warn", "set, but nothing uses it yet", { settings: [...settings.unused] });
  log.write("info", "listening", { url: server.url, environment: settings.environment });
}

const log = openLog();
const settings = readOrExit(log);
const server = await startServer(settings, config.version, log);
announce(server, settings, log);

let stopping: Promise<void> | null = null;
for (const signal of ["SIGTERM", "SIGINT"] as const) {
  Deno.addSignalListener(signal, () => {
    log.write("info", "stopping", { signal });
    stopping ??= server.drain().then(() => Deno.exit(0));
  });
}
