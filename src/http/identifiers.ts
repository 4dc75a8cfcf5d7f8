/** Ids and secrets made from given time and given random bytes. */

/** Cryptographically strong random bytes, injected so that tests can own them. */
export type RandomBytes = (count: number) => Uint8Array<ArrayBuffer>;

const HEX: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

function hex(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += HEX[byte] ?? "";
  return text;
}

/** Writes sixteen bytes as a UUID, setting the version nibble and the variant bits of RFC 9562. */
function uuidOf(bytes: Uint8Array<ArrayBuffer>, version: number): string {
  const own = bytes.slice(0, 16);
  own.set([((own[6] ?? 0) & 0x0f) | (version << 4)], 6);
  own.set([((own[8] ?? 0) & 0x3f) | 0x80], 8);
  const text = hex(own);
  return `${text.slice(0, 8)}-${text.slice(8, 12)}-${text.slice(12, 16)}-${text.slice(16, 20)}-${text.slice(20)}`;
}

/** A UUID of version 7 (RFC 9562 §5.7): 48 bits of milliseconds, so that ids sort by the time they were made. */
export function uuidV7(nowMs: number, randomBytes: RandomBytes): string {
  const bytes = new Uint8Array(16);
  bytes.set(randomBytes(10), 6);
  for (let i = 0, rest = nowMs; i < 6; i += 1, rest = Math.floor(rest / 256)) bytes[5 - i] = rest % 256;
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
