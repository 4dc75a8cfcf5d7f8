/** Whether two pieces of plain data say the same. */

/** Deep equality of plain JSON data; keys may come in any order, an undefined field counts as absent. */
export function jsonEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return Object.is(a, b);
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  for (const key in a) if (!jsonEqual(Reflect.get(a, key), Reflect.get(b, key))) return false;
  for (const key in b) if (!(key in a) && Reflect.get(b, key) !== undefined) return false;
  return true;
}
