/** A bench server as a child process: its port, its id, its end. */

export interface Served {
  readonly port: number;
  readonly pid: number;
  stop(): Promise<void>;
}

/** Starts `bench/wire/<script>` and waits for the port it prints. */
export async function serve(script: string, ...args: string[]): Promise<Served> {
  return await started(Deno.execPath(), ["run", "-A", new URL(`./${script}`, import.meta.url).pathname, ...args]);
}

const PEERS = new URL("../rooms/peers/", import.meta.url).pathname;

/** The same for `bench/rooms/peers/<script>`, on the runtime it is made for. */
export async function servePeer(runtime: "node" | "bun", script: string): Promise<Served> {
  return await started(runtime === "node" ? "node" : `${PEERS}node_modules/.bin/bun`, [`${PEERS}${script}`]);
}

async function started(program: string, args: readonly string[]): Promise<Served> {
  const child = new Deno.Command(program, {
    args: [...args],
    // Other servers check and say less then; ours knows no such mode.
    env: { NODE_ENV: "production" },
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const lines = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  const printed = (await lines.read()).value ?? "";
  return {
    port: Number(printed.match(/port (\d+)/)?.[1]),
    pid: child.pid,
    async stop() {
      child.kill("SIGKILL");
      await child.status;
      await lines.cancel();
    },
  };
}
