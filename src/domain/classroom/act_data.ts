/** Who did it and why, as each audience is told. */
import type { Json } from "../json.ts";
import type { Act } from "./events.ts";
import type { ClassroomAudience } from "./permission.ts";

/** The staff's record says who; students are told the reason alone. */
export function actData({ by, reason }: Act, kind: ClassroomAudience["kind"]): { readonly [key: string]: Json } {
  return kind === "teacher" ? { by, reason } : { reason };
}
