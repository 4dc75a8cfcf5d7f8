/** What the bench tells the threads of its load, and what they answer. */
import type { Heard, Rooms } from "./crowd.ts";

/** How a server is spoken to. */
export type Dialect = "ours" | "plain" | "socket_io" | "colyseus";

export type CrowdOrder =
  | { readonly kind: "gather"; readonly dialect: Dialect; readonly port: number; readonly rooms: Rooms }
  | { readonly kind: "say_all"; readonly forMs: number; readonly listeners: number }
  | { readonly kind: "loop"; readonly forMs: number };

/** Null once a crowd has gathered. */
export type CrowdReport = Heard | null;
