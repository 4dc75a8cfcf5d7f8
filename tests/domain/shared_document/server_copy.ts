/** A shared document under its own rules, with the journal that it leaves. */
import assert from "node:assert/strict";
import {
  type DocumentName,
  type DocumentUpdated,
  emptyDocument,
  type SharedDocument,
} from "../../../src/domain/shared_document/document.ts";
import { withUpdate } from "../../../src/domain/shared_document/evolve_document.ts";
import { takeUpdate, type UpdateVerdict } from "../../../src/domain/shared_document/take_update.ts";

export class ServerCopy {
  document: SharedDocument;
  readonly journal: DocumentUpdated[] = [];

  constructor(readonly name: DocumentName = "notes") {
    this.document = emptyDocument(name);
  }

  take(update: string, by: string): UpdateVerdict {
    const before = this.document;
    const verdict = takeUpdate(this.document, update, by);
    if (verdict.kind === "taken") {
      this.journal.push(verdict.event);
      this.document = withUpdate(this.document, verdict.event, this.journal.length);
    } else assert.equal(this.document, before);
    return verdict;
  }

  /** The code of the refusal; fails where there is none. */
  refused(update: string, by: string): string {
    const verdict = this.take(update, by);
    assert.equal(verdict.kind, "rejected");
    return verdict.kind === "rejected" ? verdict.code : "";
  }

  /** The state that the journal alone gives. */
  replayed(): SharedDocument {
    return this.journal.reduce((document, event, i) => withUpdate(document, event, i + 1), emptyDocument(this.name));
  }
}
