/** What a journal cannot hold. */

/** The journal holds an event that could not have followed what came before it. */
export class ImpossibleEventError extends Error {
  override readonly name = "ImpossibleEventError";
}
