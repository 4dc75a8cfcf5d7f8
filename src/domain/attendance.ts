/** Who is on a channel, as the edge tells the actors that want to know: noted, never an event. */

/** The kinds of actors that are told. */
export const ATTENDED_KINDS: readonly string[] = ["classroom", "room"];

/**
 * How many devices of a person are on the channel now; 0 when the last one has left. Sent by the engine, after each
 * change and again to an actor that has forgotten what it had only noted.
 */
export interface Attendance {
  readonly type: "attendance";
  readonly userId: string;
  readonly devices: number;
}
