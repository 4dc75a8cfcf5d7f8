/** A learner's page with its own replica of a shared document, as a client keeps it. */
import assert from "node:assert/strict";
import * as Y from "yjs";
import type { DocumentName } from "../../../src/domain/shared_document/document.ts";
import { notesOf, shapesOf } from "../../../src/domain/shared_document/replica.ts";

export class Page {
  readonly replica = new Y.Doc();
  /** Updates of its own, in order, in base64; those that wait to be sent stand here until they are taken. */
  readonly outgoing: string[] = [];

  constructor(readonly userId: string, clientId: number, readonly name: DocumentName = "notes") {
    this.replica.clientID = clientId;
    this.replica.on("update", (update: Uint8Array, origin: unknown) => {
      if (origin !== "server") this.outgoing.push(update.toBase64());
    });
  }

  get text(): string {
    return notesOf(this.replica).toString();
  }

  get stateVector(): string {
    return Y.encodeStateVector(this.replica).toBase64();
  }

  /** Inserts at a share of the text's length, 0 to 1, or deletes there. */
  edit(place: number, inserted: string): void {
    const notes = notesOf(this.replica);
    const at = Math.floor(place * notes.length);
    if (inserted !== "") notes.insert(at, inserted);
    else if (at < notes.length) notes.delete(at, 1);
  }

  draw(id: string, properties: { readonly [name: string]: unknown }): void {
    this.replica.transact(() => {
      const shapes = shapesOf(this.replica);
      if (!shapes.has(id)) shapes.set(id, new Y.Map<unknown>());
      const shape = shapes.get(id);
      assert.ok(shape instanceof Y.Map);
      for (const [name, value] of Object.entries(properties)) shape.set(name, value);
    });
  }

  hear(update: string): void {
    Y.applyUpdate(this.replica, Uint8Array.fromBase64(update), "server");
  }

  /** What this page has beyond a state vector. */
  beyond(stateVector: string): string {
    return Y.encodeStateAsUpdate(this.replica, Uint8Array.fromBase64(stateVector)).toBase64();
  }

  /** The next update of its own that is new: what the last edits made. */
  lastUpdate(): string {
    return this.outgoing.at(-1) ?? "";
  }
}
