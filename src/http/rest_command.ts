/** The name under which a request's command goes to an actor. */
import type { Origin } from "../domain/decision.ts";
import type { Principal } from "../domain/principal.ts";
import { type RandomBytes, uuidV7 } from "./identifiers.ts";

/** What ids that nobody had before are made of. */
export interface IdParts {
  readonly clock: { nowMs(): number };
  readonly randomBytes: RandomBytes;
}

export function freshCommandId({ clock, randomBytes }: IdParts): string {
  return `rest-${uuidV7(clock.nowMs(), randomBytes)}`;
}

/** Sent once, by this person or by the engine. */
export function sentBy(
  principal: Principal,
  parts: IdParts,
): { readonly commandId: string; readonly origin: Extract<Origin, { kind: "client" }> } {
  return { commandId: freshCommandId(parts), origin: { kind: "client", principal } };
}
