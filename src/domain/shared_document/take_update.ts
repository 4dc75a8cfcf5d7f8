/** Decides on an update of a shared document: taken, known already, or refused with the reason. */
import * as Y from "yjs";
import { reject, type Rejection } from "../decision.ts";
import { entryOf } from "../entry_of.ts";
import { shapeFault } from "./board_shape.ts";
import type { DocumentUpdated, SharedDocument } from "./document.ts";
import { hurtfulBrought, textsIn } from "./hurtful_text.ts";
import { DOCUMENT_BYTES_MAX, NOTES_LENGTH_MAX, SHAPES_MAX, UPDATES_MAX, WRITERS_MAX } from "./limits.ts";
import { type Insertion, readUpdate } from "./read_update.ts";
import { notesOf, replicaOf, shapesOf } from "./replica.ts";

export type UpdateVerdict =
  /** `hurtful`: a text that may hurt and that it brings; null for none. */
  | { readonly kind: "taken"; readonly event: DocumentUpdated; readonly hurtful: string | null }
  /** It brings nothing that the document does not have. */
  | { readonly kind: "known" }
  | Rejection;

/** Characters of base64 for three bytes. */
const BASE64_BYTES = 3 / 4;

function full(message: string): Rejection {
  return reject("document_full", message);
}

/** Client ids that insert something new; a rejection where one of them is another person's. */
function writersOf(
  document: SharedDocument,
  replica: Y.Doc,
  insertions: readonly Insertion[],
  by: string,
): readonly number[] | Rejection {
  const known = Y.decodeStateVector(Y.encodeStateVector(replica));
  const writing = insertions.filter(({ clientId, end }) => end > (known.get(clientId) ?? 0));
  const ids = [...new Set(writing.map(({ clientId }) => clientId))];
  const isTheirs = (id: number) => !Object.hasOwn(document.writers, id) || entryOf(document.writers, `${id}`) === by;
  if (!ids.every(isTheirs)) {
    return reject("not_yours", "This page writes under the client id of another; load the document anew.");
  }
  const fresh = ids.filter((id) => !Object.hasOwn(document.writers, id));
  if (Object.keys(document.writers).length + fresh.length <= WRITERS_MAX) return fresh;
  return full(`At most ${WRITERS_MAX} pages write in a document.`);
}

function contentFault(document: SharedDocument, replica: Y.Doc): Rejection | null {
  if (document.name === "notes") {
    const { length } = notesOf(replica);
    if (length <= NOTES_LENGTH_MAX) return null;
    return full(`The notes have at most ${NOTES_LENGTH_MAX} characters; these would be ${length}.`);
  }
  const shapes = shapesOf(replica);
  if (shapes.size > SHAPES_MAX) return full(`A board has at most ${SHAPES_MAX} shapes.`);
  for (const [id, shape] of shapes.entries()) {
    const fault = shapeFault(id, shape);
    if (fault !== null) return reject("update_not_allowed", fault);
  }
  return null;
}

/** The merged size is worked out only where the sum of what it is merged from does not already fit. */
function isWithinBytes({ merged, tail }: SharedDocument, replica: Y.Doc, brought: Uint8Array): boolean {
  const length = tail.reduce((sum, update) => sum + update.length, merged.length);
  if (length * BASE64_BYTES + brought.length <= DOCUMENT_BYTES_MAX) return true;
  return Y.encodeStateAsUpdate(replica).length <= DOCUMENT_BYTES_MAX;
}

/** Applies it to the replica; null when it brings nothing, otherwise what it brings and nothing else. */
function applied(replica: Y.Doc, bytes: Uint8Array): Uint8Array | null | Rejection {
  const brought: Uint8Array[] = [];
  replica.on("update", (update: Uint8Array) => void brought.push(update));
  try {
    Y.applyUpdate(replica, bytes);
  } catch (error) {
    // The replica was sound and is thrown away, so what went wrong is the update.
    const why = error instanceof Error ? error.message : String(error);
    return reject("malformed_update", `The update cannot be applied: ${why}.`);
  }
  if (replica.store.pendingStructs !== null || replica.store.pendingDs !== null) {
    return reject("update_gap", "Something before this update is missing; send all since `state_vector`.");
  }
  return brought[0] ?? null;
}

/**
 * @param update a Yjs update (its first version) in base64
 * @param by whose update it is: a replica's client id belongs to the first person who writes under it
 */
export function takeUpdate(document: SharedDocument, update: string, by: string): UpdateVerdict {
  const reading = readUpdate(document.name, update);
  if (reading.kind === "rejected") return reading;
  const replica = replicaOf(document);
  const stateVector = Y.encodeStateVector(replica).toBase64();
  const newWriters = writersOf(document, replica, reading.insertions, by);
  if ("kind" in newWriters) return newWriters;
  const before = textsIn(replica, document.name);
  const brought = applied(replica, reading.bytes);
  if (brought === null) return { kind: "known" };
  if ("kind" in brought) {
    return brought.code === "update_gap" ? { ...brought, detail: { state_vector: stateVector } } : brought;
  }
  if (document.updates >= UPDATES_MAX) return full(`A document takes at most ${UPDATES_MAX} updates.`);
  const fault = contentFault(document, replica);
  if (fault !== null) return fault;
  if (!isWithinBytes(document, replica, brought)) {
    return full(`A document has at most ${DOCUMENT_BYTES_MAX} bytes, traces of what was deleted included.`);
  }
  const event: DocumentUpdated = {
    type: "document_updated",
    document: document.name,
    update: brought.toBase64(),
    by,
    newWriters,
  };
  return { kind: "taken", event, hurtful: hurtfulBrought(before, textsIn(replica, document.name)) };
}
