/** Where the edge writes what an operator should know; fields never hold tokens, passwords, answers or images. */
import type { Json } from "../domain/json.ts";

export interface EdgeLog {
  write(level: "info" | "warn" | "error", message: string, fields?: { readonly [name: string]: Json }): void;
}
