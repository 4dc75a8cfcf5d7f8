/** Plain JSON: what crosses a socket, a journal row or a message between actors. */

export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json };
