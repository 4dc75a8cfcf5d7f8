/** A bench server as a child process: its port, its id, its end. */

export interface Served {
  readonly port: number;
  readonly pid: number;
  stop(): Promise<void>;
}

/** Starts `bench/wire/<script>` and waits for the port it prints. */
export async function serve(script: string, ...args: string[]): Promise<Served> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", new URL(`./${script}`, import.meta.url).pathname, ...args],
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
