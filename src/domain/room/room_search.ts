/** Which rooms a person looks for. */

export interface RoomSearch {
  /** Null: of every class that they are in. */
  readonly classId: string | null;
  readonly userId: string;
  /**
   * `open_to`: besides those that they are or were in, those with a place for any student of the class. `wrote_in`:
   * all that they have ever been in, in whichever class.
   */
  readonly which: "theirs" | "open_to" | "wrote_in";
  readonly status: string | null;
}
