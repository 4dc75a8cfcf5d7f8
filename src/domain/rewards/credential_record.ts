/** What is kept of a badge that was issued as a credential: enough to sign it again to the same text. */

/** By whoever revoked it, or because the learner lost the badge. Published with the list of what is revoked. */
export interface Revocation {
  readonly atMs: number;
  readonly reason: string;
}

/** A credential stands for one award: a badge that is lost and earned again is awarded anew. */
export interface CredentialRecord {
  /** A UUID. */
  readonly id: string;
  readonly learnerId: string;
  readonly badgeId: string;
  /** When the learner earned the badge. */
  readonly awardedAtMs: number;
  readonly issuedAtMs: number;
  readonly revocation: Revocation | null;
}
