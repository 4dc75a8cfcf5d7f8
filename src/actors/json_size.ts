/** How large plain data is, roughly and cheaply. */

const VALUE_BYTES = 8;
const KEY_BYTES = 4;
/** Beyond this many values the rest is taken to be like what was seen. */
const VALUES_SEEN_MAX = 2_000;

/**
 * Estimated bytes of `value` in memory or as text; both are within a small factor of it. Looks at no more than
 * `VALUES_SEEN_MAX` values and two bytes a character.
 */
export function estimateBytes(value: unknown): number {
  const waiting: unknown[] = [value];
  let bytes = 0;
  let seen = 0;
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (++seen > VALUES_SEEN_MAX) return bytes + waiting.length * (bytes / seen);
    bytes += VALUE_BYTES;
    if (typeof next === "string") bytes += next.length * 2;
    else if (Array.isArray(next)) { for (const item of next) waiting.push(item ?? null); }
    else if (typeof next === "object" && next !== null) {
      for (const key in next) {
        bytes += KEY_BYTES + key.length;
        waiting.push(Reflect.get(next, key) ?? null);
      }
    }
  }
  return bytes;
}
