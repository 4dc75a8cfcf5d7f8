/** Plain JSON: what crosses a socket, a journal row or a message between actors. */

export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json };

/**
 * Plain data as it is, told to the compiler as JSON: an interface has no index signature, so it is no {@link Json} by
 * itself. Nothing is copied.
 */
export function plainJson(data: object): Json {
  return Object(data);
}
