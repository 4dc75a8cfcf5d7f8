/** Who is on a channel, as the edge tells the actors that want to know: noted, never an event. */

/** The kinds of actors that are told. */
export const ATTENDED_KINDS: readonly string[] = ["classroom", "room"];

/** One connection of a person on the channel. */
export interface AttendingDevice {
  /** The connection's, as the edge named it. */
  readonly id: string;
  /** False while it looks open and is silent, though it had said when it would next be heard. */
  readonly isHeard: boolean;
}

/**
 * A person's devices on the channel now; none when the last one has left. Sent by the engine, after each change and
 * again to an actor that has forgotten what it had only noted.
 */
export interface Attendance {
  readonly type: "attendance";
  readonly userId: string;
  readonly devices: readonly AttendingDevice[];
}
