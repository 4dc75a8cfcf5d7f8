/** A model whose manifest or files are at fault, which no other backend can mend. */
export class ModelManifestError extends Error {
  override readonly name = "ModelManifestError";
}
