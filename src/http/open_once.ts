/** Opening an actor by a request: the same key again finds the one that it opened (X1). */
import type { Address } from "../domain/address.ts";
import type { Principal } from "../domain/principal.ts";
import { requireDone } from "./actor_answers.ts";
import type { ActorDoor } from "./actor_door.ts";
import { uuidFromText, uuidV7 } from "./identifiers.ts";
import { problem, type ProblemError } from "./problem.ts";
import type { IdParts } from "./rest_command.ts";

/**
 * The id of what is opened: a fresh one without a key.
 * @param owner what is opened and whose key it is; the same key of another owner is another id
 */
export async function idUnderKey(owner: string, key: string | null, { clock, randomBytes }: IdParts): Promise<string> {
  return key === null ? uuidV7(clock.nowMs(), randomBytes) : await uuidFromText(`${owner} ${key}`);
}

/** Opens it, unless it has been opened. Throws the problem that says why it was not. */
export async function openOnce<Command>(
  actors: Pick<ActorDoor, "tell">,
  principal: Principal,
  to: Address<Command>,
  command: Command,
): Promise<void> {
  const reply = await actors.tell(to, command, { commandId: "open", origin: { kind: "client", principal } });
  if (reply.kind !== "rejected" || reply.code !== "already_opened") requireDone(reply);
}

/** What was found under the key is not what is wanted now. */
export function keyReused(what: string): ProblemError {
  return problem("idempotency_key_reused", `This key has opened another ${what}; choose a new key.`);
}
