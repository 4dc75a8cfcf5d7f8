/** Which rooms a person looks for. */

export interface RoomSearch {
  /** Null: of every class that they are in. */
  readonly classId: string | null;
  readonly userId: string;
  /** `open_to`: besides those that they are or were in, those with a place for any student of the class. */
  readonly which: "theirs" | "open_to";
  readonly status: string | null;
}
