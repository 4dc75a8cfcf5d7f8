/** What a session does not tell of its open item while a lesson of the learner asks the same (J19). */
import { isAsked } from "../curriculum/asked_item.ts";
import { askedOfSender, reject, type Rejection, type TurnContext } from "../decision.ts";
import type { SessionPlan } from "./messages.ts";
import type { OpenItem } from "./state.ts";

/** The refusal of an answer, a hint or the tutor; null where no lesson asks this item, as far as the edge has looked. */
export function refusedWhileAsked(
  { courseId }: SessionPlan,
  { number, item }: OpenItem,
  { origin }: TurnContext,
): Rejection | null {
  if (!isAsked(askedOfSender(origin), courseId, item)) return null;
  const message = "Your class is asked this question now: answer it there. Here it waits until it is revealed; you " +
    "may pass it over at no cost.";
  return reject("item_asked", message, { open_item: number });
}
