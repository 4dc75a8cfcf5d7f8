/** What clients ask for: commands to accounts, counters and fuses, mixed by chance. */
import type { ActorId, Address } from "../../src/domain/address.ts";
import { addressOf, kindOf } from "../../src/domain/address.ts";
import type { AccountCommand } from "./actors/account.ts";
import type { CounterCommand } from "./actors/counter.ts";
import type { FuseCommand } from "./actors/fuse.ts";
import type { SeededChance } from "./seeded_chance.ts";

export interface Errand {
  readonly to: ActorId;
  readonly commandId: string;
  readonly command: AccountCommand | CounterCommand | FuseCommand;
  /** `durable`: leaves a turn in the journal. `poison`: may be set aside. `hopeless`: can never be done. */
  readonly nature: "durable" | "fleeting" | "poison" | "hopeless";
}

export interface Stage {
  readonly accounts: readonly [Address<AccountCommand>, ...Address<AccountCommand>[]];
  readonly counters: readonly [Address<CounterCommand>, ...Address<CounterCommand>[]];
  readonly fuses: readonly [Address<FuseCommand>, ...Address<FuseCommand>[]];
}

/** Its journal begins with events of the first schema version. */
export const OLD_COUNTER = addressOf<CounterCommand>("counter", "old");
/** Its journal holds an event of a version that nobody here has written yet. */
export const FUTURE_COUNTER = addressOf<CounterCommand>("counter", "future");

export function stageOf(actors: number): Stage {
  const many = <Command>(kind: string): readonly [Address<Command>, ...Address<Command>[]] => {
    const rest = Array.from({ length: Math.floor(actors / 3) }, (_, i) => addressOf<Command>(kind, `${i + 1}`));
    return [addressOf<Command>(kind, "0"), ...rest];
  };
  const [first, ...rest] = many<CounterCommand>("counter");
  return {
    accounts: many<AccountCommand>("account"),
    counters: [first, OLD_COUNTER, ...rest],
    fuses: many<FuseCommand>("fuse"),
  };
}

function forCounter(chance: SeededChance): CounterCommand {
  const type = chance.weigh([
    ["add", 8],
    ["arm", 3],
    ["ask", 3],
    ["note", 2],
    ["flash", 1],
    ["disarm", 1],
    ["refuse", 1],
    ["arm_dud", 1],
  ]);
  switch (type) {
    case "add":
      return { type, amount: chance.whole(1, 9) };
    case "arm":
      return {
        type,
        name: chance.pick(["tea", "egg"]),
        delayMs: chance.whole(0, 3000),
        repeats: chance.pick([0, 0, 2]),
      };
    case "arm_dud":
      return { type, delayMs: chance.whole(0, 2000) };
    case "disarm":
      return { type, name: chance.pick(["tea", "egg"]) };
    case "ask":
    case "note":
    case "flash":
    case "refuse":
      return { type };
  }
}

function forAccount(chance: SeededChance, stage: Stage): AccountCommand {
  const type = chance.weigh([["transfer", 6], ["split", 2], ["open", 1], ["light", 2]]);
  if (type === "open") return { type, amount: 100 };
  if (type === "light") {
    return { type, fuse: chance.pick(stage.fuses), command: chance.weigh([["relay", 3], ["boom", 1]]) };
  }
  const receiver = chance.pick(stage.accounts);
  const to = type === "transfer" ? [receiver] : [receiver, chance.pick(stage.accounts), receiver];
  return { type: "transfer", to, amount: chance.whole(1, 30) };
}

function forFuse(chance: SeededChance): FuseCommand {
  const type = chance.weigh([["burn", 6], ["spark", 2], ["boom", 1]]);
  return type === "boom" ? { type, from: null, ordinal: 0 } : { type };
}

function natureOf({ type }: Errand["command"]): Errand["nature"] {
  if (type === "boom" || type === "spark") return "poison";
  return type === "note" || type === "flash" ? "fleeting" : "durable";
}

/** `count` errands of one client, which begins by opening the accounts it meets. */
export function errandsOf(client: number, count: number, stage: Stage, chance: SeededChance): Errand[] {
  return Array.from({ length: count }, (_, i): Errand => {
    const commandId = `c${client}-${i}`;
    if (chance.hit(0.004)) {
      return { to: FUTURE_COUNTER, commandId, command: { type: "add", amount: 1 }, nature: "hopeless" };
    }
    // Half of the traffic goes to the first actor of its kind: contention is where order breaks.
    const favourite = chance.hit(0.5);
    const kind = chance.weigh([["accounts", 5], ["counters", 5], ["fuses", 2]]);
    const targets: readonly [ActorId, ...ActorId[]] = stage[kind];
    const to = favourite ? targets[0] : chance.pick(targets);
    const command = kindOf(to) === "account"
      ? (i < 2 ? { type: "open" as const, amount: 100 } : forAccount(chance, stage))
      : kindOf(to) === "counter"
      ? forCounter(chance)
      : forFuse(chance);
    return { to, commandId, command, nature: natureOf(command) };
  });
}
