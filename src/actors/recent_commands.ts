/** What an actor remembers of commands it has done, so that a repeat gets the first answer and changes nothing. */
import type { Origin } from "../domain/decision.ts";
import type { Json } from "../domain/json.ts";
import { RECENT_SENDERS_MAX } from "./limits.ts";
import type { StoredEvent } from "./ports.ts";

/** The answer a command got, and the number of the last event once it was done. */
export interface DoneCommand {
  readonly seq: number;
  readonly reply: Json;
}

/** The memory as a snapshot keeps it, oldest first. */
export interface StoredMemory {
  readonly commands: readonly (readonly [id: string, seq: number, reply: Json])[];
  /** Last message applied of each sender: its event number and its place there. */
  readonly senders: readonly (readonly [sender: string, seq: number, index: number])[];
}

interface OutboxId {
  readonly sender: string;
  readonly seq: number;
  readonly index: number;
}

/** The command id under which message `index` of the sender's event `seq` is delivered. */
export function outboxCommandId(sender: string, seq: number, index: number): string {
  return `out:${sender}:${seq}:${index}`;
}

function parseOutboxId(commandId: string): OutboxId | null {
  if (!commandId.startsWith("out:")) return null;
  const [, sender, seq, index] = commandId.split(":");
  if (sender === undefined || seq === undefined || index === undefined) return null;
  return { sender, seq: Number(seq), index: Number(index) };
}

function needsNoMemory(commandId: string): boolean {
  return commandId.startsWith("effect:") || commandId.startsWith("timer:");
}

/** Adds at the end; over `max`, the oldest goes. */
function remember<V>(memory: Map<string, V>, key: string, value: V, max: number): void {
  memory.delete(key);
  memory.set(key, value);
  if (memory.size <= max) return;
  for (const oldest of memory.keys()) {
    memory.delete(oldest);
    return;
  }
}

export class RecentCommands {
  readonly #max: number;
  /** Made when first used. */
  #done: Map<string, DoneCommand> | null = null;
  #senders: Map<string, { seq: number; index: number }> | null = null;
  /** Commands that left no event: known to this activation only, apart so that a stream of them displaces nothing. */
  #noted: Map<string, DoneCommand> | null = null;

  /** `max`: bound of committed command ids, and of noted ones. Senders have `RECENT_SENDERS_MAX`. */
  constructor(max: number) {
    this.#max = max;
  }

  get size(): number {
    return (this.#done?.size ?? 0) + (this.#senders?.size ?? 0) + (this.#noted?.size ?? 0);
  }

  /** The first answer to this command id, or null when it is not known to be done. */
  find(commandId: string): DoneCommand | null {
    if (commandId.startsWith("out:")) return this.#findMessage(commandId);
    return this.#done?.get(commandId) ?? this.#noted?.get(commandId) ?? null;
  }

  /** Messages of one sender come in order, so whatever is not beyond the last one applied was applied (or passed over). */
  #findMessage(commandId: string): DoneCommand | null {
    const id = parseOutboxId(commandId);
    const last = id === null ? undefined : this.#senders?.get(id.sender);
    if (id === null || last === undefined) return null;
    const known = id.seq < last.seq || (id.seq === last.seq && id.index <= last.index);
    return known ? { seq: last.seq, reply: null } : null;
  }

  /**
   * Remembers a command that has committed. The runtime's own need no memory here: an effect's id is never used again,
   * and a timer that has fired is no longer armed.
   */
  done(commandId: string, seq: number, reply: Json): void {
    if (needsNoMemory(commandId)) return;
    const message = parseOutboxId(commandId);
    if (message === null) {
      remember(this.#done ??= new Map<string, DoneCommand>(), commandId, { seq, reply }, this.#max);
    } else {
      const { sender, seq: senderSeq, index } = message;
      this.#senders ??= new Map<string, { seq: number; index: number }>();
      remember(this.#senders, sender, { seq: senderSeq, index }, RECENT_SENDERS_MAX);
    }
  }

  /** Remembers a command that changed state without an event. */
  noted(commandId: string, origin: Origin, seq: number, reply: Json): void {
    if (origin.kind === "actor") this.done(commandId, seq, reply);
    else if (!needsNoMemory(commandId)) {
      remember(this.#noted ??= new Map<string, DoneCommand>(), commandId, { seq, reply }, this.#max);
    }
  }

  /** Remembers what a journal row says was done. */
  replay(event: StoredEvent): void {
    if (event.commandId !== null) this.done(event.commandId, event.seq, event.reply);
  }

  store(): StoredMemory {
    const commands: [string, number, Json][] = [];
    for (const [id, { seq, reply }] of this.#done ?? []) commands.push([id, seq, reply]);
    const senders: [string, number, number][] = [];
    for (const [sender, { seq, index }] of this.#senders ?? []) senders.push([sender, seq, index]);
    return { commands, senders };
  }

  restore(memory: StoredMemory): void {
    for (const [id, seq, reply] of memory.commands) this.done(id, seq, reply);
    for (const [sender, seq, index] of memory.senders) this.done(outboxCommandId(sender, seq, index), 0, null);
  }
}
