/** The key that signs credentials: from the settings, or made once and kept beside the data in development. */
import { exportPKCS8, generateKeyPair } from "jose";
import { CREDENTIAL_ALGORITHM, readSigningKey, type SigningKey } from "../http/credentials/signing_key.ts";
import { privateFolder } from "../store/private_folder.ts";

const MODULUS_BITS = 3_072;

/**
 * Reads `configured`, or the key kept in `dataDir`, made with owner-only permissions when there is none yet.
 *
 * @throws CredentialKeyError when there is a key that cannot be used
 */
export async function credentialKey(configured: string | null, dataDir: string): Promise<SigningKey> {
  if (configured !== null) return await readSigningKey(configured);
  const path = `${dataDir}/credential-key.pem`;
  try {
    return await readSigningKey(await Deno.readTextFile(path));
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  const { privateKey } = await generateKeyPair(CREDENTIAL_ALGORITHM, {
    modulusLength: MODULUS_BITS,
    extractable: true,
  });
  const pem = await exportPKCS8(privateKey);
  await privateFolder(dataDir);
  await Deno.writeTextFile(path, pem, { mode: 0o600 });
  return await readSigningKey(pem);
}
