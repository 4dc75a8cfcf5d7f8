/** Looks up what was put into a plain object under an id that people choose. */

/** The entry; null when there is none. An id such as `constructor` finds only what was put in. */
export function entryOf<Value>(entries: { readonly [id: string]: Value }, id: string): Value | null {
  return Object.hasOwn(entries, id) ? entries[id] ?? null : null;
}
