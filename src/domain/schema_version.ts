/** Refuses stored states and events of a version that this program does not know. */

export class UnknownSchemaVersionError extends Error {
  override readonly name = "UnknownSchemaVersionError";
}

/** Throws {@link UnknownSchemaVersionError} unless `version` is the one that `kind` writes today. */
export function requireVersion(kind: string, version: number, current: number): void {
  if (version !== current) {
    throw new UnknownSchemaVersionError(`${kind} version ${version} is not known; this program writes ${current}`);
  }
}
