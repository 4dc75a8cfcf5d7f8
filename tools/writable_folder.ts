/** Makes sure, before long work, that its results can be written. */

/** A folder that cannot be made or written to. */
export class FolderError extends Error {
  override readonly name = "FolderError";
}

/** Makes the folder where it is missing. @throws FolderError saying why nothing can be written there */
export async function makeWritable(folder: string): Promise<void> {
  try {
    await Deno.mkdir(folder, { recursive: true });
    await Deno.remove(await Deno.makeTempFile({ dir: folder }));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new FolderError(`cannot write to ${folder}: ${reason}`, { cause });
  }
}
