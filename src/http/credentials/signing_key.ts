/** The key that signs credentials: RS256, the one algorithm that every Open Badges 3.0 verifier has to know. */
import { calculateJwkThumbprint, type CryptoKey, exportJWK, importPKCS8, type JWK } from "jose";

export const CREDENTIAL_ALGORITHM = "RS256";
const MODULUS_BITS_MIN = 2_048;
const BITS_PER_BYTE = 8;

export class CredentialKeyError extends Error {
  override readonly name = "CredentialKeyError";
}

export interface SigningKey {
  readonly privateKey: CryptoKey;
  /** The public part alone. */
  readonly publicJwk: JWK;
  /** SHA-256 of the public key (RFC 7638) in base64url: its name. */
  readonly thumbprint: string;
}

/**
 * Reads an RSA private key of at least 2048 bits from PKCS #8 in PEM.
 *
 * @throws CredentialKeyError when the text is no such key
 */
export async function readSigningKey(pem: string): Promise<SigningKey> {
  const privateKey = await parsed(pem);
  // Taken member by member: what is private must never get into what is published.
  const { n, e } = await exportJWK(privateKey);
  if (n === undefined || e === undefined) throw new CredentialKeyError("the credential key is no RSA key");
  const modulusBits = Uint8Array.fromBase64(n, { alphabet: "base64url" }).length * BITS_PER_BYTE;
  if (modulusBits < MODULUS_BITS_MIN) {
    throw new CredentialKeyError(`the credential key has ${modulusBits} bits, fewer than ${MODULUS_BITS_MIN}`);
  }
  const publicJwk = { kty: "RSA", n, e };
  return { privateKey, publicJwk, thumbprint: await calculateJwkThumbprint(publicJwk) };
}

async function parsed(pem: string): Promise<CryptoKey> {
  try {
    return await importPKCS8(pem, CREDENTIAL_ALGORITHM, { extractable: true });
  } catch (cause) {
    throw new CredentialKeyError("the credential key is no RSA private key in PKCS #8 PEM", { cause });
  }
}
