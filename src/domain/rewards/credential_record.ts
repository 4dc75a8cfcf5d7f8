/** What is kept of a badge that was issued as a credential: enough to sign it again to the same text. */

/** `badge_lost`: what the badge stood on was taken back; `withdrawn`: a person revoked the credential by itself. */
export const REVOCATION_CODES = ["badge_lost", "withdrawn"] as const;

/** All that is published of it is its code. */
export interface Revocation {
  readonly code: typeof REVOCATION_CODES[number];
  readonly atMs: number;
  /** In somebody's own words, for the learner: others may be named in it. */
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
