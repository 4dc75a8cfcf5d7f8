/** What a suggestion to the learner comes with: enough to act on it at once. */
import type { InterventionKind } from "../affect/intervention.ts";
import { HINT_RUNGS } from "./limits.ts";
import type { ActiveSession } from "./state.ts";
import { exampleFor } from "./worked_example.ts";

export type Offer =
  /** The next hint of the open item, to be asked for by `hint`. */
  | { readonly kind: "hint"; readonly item: number; readonly rung: number }
  /** A closed item of this session on the same skill, worked out. */
  | { readonly kind: "worked_example"; readonly item: number; readonly prompt: string; readonly explanation: string }
  | { readonly kind: "easier_item" | "easier_on_request" | "break" | "praise" | "teacher_attention" };

/** What a suggestion of this kind comes with now; null when the session has not got it. */
export function offerOf(kind: InterventionKind, session: ActiveSession): Offer | null {
  const open = session.step.kind === "item_open" ? session.step.open : null;
  switch (kind) {
    case "hint":
      if (open === null || open.hintsGiven >= HINT_RUNGS) return null;
      return { kind, item: open.number, rung: open.hintsGiven + 1 };
    case "worked_example": {
      const example = open === null ? null : exampleFor(open.item, session.examples);
      if (example === null) return null;
      return { kind, item: example.item, prompt: example.prompt, explanation: example.explanation };
    }
    case "easier_item":
    case "easier_on_request":
    case "break":
    case "praise":
    case "teacher_attention":
      return { kind };
  }
}
