/** Folders that nobody but their owner may look into. */

const OWNER_ONLY = 0o700;
const OTHERS = 0o077;

/**
 * Makes `path`, and what leads to it, for its owner alone; a folder that is there already is closed to others.
 * Resolves to whether it is closed: one that belongs to somebody else cannot be.
 */
export async function privateFolder(path: string): Promise<boolean> {
  await Deno.mkdir(path, { recursive: true, mode: OWNER_ONLY });
  // Windows has no modes; a user's folders are private there by inheritance.
  if (Deno.build.os === "windows") return true;
  try {
    await Deno.chmod(path, OWNER_ONLY);
  } catch (error) {
    // A volume of another user's, lent to this one's group.
    if (!(error instanceof Deno.errors.PermissionDenied)) throw error;
  }
  return (((await Deno.stat(path)).mode ?? 0) & OTHERS) === 0;
}
