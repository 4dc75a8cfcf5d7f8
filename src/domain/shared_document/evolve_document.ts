/** A shared document after one more update; merged now and then, always at the same place. */
import * as Y from "yjs";
import type { DocumentUpdated, SharedDocument } from "./document.ts";
import { TAIL_LENGTH_MAX, TAIL_UPDATES_MAX } from "./limits.ts";
import { replicaOf } from "./replica.ts";

/** What was deleted is let go of, but for the trace that keeps replicas in step. */
function compacted(document: SharedDocument): SharedDocument {
  return { ...document, merged: Y.encodeStateAsUpdate(replicaOf(document)).toBase64(), tail: [] };
}

export function withUpdate(
  document: SharedDocument,
  { update, by, newWriters }: Omit<DocumentUpdated, "type" | "document">,
  atMs: number,
): SharedDocument {
  const tail = [...document.tail, update];
  const grown: SharedDocument = {
    ...document,
    tail,
    writers: { ...document.writers, ...Object.fromEntries(newWriters.map((id) => [id, by])) },
    updates: document.updates + 1,
    lastBy: by,
    lastAtMs: atMs,
  };
  const length = tail.reduce((sum, one) => sum + one.length, 0);
  return tail.length > TAIL_UPDATES_MAX || length > TAIL_LENGTH_MAX ? compacted(grown) : grown;
}
