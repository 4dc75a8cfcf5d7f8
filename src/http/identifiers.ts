/** Ids and secrets made from given time and given random bytes. */

/** Cryptographically strong random bytes, injected so that tests can own them. */
export type RandomBytes = (count: number) => Uint8Array<ArrayBuffer>;

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Writes sixteen bytes as a UUID, setting the version nibble and the variant bits of RFC 9562. */
function uuidOf(bytes: Uint8Array<ArrayBuffer>, version: number): string {
  const view = new DataView(bytes.slice(0, 16).buffer);
  view.setUint8(6, (view.getUint8(6) & 0x0f) | (version << 4));
  view.setUint8(8, (view.getUint8(8) & 0x3f) | 0x80);
  const text = hex(new Uint8Array(view.buffer));
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join("-");
}

/** A UUID of version 7 (RFC 9562 §5.7): 48 bits of milliseconds, so that ids sort by the time they were made. */
export function uuidV7(nowMs: number, randomBytes: RandomBytes): string {
  const bytes = new Uint8Array(16);
  bytes.set(randomBytes(10), 6);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, Math.floor(nowMs / 2 ** 32));
  view.setUint32(2, nowMs % 2 ** 32);
  return uuidOf(bytes, 7);
}

/** A UUID of version 8 worked out from text: the same text gives the same id, so that a repeated request finds it. */
export async function uuidFromText(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return uuidOf(new Uint8Array(digest), 8);
}

/** 256 random bits in base64url: a refresh token as its holder has it. */
export function freshSecret(randomBytes: RandomBytes): string {
  return btoa(String.fromCharCode(...randomBytes(32))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** SHA-256 in hex: a refresh token as the store has it. The token is random, so a fast hash is enough. */
export async function secretHash(secret: string): Promise<string> {
  return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(secret))));
}
