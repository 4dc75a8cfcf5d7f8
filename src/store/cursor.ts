/** Opaque page cursors: where the last row of a page stood in its order. */

/** The text is no cursor that this store has given out. */
export class BadCursorError extends Error {
  override readonly name = "BadCursorError";
}

/** Sort key and id of the last row shown. */
export interface Position<Key extends number | string> {
  readonly key: Key;
  readonly id: string;
}

/** A row more than asked for tells whether there is a next page. */
export function pageOf<Row, Key extends number | string>(
  rows: readonly Row[],
  limit: number,
  positionOf: (row: Row) => Position<Key>,
): { readonly rows: readonly Row[]; readonly next: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { rows: shown, next: rows.length > limit && last !== undefined ? encode(positionOf(last)) : null };
}

/** Throws {@link BadCursorError} for text that is no cursor with a key of this kind. */
export function positionAt(cursor: string, kind: "number"): Position<number>;
export function positionAt(cursor: string, kind: "string"): Position<string>;
export function positionAt(cursor: string, kind: "number" | "string"): Position<number | string> {
  const [key, id] = decode(cursor);
  if (typeof key !== kind || (typeof key !== "number" && typeof key !== "string") || typeof id !== "string") {
    throw new BadCursorError("not a cursor of this list");
  }
  return { key, id };
}

function encode({ key, id }: Position<number | string>): string {
  return new TextEncoder().encode(JSON.stringify([key, id])).toBase64({ alphabet: "base64url", omitPadding: true });
}

function decode(cursor: string): readonly unknown[] {
  try {
    const parsed: unknown = JSON.parse(
      new TextDecoder().decode(Uint8Array.fromBase64(cursor, { alphabet: "base64url" })),
    );
    if (Array.isArray(parsed)) return parsed;
  } catch (error) {
    throw new BadCursorError("not a cursor", { cause: error });
  }
  throw new BadCursorError("not a cursor");
}
