/** Any graded answer: a right one scores less with every rung of hints, a wrong one nothing. */
import fc from "fast-check";
import type { Graded } from "../../../src/domain/adaptive/elo.ts";

export const gradedArbitrary: fc.Arbitrary<Graded> = fc.oneof(
  fc.constantFrom(0.4, 0.6, 0.8, 1).map((score) => ({ correct: true, score })),
  fc.constant({ correct: false, score: 0 }),
);
