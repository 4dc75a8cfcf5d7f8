/** Seconds to `/ready` and megabytes on disk: a first run on empty caches, then a later start. Run: deno task bench:first-run */

const POLL_MS = 100;
const WAIT_MS_MAX = 300_000;
const root = new URL("../", import.meta.url);

async function bytesUnder(dir: string): Promise<number> {
  let bytes = 0;
  for await (const entry of Deno.readDir(dir)) {
    const path = `${dir}/${entry.name}`;
    if (entry.isDirectory) bytes += await bytesUnder(path);
    else if (entry.isFile) bytes += (await Deno.stat(path)).size;
  }
  return bytes;
}

async function isReady(url: string): Promise<boolean> {
  try {
    const response = await fetch(url);
    await response.body?.cancel();
    return response.ok;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

/** Starts the `serve` task, waits for `/ready`, stops it with SIGTERM; resolves to the seconds each took. */
async function timeStart(port: number, denoDir: string, dataDir: string): Promise<{ readyS: number; stopS: number }> {
  const startedMs = performance.now();
  const child = new Deno.Command(Deno.execPath(), {
    args: ["task", "serve"],
    cwd: root,
    env: { DENO_DIR: denoDir, DATA_DIR: dataDir, PORT: String(port) },
    stdout: "null",
    stderr: "null",
  }).spawn();
  while (!(await isReady(`http://127.0.0.1:${port}/ready`))) {
    if (performance.now() - startedMs > WAIT_MS_MAX) throw new Deno.errors.TimedOut("the server did not become ready");
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  const readyMs = performance.now();
  child.kill("SIGTERM");
  await child.status;
  return { readyS: (readyMs - startedMs) / 1000, stopS: (performance.now() - readyMs) / 1000 };
}

const denoDir = await Deno.makeTempDir({ prefix: "first_run_deno_" });
const dataDir = await Deno.makeTempDir({ prefix: "first_run_data_" });
try {
  const port = 20_000 + Math.floor(Math.random() * 20_000);
  const first = await timeStart(port, denoDir, dataDir);
  const cacheMb = (await bytesUnder(denoDir)) / 1e6;
  const dataMb = (await bytesUnder(dataDir)) / 1e6;
  const later = await timeStart(port, denoDir, dataDir);
  console.log(
    [
      `first run:   ${first.readyS.toFixed(1)} s to /ready, ${cacheMb.toFixed(0)} MB of packages, ${
        dataMb.toFixed(0)
      } MB of data`,
      `later start: ${later.readyS.toFixed(1)} s to /ready, ${later.stopS.toFixed(1)} s to stop`,
    ].join("\n"),
  );
} finally {
  await Deno.remove(denoDir, { recursive: true });
  await Deno.remove(dataDir, { recursive: true });
}
