/** Notices words that may hurt among those that an update brings into a shared document. */
import type * as Y from "yjs";
import { isCivil } from "../civility/civility.ts";
import type { DocumentName } from "./document.ts";
import { SHAPE_TEXT_LENGTH_MAX } from "./limits.ts";
import { notesOf, shapesOf } from "./replica.ts";

/** The lines of the notes, the texts of a board's shapes. */
export function textsIn(replica: Y.Doc, name: DocumentName): readonly string[] {
  if (name === "notes") return notesOf(replica).toString().split("\n");
  const shapes = Object.values(Object(shapesOf(replica).toJSON()));
  return shapes.map((shape) => Object(shape).text).filter((text) => typeof text === "string");
}

/** So much of a long line as is told, with what hurts in it. */
function told(line: string): string {
  for (let at = 0; at < line.length; at += SHAPE_TEXT_LENGTH_MAX / 2) {
    const part = line.slice(at, at + SHAPE_TEXT_LENGTH_MAX);
    if (!isCivil(part)) return part;
  }
  return line.slice(0, SHAPE_TEXT_LENGTH_MAX);
}

/**
 * A text that may hurt, where there are more of them after the update than before it; null elsewhere. Only texts that
 * the update has changed are read, so who goes on writing behind such words is told of once.
 */
export function hurtfulBrought(before: readonly string[], after: readonly string[]): string | null {
  const [had, has] = [new Set(before), new Set(after)];
  const brought = after.filter((text) => !had.has(text) && !isCivil(text));
  if (brought.length === 0) return null;
  const gone = before.filter((text) => !has.has(text) && !isCivil(text));
  const [first] = brought;
  return first === undefined || brought.length <= gone.length ? null : told(first);
}
