/** What REST asks of the actor runtime. */
import type { Registry } from "../actors/registry.ts";

export type ActorDoor = Pick<Registry, "tell" | "read" | "watch" | "unwatch">;
