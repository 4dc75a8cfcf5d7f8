/** A document that several write at once: its merged content, and who has written in it. */

/** `notes`: one text. `board`: shapes by their ids. */
export const DOCUMENT_NAMES = ["notes", "board"] as const;
export type DocumentName = (typeof DOCUMENT_NAMES)[number];

export interface SharedDocument {
  readonly name: DocumentName;
  /** All but the tail as one Yjs update in base64; empty for nothing. */
  readonly merged: string;
  /** Updates taken since, in order; merged when they are many. */
  readonly tail: readonly string[];
  /** Whose replica each Yjs client id is. */
  readonly writers: { readonly [clientId: string]: string };
  /** Ever taken. */
  readonly updates: number;
  /** Who wrote last, and when; null before anybody has. */
  readonly lastBy: string | null;
  readonly lastAtMs: number | null;
}

/** What the journal keeps of an update: no more than what it brought. */
export interface DocumentUpdated {
  readonly type: "document_updated";
  readonly document: DocumentName;
  /** A Yjs update (its first version) in base64. */
  readonly update: string;
  readonly by: string;
  /** Client ids that write for the first time. */
  readonly newWriters: readonly number[];
}

export function emptyDocument(name: DocumentName): SharedDocument {
  return { name, merged: "", tail: [], writers: {}, updates: 0, lastBy: null, lastAtMs: null };
}
