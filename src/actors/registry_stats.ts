/** What a node's registry holds at one moment, for operators. */
import { kindOf } from "../domain/address.ts";
import type { Resident } from "./activation_host.ts";
import type { Phase } from "./phase.ts";

/** Those in memory, counted. */
export interface Census {
  readonly actors: Readonly<Record<Phase, number>>;
  readonly actorsByKind: Readonly<Record<string, number>>;
  readonly watchers: number;
  /** Commands waiting in all mailboxes, and in the fullest. */
  readonly mailboxDepth: number;
  readonly mailboxDepthMax: number;
}

export interface RegistryStats extends Census {
  readonly commitsWaiting: number;
  readonly recoveriesWaiting: number;
  readonly timersInMemory: number;
  readonly messagesInMemory: number;
  readonly estimatedBytes: number;
  readonly restarts: number;
  readonly deadLetters: number;
  readonly leaseLive: boolean;
  readonly draining: boolean;
}

const PHASES_AT_ZERO: Readonly<Record<Phase, number>> = {
  asleep: 0,
  recovering: 0,
  active: 0,
  settling: 0,
  resting: 0,
  stalled: 0,
  retiring: 0,
  stopped: 0,
};

/** Counts the actors in memory. */
export function censusOf(residents: Iterable<Resident>): Census {
  const actors: Record<Phase, number> = { ...PHASES_AT_ZERO };
  const actorsByKind: Record<string, number> = {};
  let watchers = 0, mailboxDepth = 0, mailboxDepthMax = 0;
  for (const resident of residents) {
    const kind = kindOf(resident.id);
    actors[resident.phase]++;
    actorsByKind[kind] = (actorsByKind[kind] ?? 0) + 1;
    watchers += resident.watchers;
    mailboxDepth += resident.mailboxSize;
    mailboxDepthMax = Math.max(mailboxDepthMax, resident.mailboxSize);
  }
  return { actors, actorsByKind, watchers, mailboxDepth, mailboxDepthMax };
}
