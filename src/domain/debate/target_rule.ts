/** What each kind of argument may be aimed at: the same rule for authors and for those who speak. */
import { assertNever } from "../assert_never.ts";
import type { ArgumentKind, Side } from "./motion.ts";

interface Aimed {
  readonly side: Side;
  readonly kind: ArgumentKind;
}

/** Why `one` may not be aimed at `target` (null: at nothing); null when it may. */
export function targetFault(one: Aimed, target: { readonly side: Side } | null): string | null {
  switch (one.kind) {
    case "claim":
      return target === null ? null : "a claim stands by itself, without a target";
    case "support":
    case "evidence":
      if (target === null) return `${one.kind} needs a target on its own side`;
      return target.side === one.side ? null : `${one.kind} is for a statement of its own side`;
    case "rebuttal":
      if (target === null) return "a rebuttal needs a target on the other side";
      return target.side === one.side ? "a rebuttal answers a statement of the other side" : null;
    default:
      return assertNever(one.kind);
  }
}
