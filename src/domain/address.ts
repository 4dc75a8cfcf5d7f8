/** Names of actors: which kind, which one, and which commands it understands. */

declare const actorIdBrand: unique symbol;

/** `kind/key`, such as `session/0199…`; also the name of the channel that carries the actor's events. */
export type ActorId = string & { readonly [actorIdBrand]: true };

/** An actor's name that remembers, for the compiler only, the commands the actor takes. */
export type Address<Command> = ActorId & { readonly commands?: (command: Command) => void };

const ACTOR_ID = /^[a-z]{1,16}\/[A-Za-z0-9_.-]{1,64}$/;

export class BadActorIdError extends Error {
  override readonly name = "BadActorIdError";
}

/** Builds an address. Throws {@link BadActorIdError} unless kind and key fit `kind/key` (letters, digits, `_`, `.`, `-`). */
export function addressOf<Command>(kind: string, key: string): Address<Command> {
  const id = `${kind}/${key}`;
  if (!ACTOR_ID.test(id)) throw new BadActorIdError(`not an actor's name: ${id}`);
  return id as Address<Command>;
}

/** Reads an actor id from text that came from outside; null when it is none. */
export function parseActorId(text: string): ActorId | null {
  return ACTOR_ID.test(text) ? text as ActorId : null;
}

export function kindOf(id: ActorId): string {
  return id.slice(0, id.indexOf("/"));
}

export function keyOf(id: ActorId): string {
  return id.slice(id.indexOf("/") + 1);
}
