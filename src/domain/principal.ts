/** Who acts: a signed-in person, or the engine itself. */

export type Role = "student" | "teacher" | "admin";

/** A signed-in person, as read from a verified access token. */
export interface Principal {
  readonly userId: string;
  readonly role: Role;
}
