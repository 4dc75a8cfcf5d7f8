/** What the socket edge asks of the actor runtime. */
import type { Registry } from "../../actors/registry.ts";

export type Door = Pick<Registry, "tell" | "read" | "watch" | "unwatch">;
