/** A class as it is kept: whose it is, how one comes in, and what is allowed in it. */

/** Who decided when whether emotion may be inferred in a class. */
export interface ClassEmotionPolicy {
  readonly allowed: boolean;
  readonly byUserId: string;
  readonly atMs: number;
}

export interface NewSchoolClass {
  readonly id: string;
  readonly title: string;
  /** Its teacher: a member from the start, who stays. */
  readonly ownerId: string;
  readonly createdAtMs: number;
}

export interface SchoolClass extends NewSchoolClass {
  /** Null until somebody has decided: then nothing is inferred. */
  readonly emotionPolicy: ClassEmotionPolicy | null;
  /** Off: those who take part in it are on no board, of this class or any other. */
  readonly leaderboardsAllowed: boolean;
  /** Whether those who join by its code wait until one of its teachers admits them. */
  readonly joinNeedsApproval: boolean;
}
