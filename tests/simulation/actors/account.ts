/** A ledger account: money moves to other accounts through the outbox, and none may appear or vanish. */
import type { ActorId, Address } from "../../../src/domain/address.ts";
import type { Aggregate } from "../../../src/domain/aggregate.ts";
import { accept, type Decision, type Message, reject, tell, type TurnContext } from "../../../src/domain/decision.ts";
import { type Based, digestAfter, firstVersion, NOTHING_SEEN, type Seen } from "./digest.ts";
import type { FuseCommand } from "./fuse.ts";

export type AccountCommand =
  | { readonly type: "open"; readonly amount: number }
  | { readonly type: "transfer"; readonly to: readonly Address<AccountCommand>[]; readonly amount: number }
  | { readonly type: "receive"; readonly from: ActorId; readonly ordinal: number; readonly amount: number }
  | { readonly type: "light"; readonly fuse: Address<FuseCommand>; readonly command: "relay" | "boom" };

export type AccountEvent =
  & Based
  & (
    | { readonly type: "opened"; readonly amount: number }
    | {
      readonly type: "sent";
      readonly amount: number;
      readonly parts: readonly { readonly to: ActorId; readonly ordinal: number }[];
    }
    | { readonly type: "received"; readonly from: ActorId; readonly ordinal: number; readonly amount: number }
    | { readonly type: "lit"; readonly fuse: ActorId; readonly ordinal: number }
  );

export interface AccountState extends Seen {
  readonly isOpen: boolean;
  readonly balance: number;
  /** How many messages went to each actor so far; the receiver must meet them as 1, 2, 3… */
  readonly sentTo: { readonly [to: string]: number };
}

type AccountDecision = Decision<AccountState, AccountEvent, never>;

function transfer(
  state: AccountState,
  command: Extract<AccountCommand, { type: "transfer" }>,
  self: ActorId,
): AccountDecision {
  const { to, amount } = command;
  if (amount * to.length > state.balance) {
    return reject("insufficient", "Send less.", { balance: state.balance });
  }
  const sentTo = { ...state.sentTo };
  const parts: { to: ActorId; ordinal: number }[] = [];
  const messages: Message[] = [];
  for (const receiver of to) {
    const ordinal = (sentTo[receiver] ?? 0) + 1;
    sentTo[receiver] = ordinal;
    parts.push({ to: receiver, ordinal });
    messages.push(tell(receiver, { type: "receive", from: self, ordinal, amount }));
  }
  const left = state.balance - amount * to.length;
  return accept([{ type: "sent", amount, parts, before: state.digest }], { reply: { left }, messages });
}

function decide(state: AccountState, command: AccountCommand, context: TurnContext): AccountDecision {
  const before = state.digest;
  if (command.type === "open") {
    if (state.isOpen) return reject("already_open", "It is open.");
    return accept([{ type: "opened", amount: command.amount, before }], { reply: { balance: command.amount } });
  }
  if (command.type === "receive") {
    const { from, ordinal, amount } = command;
    return accept([{ type: "received", from, ordinal, amount, before }]);
  }
  if (!state.isOpen) return reject("not_open", "Open it first.");
  if (command.type === "transfer") return transfer(state, command, context.actor);
  const { fuse } = command;
  const ordinal = (state.sentTo[fuse] ?? 0) + 1;
  const message = tell(fuse, { type: command.command, from: context.actor, ordinal });
  return accept([{ type: "lit", fuse, ordinal, before }], { reply: { ordinal }, messages: [message] });
}

function evolve(state: AccountState, event: AccountEvent, { seq }: { seq: number }): AccountState {
  const seen = { seq, digest: digestAfter(state.digest, event, seq) };
  switch (event.type) {
    case "opened":
      return { ...state, ...seen, isOpen: true, balance: state.balance + event.amount };
    case "received":
      return { ...state, ...seen, balance: state.balance + event.amount };
    case "lit":
      return { ...state, ...seen, sentTo: { ...state.sentTo, [event.fuse]: event.ordinal } };
    case "sent": {
      const sentTo = { ...state.sentTo };
      for (const { to, ordinal } of event.parts) sentTo[to] = ordinal;
      return { ...state, ...seen, sentTo, balance: state.balance - event.amount * event.parts.length };
    }
  }
}

export const ACCOUNT: Aggregate<AccountState, AccountCommand, AccountEvent, never> = {
  kind: "account",
  schemaVersion: 1,
  initial: () => ({ ...NOTHING_SEEN, isOpen: false, balance: 0, sentTo: {} }),
  decide,
  evolve,
  upcastState: (version, stored) => firstVersion<AccountState>(version, stored),
  upcastEvent: (version, _type, stored) => firstVersion<AccountEvent>(version, stored),
  priorityOf: (command) => command.type === "receive" ? "event" : "graded",
  pendingEffects: () => [],
  effectFailed: (effect) => effect,
  audienceOf: (state, { role }) => state.isOpen && role !== "student" ? "staff" : null,
  view: ({ seq, digest, balance }) => ({ seq, digest, balance }),
  project: (event) => ({ type: `account_${event.type}`, data: { before: event.before } }),
  listing: () => null,
};
