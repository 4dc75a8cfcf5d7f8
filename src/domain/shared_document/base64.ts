/** Base64 as the wire and the journal hold bytes. */

/** The bytes of strict base64 (RFC 4648, padded); null for any other text. */
export function bytesFrom(text: string): Uint8Array | null {
  try {
    return Uint8Array.fromBase64(text, { lastChunkHandling: "strict" });
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
