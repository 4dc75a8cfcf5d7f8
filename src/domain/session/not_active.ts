/** The refusals of a session that is not at work. */
import { reject, type Rejection } from "../decision.ts";
import type { BegunSession } from "./state.ts";

/** Why a paused or completed session does not do what was asked (E5, E7). */
export function notActive(status: Exclude<BegunSession["status"], "active">): Rejection {
  return status === "paused"
    ? reject("session_paused", "The session is paused; resume it first.")
    : reject("session_completed", "The session is complete; start another.");
}
