/** A command on its way to one actor's turn, with the way back for its answer. */
import type { Priority } from "../domain/aggregate.ts";
import type { Origin } from "../domain/decision.ts";
import type { Reply, RuntimeRefusal } from "./envelope.ts";

/** A command as it arrives, before its kind has claimed it. */
export interface Incoming {
  readonly commandId: string;
  readonly origin: Origin;
  readonly command: unknown;
  /** Called once. */
  resolve(reply: Reply): void;
}

/** A command in its actor's mailbox. */
export interface Delivery<C, X> {
  readonly commandId: string;
  readonly origin: Origin;
  readonly command: C;
  readonly priority: Priority;
  /** The effect whose result this is. */
  readonly effect: X | null;
  /** Called once. */
  resolve(reply: Reply): void;
}

const OWN_ID = /^(?:out|timer|effect):/;

/** Whether only the runtime itself may use this command id. */
export function isRuntimeCommandId(commandId: string): boolean {
  return OWN_ID.test(commandId);
}

export type Refused = Extract<Reply, { kind: "refused" }>;

/** The runtime's own "not now": the same command id may be sent again after `retryAfterMs`. */
export function refusal(code: RuntimeRefusal, message: string, retryAfterMs: number): Refused {
  return { kind: "refused", code, message, retryAfterMs };
}
