/** A fingerprint of everything an actor has seen, so that a decision on any other history shows. */

/** What every state of the simulated actors begins with. */
export interface Seen {
  readonly seq: number;
  /** Fingerprint of events 1 to `seq`, in order. */
  readonly digest: number;
}

export const NOTHING_SEEN: Seen = { seq: 0, digest: 0 };

/** FNV-1a over the event's text, its number and the digest before it. */
export function digestAfter(before: number, event: object, seq: number): number {
  let hash = (0x811c9dc5 ^ before ^ Math.imul(seq, 0x9e3779b1)) >>> 0;
  const text = JSON.stringify(event);
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return hash;
}

/** Every event of the simulated actors says on which history it was decided. */
export interface Based {
  readonly before: number;
}

/** The decider was made to fail, as a bug would. */
export class DeciderFault extends Error {
  override readonly name = "DeciderFault";
}

/** An event or state of a version nobody ever wrote. */
export class UnknownVersionError extends Error {
  override readonly name = "UnknownVersionError";
}

/** For aggregates that never changed their shape. */
export function firstVersion<Stored>(version: number, stored: unknown): Stored {
  if (version !== 1) throw new UnknownVersionError(`version ${version} of a shape that only had one`);
  return stored as Stored;
}
