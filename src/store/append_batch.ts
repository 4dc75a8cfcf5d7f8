/** Turns a batch of turn records into the columns that the append statement takes. */
import type { TurnRecord } from "../actors/ports.ts";
import { kindOf } from "../domain/address.ts";

/** A message must be part of an event: it is named by the event's number. */
export class MessageWithoutEventError extends Error {
  override readonly name = "MessageWithoutEventError";
}

/** The batch would leave a gap or a repeat in an actor's numbers; nothing of it was stored. */
export class SequenceError extends Error {
  override readonly name = "SequenceError";
}

type Cell = string | number | null;

/** Rows gathered column by column, since `unnest` takes one array a column. */
class Columns {
  readonly arrays: Cell[][];

  constructor(width: number) {
    this.arrays = Array.from({ length: width }, () => []);
  }

  add(...cells: readonly Cell[]): void {
    cells.forEach((cell, i) => this.arrays[i]?.push(cell));
  }
}

/** What the records of one actor under one epoch come to; it commits whole or is fenced whole. */
interface Group {
  readonly actor: string;
  readonly epoch: number;
  /** Number of the first event, or null while there is none. */
  firstSeq: number | null;
  nextSeq: number | null;
  readonly records: TurnRecord[];
}

export interface AppendBatch {
  /** Group of each record, in the order given; groups are numbered from 1, sorted by actor. */
  readonly groupOfRecord: readonly number[];
  /** Arguments of the append statement. */
  readonly values: readonly (readonly Cell[])[];
}

const jsonOf = (value: unknown): string => JSON.stringify(value ?? null);

/**
 * Folds the records of an actor (the last change of a timer or a listing wins) and lays them out as columns.
 * Throws {@link SequenceError} for a gap inside the batch and {@link MessageWithoutEventError}.
 */
export function layOut(records: readonly TurnRecord[]): AppendBatch {
  const groups = groupsOf(records);
  const number = new Map(groups.map((group, i) => [keyOf(group), i + 1]));
  const heads = new Columns(4), events = new Columns(10), messages = new Columns(6);
  const timers = new Columns(5), cleared = new Columns(3), listings = new Columns(7);
  groups.forEach((group, i) => {
    const place = i + 1;
    heads.add(place, group.actor, group.epoch, group.firstSeq);
    for (const record of group.records) {
      addEvents(events, place, record);
      addMessages(messages, place, record);
    }
    addTimers(timers, cleared, place, group);
    addListing(listings, place, group);
  });
  return {
    groupOfRecord: records.map((record) => number.get(keyOf(record)) ?? 0),
    values: [heads, events, messages, timers, cleared, listings].flatMap(({ arrays }) => arrays),
  };
}

function keyOf({ actor, epoch }: { readonly actor: string; readonly epoch: number }): string {
  return `${actor} ${epoch}`;
}

/** Sorted by actor: every node locks owner rows in the same order, so appends never deadlock. */
function groupsOf(records: readonly TurnRecord[]): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const record of records) {
    const key = keyOf(record);
    const { actor, epoch, firstSeq, events, messages } = record;
    const group = groups.get(key) ?? { actor, epoch, firstSeq: null, nextSeq: null, records: [] };
    groups.set(key, group);
    group.records.push(record);
    if (events.length === 0) {
      if (messages.length > 0) throw new MessageWithoutEventError(`${actor}: a message in a turn without an event`);
      continue;
    }
    if (group.nextSeq !== null && group.nextSeq !== firstSeq) {
      throw new SequenceError(`${actor}: first event is number ${firstSeq}, expected ${group.nextSeq}`);
    }
    group.firstSeq ??= firstSeq;
    group.nextSeq = firstSeq + events.length;
  }
  return [...groups.values()].sort((a, b) => a.actor < b.actor ? -1 : a.actor > b.actor ? 1 : a.epoch - b.epoch);
}

function addEvents(columns: Columns, place: number, record: TurnRecord): void {
  const { actor, epoch, firstSeq, atMs, events, commandId } = record;
  const last = events.length - 1;
  events.forEach(({ type, version, body }, i) => {
    const ending = i === last ? [commandId, jsonOf(record.reply)] : [null, null];
    columns.add(place, actor, firstSeq + i, epoch, atMs, type, version, jsonOf(body), ...ending);
  });
}

function addMessages(columns: Columns, place: number, { actor, firstSeq, events, messages }: TurnRecord): void {
  const seq = firstSeq + events.length - 1;
  messages.forEach(({ to, command }, index) => columns.add(place, actor, seq, index, to, jsonOf(command)));
}

function addTimers(set: Columns, cleared: Columns, place: number, { actor, records }: Group): void {
  const latest = new Map<string, { readonly dueMs: number; readonly command: unknown } | null>();
  for (const { timersSet, timersCleared } of records) {
    for (const name of timersCleared) latest.set(name, null);
    for (const { name, dueMs, command } of timersSet) latest.set(name, { dueMs, command });
  }
  for (const [name, timer] of latest) {
    if (timer === null) cleared.add(place, actor, name);
    else set.add(place, actor, name, timer.dueMs, jsonOf(timer.command));
  }
}

function addListing(columns: Columns, place: number, { actor, records }: Group): void {
  const record = records.findLast(({ listing }) => listing !== null);
  if (!record?.listing) return;
  const { ownerId, status, body } = record.listing;
  columns.add(place, actor, ownerId, kindOf(record.actor), status, jsonOf(body), record.atMs);
}
