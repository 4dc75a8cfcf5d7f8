/** The closing arm of every switch over a union: a new member breaks the build here. */

export class UnhandledCaseError extends Error {
  override readonly name = "UnhandledCaseError";
}

/** Throws {@link UnhandledCaseError}; typed so that it compiles only where every arm is listed. */
export function assertNever(value: never): never {
  throw new UnhandledCaseError(`unhandled case: ${JSON.stringify(value)}`);
}
