/** Starts the compared servers as one child process on a fresh PGlite folder. */

export interface ServedBoth {
  readonly pid: number;
  /** Origin of the whole server. */
  readonly url: string;
  /** Origin of the bare Hono app. */
  readonly bareUrl: string;
  stop(): Promise<void>;
}

/** The limits stay on, as users have them; the cheapest hashes, since signing in is not what is measured. */
const SETTINGS = { PORT: "0", BCRYPT_COST: "4", EMOTION: "off" };

export async function serveBoth(): Promise<ServedBoth> {
  const dataDir = await Deno.makeTempDir({ prefix: "bench_" });
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--unstable-webgpu", new URL("./both_servers.ts", import.meta.url).pathname],
    env: { ...SETTINGS, DATA_DIR: dataDir },
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const ready = Promise.withResolvers<RegExpMatchArray>();
  // Read to the end, or the log of requests would fill the pipe and hold the server up.
  const logged = (async () => {
    let begun = "";
    for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
      const found = begun === "served" ? null : (begun += text).match(/^both (\S+) (\S+)$/m);
      if (found === null) continue;
      begun = "served";
      ready.resolve(found);
    }
    ready.reject(new Deno.errors.UnexpectedEof("the servers ended before they served"));
  })();
  const [, url = "", bareUrl = ""] = await ready.promise;
  return {
    pid: child.pid,
    url,
    bareUrl,
    async stop() {
      child.kill("SIGKILL");
      await child.status;
      await logged;
      await Deno.remove(dataDir, { recursive: true });
    },
  };
}
