/** Opaque page cursors: where the last row of a page stood in its order. */

/** The text is no cursor that this store has given out. */
export class BadCursorError extends Error {
  override readonly name = "BadCursorError";
}

const OTHER_LIST = "not a cursor of this list";

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

/** The position in a list sorted by a number. Throws {@link BadCursorError}. */
export function numberPosition(cursor: string): Position<number> {
  const [key, id] = decode(cursor);
  if (typeof key !== "number" || !Number.isSafeInteger(key) || !isText(id)) throw new BadCursorError(OTHER_LIST);
  return { key, id };
}

/** The position in a list sorted by a text. Throws {@link BadCursorError}. */
export function textPosition(cursor: string): Position<string> {
  const [key, id] = decode(cursor);
  if (!isText(key) || !isText(id)) throw new BadCursorError(OTHER_LIST);
  return { key, id };
}

/** Postgres takes no NUL in a text. */
function isText(value: unknown): value is string {
  return typeof value === "string" && !value.includes("\0");
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
