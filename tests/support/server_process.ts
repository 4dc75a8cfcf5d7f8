/** A real server as a child process, started as `deno task serve` starts it, to be killed and started again. */
import { z } from "zod";

const logLine = z.looseObject({ message: z.string() });
type LogLine = z.infer<typeof logLine>;

export interface ServerProcess {
  readonly url: string;
  readonly pid: number;
  /** From its beginning until it served. */
  readonly startedInMs: number;
  /** Sends `signal` and waits until the process is gone; resolves to its exit code. */
  stop(signal: "SIGKILL" | "SIGTERM"): Promise<number>;
  /** The first log line so far or to come that satisfies `matches`. */
  logged(matches: (line: LogLine) => boolean): Promise<LogLine>;
  /** Everything the process wrote. */
  output(): string;
}

export class ServerStartError extends Error {
  override readonly name = "ServerStartError";
}

/** The flags of the `serve` task, so that a test runs under the permissions that users get. */
async function serveFlags(): Promise<string[]> {
  const config: unknown = JSON.parse(await Deno.readTextFile(new URL("../../deno.json", import.meta.url)));
  const { tasks } = z.object({ tasks: z.object({ serve: z.string() }) }).parse(config);
  return tasks.serve.split(" ").slice(2, -1);
}

/** Changes the flags that a server gets, to take permissions from it. */
export type Flags = (flags: readonly string[]) => readonly string[];
const AS_USERS: Flags = (flags) => flags;

async function serveCommand(settings: { readonly [name: string]: string }, change: Flags): Promise<Deno.Command> {
  return new Deno.Command(Deno.execPath(), {
    args: ["run", ...change(await serveFlags()), "main.ts"],
    cwd: new URL("../../", import.meta.url),
    env: { PORT: "0", ...settings },
    stdout: "piped",
    stderr: "piped",
  });
}

export interface EndedProcess {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts a server that is to end by itself, and waits until it has. */
export async function failToStart(
  settings: { readonly [name: string]: string },
  change: Flags = AS_USERS,
): Promise<EndedProcess> {
  const { code, stdout, stderr } = await (await serveCommand(settings, change)).output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

/** Starts the server with these settings on a free port and waits until it serves. */
export async function startServer(
  settings: { readonly [name: string]: string },
  change: Flags = AS_USERS,
): Promise<ServerProcess> {
  const begunMs = performance.now();
  const child = (await serveCommand(settings, change)).spawn();
  const lines: LogLine[] = [];
  const waiting = new Set<() => void>();
  let text = "";
  let ended = false;
  const decoder = new TextDecoder();

  async function collect(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<void> {
    let rest = "";
    for await (const chunk of stream) {
      const piece = decoder.decode(chunk, { stream: true });
      text += piece;
      const parts = (rest + piece).split("\n");
      rest = parts.pop() ?? "";
      for (const part of parts) {
        if (!part.startsWith("{")) continue;
        lines.push(logLine.parse(JSON.parse(part)));
      }
      for (const wake of waiting) wake();
    }
  }
  const collected = Promise.all([collect(child.stdout), collect(child.stderr)]).finally(() => {
    ended = true;
    for (const wake of waiting) wake();
  });

  function logged(matches: (line: LogLine) => boolean): Promise<LogLine> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const found = lines.find(matches);
        if (!found && !ended) return;
        waiting.delete(look);
        if (found) resolve(found);
        else reject(new ServerStartError(`the server ended without that line; it wrote:\n${text}`));
      };
      waiting.add(look);
      look();
    });
  }

  const listening = z.object({ url: z.string() }).parse(await logged((line) => line.message === "listening"));
  return {
    url: listening.url,
    pid: child.pid,
    startedInMs: performance.now() - begunMs,
    async stop(signal) {
      child.kill(signal);
      const [status] = await Promise.all([child.status, collected]);
      return status.code;
    },
    logged,
    output: () => text,
  };
}
