/** An update that came from outside, taken apart before any replica sees it: bytes, parts and their kinds. */
import * as Y from "yjs";
import { reject, type Rejection } from "../decision.ts";
import { bytesFrom } from "./base64.ts";
import type { DocumentName } from "./document.ts";
import { CLOCK_MAX, UPDATE_BYTES_MAX } from "./limits.ts";
import { ENGINE_CLIENT_ID } from "./replica.ts";

/** What a replica inserts, up to the element before `end` of its clock. */
export interface Insertion {
  readonly clientId: number;
  readonly end: number;
}

export type UpdateReading =
  | { readonly kind: "read"; readonly bytes: Uint8Array; readonly insertions: readonly Insertion[] }
  | Rejection;

function malformed(why: string): Rejection {
  return reject("malformed_update", `This is no Yjs update of the first version in base64: ${why}.`);
}

/** Plain text lies under the root; a board's shapes lie there under their ids, and plain values in the shapes. */
function isAllowed(name: DocumentName, { content, parentSub, ...item }: Y.Item): boolean {
  const root = name === "notes" ? "notes" : "shapes";
  // The name of a root, for as long as no replica has integrated the item; Yjs' types leave that out.
  const parent: unknown = item.parent;
  if (typeof parent === "string" && parent !== root) return false;
  if (name === "notes") {
    const isText = content instanceof Y.ContentString || content instanceof Y.ContentDeleted;
    return isText && parentSub === null && (parent === null || parent === root);
  }
  // Without a parent of its own it stands where its neighbour does.
  if (parent !== null && parentSub === null) return false;
  if (content instanceof Y.ContentType) return content.type instanceof Y.Map && (parent === null || parent === root);
  return content instanceof Y.ContentDeleted || (content instanceof Y.ContentAny && parent !== root);
}

function structFault(name: DocumentName, struct: Y.Item | Y.GC | Y.Skip): Rejection | null {
  const { client, clock } = struct.id;
  if (struct instanceof Y.Skip) return malformed("it leaves something out");
  if (client === ENGINE_CLIENT_ID || struct.length < 1) return malformed("a part has no writer or no length");
  if (clock + struct.length > CLOCK_MAX) {
    return reject("document_full", `One page inserts at most ${CLOCK_MAX} elements; load it again.`);
  }
  if (struct instanceof Y.GC || isAllowed(name, struct)) return null;
  return reject("update_not_allowed", `The ${name} take no content of this kind.`);
}

function decoded(bytes: Uint8Array): ReturnType<typeof Y.decodeUpdate> | string {
  try {
    return Y.decodeUpdate(bytes);
  } catch (error) {
    // Whatever the decoder throws says that the bytes are no update: it has no other input.
    return error instanceof Error ? error.message : String(error);
  }
}

/** Reads base64 text as an update of the document `name`; a rejection says why it is none. */
export function readUpdate(name: DocumentName, update: string): UpdateReading {
  const bytes = bytesFrom(update);
  if (bytes === null) return malformed("the base64 is not whole");
  if (bytes.length > UPDATE_BYTES_MAX) {
    return reject("update_too_large", `An update has at most ${UPDATE_BYTES_MAX} bytes.`, { bytes: bytes.length });
  }
  const parts = decoded(bytes);
  if (typeof parts === "string") return malformed(parts);
  for (const struct of parts.structs) {
    const fault = structFault(name, struct);
    if (fault !== null) return fault;
  }
  const insertions = parts.structs.map(({ id, length }) => ({ clientId: id.client, end: id.clock + length }));
  return { kind: "read", bytes, insertions };
}
