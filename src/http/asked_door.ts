/** The actors as learners reach them: a command that would be told a key goes with what lessons ask its sender (J19). */
import type { Reply } from "../actors/envelope.ts";
import { type ActorId, type Address, kindOf } from "../domain/address.ts";
import type { AskedItem, AskedOf } from "../domain/curriculum/asked_item.ts";
import type { Origin } from "../domain/decision.ts";
import { learnerAddress } from "../domain/learner/messages.ts";
import { session } from "../domain/session/aggregate.ts";
import type { ActorDoor } from "./actor_door.ts";
import type { EdgeLog } from "./edge_log.ts";

const LEARNER = kindOf(learnerAddress("any"));
/** Of a session, what tells nothing of its item; all else goes the same way, so that it stays in order. */
const UNASKED: ReadonlySet<string> = new Set(["observe_emotion", "attention"]);
const RETRY_MS = 1_000;
const UNREAD: Reply = {
  kind: "refused",
  code: "append_failed",
  message: "what lessons ask now could not be read; send it again",
  retryAfterMs: RETRY_MS,
};

function typeOf(command: unknown): string {
  const isTyped = typeof command === "object" && command !== null && "type" in command;
  return isTyped && typeof command.type === "string" ? command.type : "";
}

function mayBeTold(to: ActorId, command: unknown): boolean {
  const kind = kindOf(to);
  if (kind === LEARNER) return typeOf(command) === "submit_quest";
  return kind === session.kind && !UNASKED.has(typeOf(command));
}

export class AskedDoor implements ActorDoor {
  readonly read: ActorDoor["read"];
  readonly watch: ActorDoor["watch"];
  readonly unwatch: ActorDoor["unwatch"];

  constructor(
    private readonly inner: ActorDoor,
    private readonly askedOf: AskedOf,
    private readonly log: EdgeLog,
  ) {
    this.read = (actor, principal) => inner.read(actor, principal);
    this.watch = (actor, principal, resume, watcher) => inner.watch(actor, principal, resume, watcher);
    this.unwatch = (actor, watcher) => inner.unwatch(actor, watcher);
  }

  async tell<C>(
    to: Address<C>,
    command: C,
    from: { readonly commandId: string; readonly origin: Origin },
  ): Promise<Reply> {
    const { commandId, origin } = from;
    if (origin.kind !== "client" || !mayBeTold(to, command)) return await this.inner.tell(to, command, from);
    const asked = await this.#asked(origin.principal.userId);
    if (asked === null) return UNREAD;
    const known = asked.length === 0 ? origin : { ...origin, asked };
    return await this.inner.tell(to, command, { commandId, origin: known });
  }

  async #asked(userId: string): Promise<readonly AskedItem[] | null> {
    try {
      return await this.askedOf([userId]);
    } catch (error) {
      this.log.write("error", "what lessons ask could not be read", { reason: String(error) });
      return null;
    }
  }
}
