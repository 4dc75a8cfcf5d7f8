/** The same room, each text of which is an event: in PGlite, in the folder given, before anybody is told it. */
import type { Aggregate } from "../../src/domain/aggregate.ts";
import { assertNever } from "../../src/domain/assert_never.ts";
import { accept } from "../../src/domain/decision.ts";
import { openStore } from "../../src/store/open_store.ts";
import { serveRoom } from "./serve_room.ts";

interface Room {
  readonly said: number;
}

interface Said {
  readonly type: "said";
  readonly item: number;
  readonly text: string;
}

const [dataDir = "", TEXT_CHARS = "64"] = Deno.args;
const TEXT = "x".repeat(Number(TEXT_CHARS));

const room: Aggregate<Room, { readonly item: number }, Said, never> = {
  kind: "session",
  schemaVersion: 1,
  initial: () => ({ said: 0 }),
  decide: (_state, { item }) => accept([{ type: "said", item, text: TEXT }]),
  evolve: ({ said }) => ({ said: said + 1 }),
  upcastState: (_version, stored) => stored as Room,
  upcastEvent: (_version, _type, stored) => stored as Said,
  priorityOf: () => "event",
  pendingEffects: () => [],
  effectFailed: (effect) => assertNever(effect),
  audienceOf: () => "all",
  view: (state) => ({ ...state }),
  project: ({ type, item, text }) => ({ type, data: { item, text } }),
  listing: () => null,
};

const opened = await openStore({ kind: "pglite", dataDir, durability: "power" });
await opened.migrate();
await serveRoom(room, opened.store);
