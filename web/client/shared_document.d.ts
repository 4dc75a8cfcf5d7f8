/** Types of shared_document.js. */
import type * as Y from "yjs";
import type { Channel } from "./neurolearn.js";

export type DocumentChange =
  | { readonly kind: "changed"; readonly by: "here" | "others" }
  /** Everything written here has been acknowledged. */
  | { readonly kind: "saved" }
  /**
   * The server will not have what was written: `replica` is another one now, as the server has it. Or the document
   * cannot be read; then it stays as it is.
   */
  | { readonly kind: "refused"; readonly code: string; readonly message: string };

/** Between two relative positions of Yjs in base64, at a point of the board, or nowhere. */
export type CursorPlace =
  | { readonly anchor: string; readonly head: string }
  | { readonly x: number; readonly y: number }
  | null;

export class SharedDocument {
  readonly name: "notes" | "board";
  /** @param channel of a room that is joined */
  constructor(channel: Channel, name: "notes" | "board");
  /** Another one after a refusal. */
  readonly replica: Y.Doc;
  readonly notes: Y.Text;
  readonly shapes: Y.Map<Y.Map<unknown>>;
  readonly isSaved: boolean;
  /** Returns its end. */
  onChange(listener: (change: DocumentChange) => void): () => void;
  draw(id: string, properties: { readonly [name: string]: unknown }): void;
  point(at: CursorPlace): void;
  close(): void;
}
