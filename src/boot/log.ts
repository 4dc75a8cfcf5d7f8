/** The server's log: one JSON object a line on standard output, or plain lines on a terminal. */
import type { Json } from "../domain/json.ts";

export type LogLevel = "info" | "warn" | "error";

export interface Log {
  write(level: LogLevel, message: string, fields?: { readonly [name: string]: Json }): void;
}

const encoder = new TextEncoder();

function plainLine(level: LogLevel, message: string, fields: { readonly [name: string]: Json }): string {
  const rest = Object.entries(fields).map(([name, value]) =>
    `${name}=${typeof value === "string" ? value : JSON.stringify(value)}`
  );
  return [level === "info" ? "" : `${level.toUpperCase()} `, message, rest.length > 0 ? "  " : "", rest.join(" ")].join(
    "",
  );
}

/** Put together as text: as one object it would be copied first, for every request. */
function jsonLine(level: LogLevel, message: string, fields: { readonly [name: string]: Json }): string {
  const rest = JSON.stringify(fields).slice(1);
  const begun = `{"at":"${new Date().toISOString()}","level":"${level}","message":${JSON.stringify(message)}`;
  return rest === "}" ? `${begun}}` : `${begun},${rest}`;
}

/** How long lines that report no trouble wait for others to be written with, and how many characters wait at most. */
const GATHER_MS = 20;
const GATHER_CHARS_MAX = 32_768;

function writeAll(bytes: Uint8Array): void {
  try {
    for (let rest = bytes; rest.length > 0;) rest = rest.subarray(Deno.stdout.writeSync(rest));
  } catch (error) {
    // Nobody reads the log any more, and there is nowhere else to say so: lessons go on.
    if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
  }
}

/**
 * A log on standard output. Lines are gathered for a moment, since each writing costs as much as a small answer; a
 * warning or an error is written at once, with all before it, and so is what is left when the process exits. Fields
 * never hold tokens, passwords, answers or image bytes: callers see to that.
 */
export function openLog(): Log {
  const onTerminal = Deno.stdout.isTerminal();
  let gathered = "";
  function flush(): void {
    const text = gathered;
    gathered = "";
    writeAll(encoder.encode(text));
  }
  globalThis.addEventListener("unload", flush);
  return {
    write(level, message, fields = {}) {
      const line = onTerminal ? plainLine(level, message, fields) : jsonLine(level, message, fields);
      if (gathered === "") setTimeout(flush, GATHER_MS);
      gathered += `${line}\n`;
      if (level !== "info" || gathered.length > GATHER_CHARS_MAX) flush();
    },
  };
}
