/** Types of notes_area.js. */
import type { SharedDocument } from "./shared_document.js";

export interface Replacement {
  readonly at: number;
  readonly deleted: number;
  readonly inserted: string;
}

/** From one text to the other; `caret` stands after what was typed. */
export function replacement(before: string, after: string, caret: number): Replacement;

/** What is needed of a `<textarea>`. */
export interface TextArea {
  value: string;
  readonly selectionStart: number;
  readonly selectionEnd: number;
  setSelectionRange(start: number, end: number): void;
  addEventListener(type: "input", listener: () => void): void;
  removeEventListener(type: "input", listener: () => void): void;
}

/** Binds a text area to shared notes. Returns its end. */
export function bindNotes(area: TextArea, shared: SharedDocument): () => void;
