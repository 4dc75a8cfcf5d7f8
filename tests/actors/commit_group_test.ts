/** Group commit by itself: limits, order and the isolation of a turn that the store cannot take. */
import assert from "node:assert/strict";
import { CommitGroup, type CommitOwner, type CommitTicket } from "../../src/actors/commit_group.ts";
import { DEFAULT_RUNTIME_LIMITS, type RuntimeLimits } from "../../src/actors/limits.ts";
import type { TurnRecord } from "../../src/actors/ports.ts";
import { addressOf } from "../../src/domain/address.ts";
import { Stage, StoreFaultError } from "./stage.ts";

const recordOf = (key: string, firstSeq: number, text = ""): TurnRecord => ({
  actor: addressOf("test", key),
  epoch: 1,
  firstSeq,
  atMs: 0,
  events: [{ type: "said", version: 1, body: text }],
  commandId: `${key}${firstSeq}`,
  reply: null,
  messages: [],
  timersSet: [],
  timersCleared: [],
  listing: null,
});

/** A group on a journal that refuses batches with a record of actor "bad". */
function groupOf(limits: Partial<RuntimeLimits>) {
  const stage = new Stage();
  const batches: string[][] = [];
  const group = new CommitGroup({
    journal: {
      append: (records) => {
        batches.push(records.map(({ commandId }) => commandId));
        const bad = records.some(({ actor }) => actor === "test/bad");
        if (bad) return Promise.reject(new StoreFaultError("cannot be stored"));
        return Promise.resolve(records.map(() => "committed" as const));
      },
      read: () => Promise.resolve([]),
    },
    clock: stage.clock,
    meter: stage.meter,
    limits: { ...DEFAULT_RUNTIME_LIMITS, ...limits },
  });
  return { stage, group, batches };
}

class Owner implements CommitOwner {
  readonly tickets: CommitTicket[] = [];
  readonly doubts: string[] = [];
  woken = 0;

  submit(group: CommitGroup, record: TurnRecord): CommitTicket {
    const ticket: CommitTicket = { owner: this, status: "waiting" };
    this.tickets.push(ticket);
    group.submit(record, ticket);
    return ticket;
  }

  committed(): void {}

  commitDoubted(reason: string): void {
    this.doubts.push(reason);
    for (const ticket of this.tickets) if (ticket.status === "waiting") ticket.status = "cancelled";
  }

  wake(): void {
    this.woken++;
  }
}

Deno.test("[B3] a batch holds commitBatchTurnsMax turns and commitBatchBytesMax bytes at most, in order", async () => {
  const { stage, group, batches } = groupOf({ commitBatchTurnsMax: 3, commitBatchBytesMax: 20_000 });
  const owner = new Owner();
  for (let n = 1; n <= 4; n++) owner.submit(group, recordOf("a", n));
  for (let n = 5; n <= 7; n++) owner.submit(group, recordOf("a", n, "x".repeat(6_000)));
  await stage.pass(1);
  assert.deepEqual(batches, [["a1", "a2", "a3"], ["a4", "a5"], ["a6"], ["a7"]]);
  assert.ok(owner.tickets.every(({ status }) => status === "committed"));
});

Deno.test("[S1] once a turn does not fit a batch none after it goes in, however small", async () => {
  const { stage, group, batches } = groupOf({ commitBatchBytesMax: 20_000 });
  const owner = new Owner();
  const sizes = [10, 6_000, 6_000, 10, 10];
  sizes.forEach((size, i) => owner.submit(group, recordOf("a", i + 1, "x".repeat(size))));
  await stage.pass(1);
  assert.deepEqual(batches.flat(), ["a1", "a2", "a3", "a4", "a5"]);
  assert.ok(batches.length > 1);
});

Deno.test("[B1 B3] a full queue has no room, and tells those it turned away when there is", async () => {
  const { stage, group } = groupOf({ commitQueueTurnsMax: 2 });
  const [owner, starved] = [new Owner(), new Owner()];
  for (const n of [1, 2]) owner.submit(group, recordOf("a", n));
  assert.equal(group.hasRoom(starved) ? "room" : "full", "full");
  await stage.pass(1);
  assert.equal(starved.woken, 1);
});

Deno.test("[S3] a turn that its actor gave up is not appended", async () => {
  const { stage, group, batches } = groupOf({});
  const owner = new Owner();
  owner.submit(group, recordOf("a", 1)).status = "cancelled";
  owner.submit(group, recordOf("b", 1));
  await stage.pass(1);
  assert.deepEqual(batches, [["b1"]]);
});

Deno.test("[S3] a turn that the store cannot take soon fails alone", async () => {
  const { stage, group } = groupOf({});
  const owners = new Map(["bad", ...Array.from({ length: 63 }, (_, i) => `g${i}`)].map((key) => [key, new Owner()]));
  for (let round = 1; round <= 12; round++) {
    for (const [key, owner] of owners) owner.submit(group, recordOf(key, round));
    await stage.pass(1);
  }
  for (const [key, { doubts, tickets }] of owners) {
    if (key === "bad") assert.equal(doubts.length, 12);
    else {
      assert.ok(doubts.length <= 7, `${key} failed ${doubts.length} times`);
      assert.equal(tickets.at(-1)?.status, "committed");
    }
  }
});

Deno.test("[O4 B3] an append without an answer is in doubt after storeCallMsMax", async () => {
  const stage = new Stage();
  const group = new CommitGroup({
    journal: { append: () => new Promise(() => {}), read: () => Promise.resolve([]) },
    clock: stage.clock,
    meter: stage.meter,
    limits: { ...DEFAULT_RUNTIME_LIMITS, storeCallMsMax: 500 },
  });
  const owner = new Owner();
  owner.submit(group, recordOf("a", 1));
  await stage.pass(0);
  await stage.pass(499);
  assert.deepEqual(owner.doubts, []);
  await stage.pass(1);
  await stage.pass(0);
  assert.deepEqual(owner.doubts, ["StoreTimeoutError: no answer in 500 ms"]);
});
