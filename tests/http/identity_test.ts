/** Ids, passwords and the account cache on their own. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { ActiveUsers } from "../../src/http/active_users.ts";
import { uuidFromText, uuidV7 } from "../../src/http/identifiers.ts";
import { nativeBcrypt, Passwords } from "../../src/http/passwords.ts";
import type { User } from "../../src/http/ports.ts";
import { ProblemError } from "../../src/http/problem.ts";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-([78])[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const randomBytes = (count: number) => crypto.getRandomValues(new Uint8Array(count));

Deno.test("[X1] uuidV7 sorts by its millisecond; uuidFromText gives one text one id", async () => {
  const instant = fc.integer({ min: 0, max: 2 ** 48 - 1 });
  fc.assert(fc.property(instant, instant, (a, b) => {
    const [first, second] = [uuidV7(a, randomBytes), uuidV7(b, randomBytes)];
    assert.equal(first.match(UUID)?.[1], "7");
    assert.equal(parseInt(first.replaceAll("-", "").slice(0, 12), 16), a);
    if (a !== b) assert.equal(first < second, a < b);
  }));
  const [one, again, other] = await Promise.all(["a", "a", "b"].map(uuidFromText));
  assert.equal(one?.match(UUID)?.[1], "8");
  assert.equal(one, again);
  assert.notEqual(one, other);
});

Deno.test("[A5] a password matches its own hash alone, never by its first 72 bytes", async () => {
  const passwords = await Passwords.open(nativeBcrypt, 4, "unguessable");
  const long = "ä".repeat(36);
  const hash = await passwords.hash(long);
  assert.match(hash, /^\$2[aby]\$04\$/);
  assert.ok(await passwords.matches(long, hash));
  assert.ok(!(await passwords.matches(`${long}x`, hash)));
  assert.ok(!(await passwords.matches("unguessable", null)));
});

Deno.test("[B3] beyond the compares a node can carry at once, a login is told to come back", async () => {
  const gate = Promise.withResolvers<boolean>();
  const slow = { hash: nativeBcrypt.hash, verify: () => gate.promise };
  const passwords = await Passwords.open(slow, 4, "unguessable");
  const waiting = Array.from({ length: 64 }, () => passwords.matches("x", "y"));
  await assert.rejects(
    passwords.matches("x", "y"),
    (error) => error instanceof ProblemError && error.problem.status === 503 && error.problem.retryAfterMs !== null,
  );
  const right = true;
  gate.resolve(right);
  await Promise.all(waiting);
  assert.ok(await passwords.matches("x", "y"));
});

Deno.test("[A3] an account's change is seen at once here, even by a read that was under way, and soon from elsewhere", async () => {
  let isActive = true;
  let reads = 0;
  let nowMs = 0;
  const gates: PromiseWithResolvers<void>[] = [];
  const byId = async (id: string): Promise<User> => {
    reads += 1;
    const seen = isActive;
    const gate = Promise.withResolvers<void>();
    gates.push(gate);
    await gate.promise;
    return {
      id,
      username: id,
      email: `${id}@x.example`,
      role: "student",
      createdAtMs: 0,
      isActive: seen,
      tokensValidFromMs: 0,
    };
  };
  const openGates = () => gates.splice(0).forEach((gate) => gate.resolve());
  const cache = new ActiveUsers({ byId }, { nowMs: () => nowMs });
  const before = [cache.byId("ada"), cache.byId("ada")];
  isActive = false;
  cache.invalidate("ada");
  const after = cache.byId("ada");
  openGates();
  assert.deepEqual((await Promise.all(before)).map((user) => user?.isActive), [true, true]);
  assert.ok(!(await after)?.isActive);
  assert.ok(!(await cache.byId("ada"))?.isActive);
  assert.equal(reads, 2);
  isActive = true;
  nowMs += 5_000;
  const later = cache.byId("ada");
  openGates();
  assert.ok((await later)?.isActive);
});

Deno.test("[A3] a failed read of an account is not remembered", async () => {
  let failing = true;
  const user: User = {
    id: "a",
    username: "a",
    email: "a@x.example",
    role: "student",
    createdAtMs: 0,
    isActive: true,
    tokensValidFromMs: 0,
  };
  const byId = () => failing ? Promise.reject(new RangeError("database away")) : Promise.resolve(user);
  const cache = new ActiveUsers({ byId }, { nowMs: () => 0 });
  await assert.rejects(cache.byId("a"), RangeError);
  failing = false;
  assert.equal((await cache.byId("a"))?.id, "a");
});
