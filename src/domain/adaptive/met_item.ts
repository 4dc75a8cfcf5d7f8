/** One item met earlier in the session. */

export interface MetItem {
  readonly itemId: string;
  readonly skills: readonly string[];
  readonly correct: boolean;
}
