/** What readers are given of a shared document: the difference to what they have, and its content in plain data. */
import * as Y from "yjs";
import { reject, type Rejection } from "../decision.ts";
import { bytesFrom } from "./base64.ts";
import type { SharedDocument } from "./document.ts";
import { STATE_VECTOR_BYTES_MAX } from "./limits.ts";
import { notesOf, replicaOf, shapesOf } from "./replica.ts";

export interface Difference {
  readonly kind: "difference";
  /** A Yjs update in base64: what the document has beyond the reader's state vector. */
  readonly update: string;
  /** The document's own, in base64: the reader sends what it has beyond it. */
  readonly stateVector: string;
}

function knownTo(stateVector: string): Uint8Array | null {
  if (stateVector === "") return Y.encodeStateVector(new Map<number, number>());
  const bytes = bytesFrom(stateVector);
  if (bytes === null || bytes.length > STATE_VECTOR_BYTES_MAX) return null;
  try {
    Y.decodeStateVector(bytes);
  } catch {
    // Only the bytes can be at fault: the caller is told that they are no state vector.
    return null;
  }
  return bytes;
}

/** @param stateVector of the reader's replica, in base64; empty for one that has nothing */
export function differenceTo(document: SharedDocument, stateVector: string): Difference | Rejection {
  const known = knownTo(stateVector);
  if (known === null) return reject("malformed_state_vector", "This is no Yjs state vector in base64.");
  const replica = replicaOf(document);
  return {
    kind: "difference",
    update: Y.encodeStateAsUpdate(replica, known).toBase64(),
    stateVector: Y.encodeStateVector(replica).toBase64(),
  };
}

export type PlainDocument =
  | { readonly kind: "notes"; readonly text: string }
  | { readonly kind: "board"; readonly shapes: { readonly [id: string]: unknown } };

export function plainDocument(document: SharedDocument): PlainDocument {
  const replica = replicaOf(document);
  if (document.name === "notes") return { kind: "notes", text: notesOf(replica).toString() };
  return { kind: "board", shapes: shapesOf(replica).toJSON() };
}
