/** How a room stands, as it tells the lesson whose breakout it is. */

/** Not a word of what was said: words are in the room alone. */
export interface RoomReport {
  readonly status: "open" | "ended";
  /** Messages ever written. */
  readonly written: number;
  /** Those who are in it. */
  readonly members: readonly {
    readonly userId: string;
    readonly written: number;
    /** When they wrote last; null: not yet. */
    readonly lastAtMs: number | null;
  }[];
  /** Who has asked for help first; null while nobody does. */
  readonly help: { readonly userId: string; readonly sinceMs: number } | null;
  /** The answer that the room has agreed on, in words. */
  readonly agreed: string | null;
  /** Reports of messages that wait for the staff; absent in what rooms told before they told of them. */
  readonly openReports?: number;
}

/** Sent to the lesson. */
export interface RoomReported {
  readonly type: "room_report";
  readonly report: RoomReport;
}
