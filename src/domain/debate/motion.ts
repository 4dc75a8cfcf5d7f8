/** A motion as authored: what is debated, and the map of what can be argued for and against it. */

export const SIDES = ["for", "against"] as const;
export type Side = typeof SIDES[number];

export const ARGUMENT_KINDS = ["claim", "support", "rebuttal", "evidence"] as const;
export type ArgumentKind = typeof ARGUMENT_KINDS[number];

/** One argument of the map. */
export interface AuthoredArgument {
  readonly id: string;
  readonly side: Side;
  readonly kind: ArgumentKind;
  /** What it supports, rebuts or is evidence for; null for a claim. */
  readonly target: string | null;
  readonly text: string;
  /** Where evidence can be looked up; null for reasoning. */
  readonly source: string | null;
}

export interface Motion {
  readonly id: string;
  readonly title: string;
  /** What one needs to know before arguing, fair to both sides. */
  readonly background: string;
  readonly ageMin: number;
  readonly arguments: readonly AuthoredArgument[];
}

export function otherSide(side: Side): Side {
  return side === "for" ? "against" : "for";
}
