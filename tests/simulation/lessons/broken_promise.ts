/** What a judge of lessons throws. */

export class BrokenPromise extends Error {
  override readonly name = "BrokenPromise";
}

/** Throws {@link BrokenPromise}: `promise` is its number in the specification. */
export function broken(promise: string, what: string): never {
  throw new BrokenPromise(`${promise}: ${what}`);
}
