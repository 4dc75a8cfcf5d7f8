/** Why the server closes a socket: one code a reason, as docs/PROTOCOL.md lists them. */

export const CLOSE = {
  /** The client has ended a stream; a socket it closes itself. */
  byClient: 1000,
  /** The server restarts or cannot check the token now: connect again and resume. */
  comeBack: 1012,
  /** The first frame was not a `hello`. */
  helloExpected: 4400,
  /** The access token was refused or has expired: get a fresh one first. */
  unauthorized: 4401,
  /** The account was deactivated: do not come back. */
  deactivated: 4403,
  /** No `hello` came in time. */
  helloTimeout: 4408,
  /** The peer reads too slowly to be kept: connect again and resume. */
  tooSlow: 4413,
  /** Too many sockets of one person, or a peer that keeps on after being told to slow down. */
  tooMany: 4429,
} as const;

export type CloseCode = typeof CLOSE[keyof typeof CLOSE];
