/** Names for learners that only this deployment can tell whose they are: keyed hashes of their ids. */

const PSEUDONYM_BYTES = 16;
/** Keeps the key apart from what else the secret signs. */
const PURPOSE = "neurolearn: pseudonyms for language models";

export class Pseudonyms {
  private constructor(private readonly key: CryptoKey) {}

  static async open(secret: string): Promise<Pseudonyms> {
    const root = await signingKey(new TextEncoder().encode(secret));
    const derived = await crypto.subtle.sign("HMAC", root, new TextEncoder().encode(PURPOSE));
    return new Pseudonyms(await signingKey(derived));
  }

  /** The same id gives the same 32 hexadecimal digits under the same secret. */
  async of(learnerId: string): Promise<string> {
    const signed = await crypto.subtle.sign("HMAC", this.key, new TextEncoder().encode(learnerId));
    return new Uint8Array(signed, 0, PSEUDONYM_BYTES).toHex();
  }
}

function signingKey(bytes: BufferSource): Promise<CryptoKey> {
  const extractable = false;
  return crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, extractable, ["sign"]);
}
