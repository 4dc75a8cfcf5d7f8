/** Finds what a suggestion can come with as the session stands. */
import type { InterventionKind } from "../affect/intervention.ts";
import { HINT_RUNGS } from "./limits.ts";
import type { Offer } from "./offer.ts";
import type { ActiveSession } from "./state.ts";
import { exampleFor } from "./worked_example.ts";

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
