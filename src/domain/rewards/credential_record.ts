/** What is kept of a badge that was issued as a credential: enough to sign it again to the same text. */

export interface Revocation {
  readonly atMs: number;
  readonly byUserId: string;
  /** Published with the list of what is revoked. */
  readonly reason: string;
}

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
