/** A broken promise, named by its rule and told in one sentence. */

/** Called by whoever sees a promise broken; the first one ends the run. */
export type Violate = (rule: string, explanation: string) => void;

export interface Violation {
  /** Number in docs/SPEC.md. */
  readonly rule: string;
  readonly explanation: string;
  /** Virtual milliseconds since the run began. */
  readonly atMs: number;
}
