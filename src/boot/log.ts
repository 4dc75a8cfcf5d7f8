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

/** A log on standard output. Fields never hold tokens, passwords, answers or image bytes: callers see to that. */
export function openLog(): Log {
  const onTerminal = Deno.stdout.isTerminal();
  return {
    write(level, message, fields = {}) {
      const line = onTerminal
        ? plainLine(level, message, fields)
        : JSON.stringify({ at: new Date().toISOString(), level, message, ...fields });
      Deno.stdout.writeSync(encoder.encode(`${line}\n`));
    },
  };
}
