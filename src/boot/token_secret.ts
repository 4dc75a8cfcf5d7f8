/** The secret that signs access tokens: from the settings, or made once and kept beside the data in development. */
import { privateFolder } from "../store/private_folder.ts";

const SECRET_BYTES = 48;

function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

/** Returns `configured`, or the secret kept in `dataDir`, made with owner-only permissions when there is none yet. */
export async function tokenSecret(configured: string | null, dataDir: string): Promise<string> {
  if (configured !== null) return configured;
  const path = `${dataDir}/token-secret`;
  try {
    const kept = (await Deno.readTextFile(path)).trim();
    if (kept.length > 0) return kept;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  const fresh = toBase64(crypto.getRandomValues(new Uint8Array(SECRET_BYTES)));
  await privateFolder(dataDir);
  await Deno.writeTextFile(path, `${fresh}\n`, { mode: 0o600 });
  return fresh;
}
