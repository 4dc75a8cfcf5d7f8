/** What an actor remembers of commands. */
import assert from "node:assert/strict";
import { RECENT_SENDERS_MAX } from "../../src/actors/limits.ts";
import { outboxCommandId, RecentCommands } from "../../src/actors/recent_commands.ts";
import { addressOf } from "../../src/domain/address.ts";

Deno.test("[X1 B3] the newest ids are remembered with their answers, the oldest forgotten", () => {
  const recent = new RecentCommands(3);
  for (const n of [1, 2, 3, 4]) recent.done(`c${n}`, n, { n });
  assert.equal(recent.find("c1"), null);
  assert.deepEqual(recent.find("c2"), { seq: 2, reply: { n: 2 } });
  assert.deepEqual(recent.find("c4"), { seq: 4, reply: { n: 4 } });
});

Deno.test("[X1] a stream of noted commands displaces no committed one", () => {
  const recent = new RecentCommands(3);
  recent.done("answer", 1, "right");
  const origin = { kind: "client", principal: { userId: "u", role: "student" } } as const;
  for (let n = 0; n < 50; n++) recent.noted(`n${n}`, origin, 1, n);
  assert.deepEqual(recent.find("answer"), { seq: 1, reply: "right" });
  assert.deepEqual(recent.find("n49"), { seq: 1, reply: 49 });
  assert.equal(recent.find("n3"), null);
});

Deno.test("[X2 X3] of each sender the last message is remembered, and all before it count as applied", () => {
  const recent = new RecentCommands(3);
  recent.done(outboxCommandId("a/1", 4, 1), 10, null);
  const known = (seq: number, index: number) => recent.find(outboxCommandId("a/1", seq, index)) !== null;
  assert.deepEqual([known(3, 9), known(4, 0), known(4, 1), known(4, 2), known(5, 0)], [true, true, true, false, false]);
  assert.equal(recent.find(outboxCommandId("a/2", 1, 0)), null);
});

Deno.test("[X2] a message from another actor is remembered also when it was only noted", () => {
  const recent = new RecentCommands(3);
  const origin = { kind: "actor", sender: addressOf("a", "1"), seq: 4 } as const;
  recent.noted(outboxCommandId("a/1", 4, 0), origin, 7, "seen");
  assert.notEqual(recent.find(outboxCommandId("a/1", 4, 0)), null);
  assert.equal(recent.find(outboxCommandId("a/1", 4, 1)), null);
});

Deno.test("[X2 B3] senders have a bound of their own: as many as commands fit many times over are all known", () => {
  const recent = new RecentCommands(256);
  for (let n = 0; n < RECENT_SENDERS_MAX; n++) recent.done(outboxCommandId(`a/${n}`, 1, 0), n, null);
  for (let n = 0; n < 1_000; n++) recent.done(`c${n}`, n, null);
  for (let n = 0; n < RECENT_SENDERS_MAX; n++) assert.notEqual(recent.find(outboxCommandId(`a/${n}`, 1, 0)), null);
  recent.done(outboxCommandId("a/one-more", 1, 0), 1, null);
  assert.equal(recent.find(outboxCommandId("a/0", 1, 0)), null);
  assert.equal(recent.size, 256 + RECENT_SENDERS_MAX);
});

Deno.test("[S4 X1] the memory survives a snapshot", () => {
  const recent = new RecentCommands(8);
  recent.done("c1", 1, { ok: true });
  recent.done(outboxCommandId("a/1", 4, 1), 2, null);
  const restored = new RecentCommands(8);
  restored.restore(JSON.parse(JSON.stringify(recent.store())));
  assert.deepEqual(restored.store(), recent.store());
  assert.deepEqual(restored.find("c1"), { seq: 1, reply: { ok: true } });
});
