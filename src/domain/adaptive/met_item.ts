/** Items met earlier in the session, and which of them were answered right. */

export interface MetItem {
  readonly itemId: string;
  readonly skills: readonly string[];
  readonly correct: boolean;
}

/** Ids of the items that were answered right. */
export function rightIn(met: readonly MetItem[]): ReadonlySet<string> {
  return new Set(met.filter(({ correct }) => correct).map(({ itemId }) => itemId));
}
