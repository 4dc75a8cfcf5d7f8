/** Looking up what lessons ask, for many at once. */
import assert from "node:assert/strict";
import type { AskedStudent } from "../../src/domain/curriculum/asked_item.ts";
import { AskedItems } from "../../src/effects/asked_items.ts";

function asking(userId: string, itemId: string): AskedStudent {
  return { userId, courseId: "small", itemId, prompt: itemId };
}

interface Look {
  readonly userIds: readonly string[];
  readonly answer: PromiseWithResolvers<readonly AskedStudent[]>;
}

Deno.test("[J19] [B3] one look at a time, begun after it was asked for; each is told of their own, in the order they came", async () => {
  const looks: Look[] = [];
  const begun = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const items = new AskedItems((userIds) => {
    const answer = Promise.withResolvers<readonly AskedStudent[]>();
    looks.push({ userIds, answer });
    begun[looks.length - 1]?.resolve();
    return answer.promise;
  }, () => 0);
  const told: string[] = [];
  const ask = async (name: string, userIds: readonly string[]) => {
    const found = await items.of(userIds);
    told.push(`${name}: ${found.map(({ itemId }) => itemId)}`);
  };
  const first = [ask("ada", ["ada"]), ask("room", ["ada", "ben"])];
  await begun[0]?.promise;
  const later = [ask("ben", ["ben"]), ask("cat", ["cat"])];
  assert.deepEqual(looks.map(({ userIds }) => userIds), [["ada", "ben"]], "the later two wait for a look of their own");
  looks[0]?.answer.resolve([asking("ada", "i1"), asking("ben", "i2")]);
  await Promise.all(first);
  await begun[1]?.promise;
  looks[1]?.answer.resolve([asking("ben", "i3")]);
  await Promise.all(later);
  assert.deepEqual(looks.map(({ userIds }) => userIds), [["ada", "ben"], ["ben", "cat"]]);
  assert.deepEqual(told, ["ada: i1", "room: i1,i2", "ben: i3", "cat: "]);
});

Deno.test("[J19] a look that fails is told to those who asked, and the next one is made", async () => {
  let fails = true;
  const items = new AskedItems(
    () => fails ? Promise.reject(new Deno.errors.TimedOut("away")) : Promise.resolve([]),
    () => 0,
  );
  await assert.rejects(items.of(["ada"]), /away/);
  fails = false;
  assert.deepEqual(await items.of(["ada"]), []);
  assert.deepEqual(await items.of([]), []);
});

/** Each look is answered with one item a person, named after how many looks there have been. */
function counted(nowMs: () => number) {
  const looks: (readonly string[])[] = [];
  const items = new AskedItems((userIds) => {
    looks.push(userIds);
    return Promise.resolve(userIds.map((userId) => asking(userId, `${userId} ${looks.length}`)));
  }, nowMs);
  const of = async (...userIds: string[]) => (await items.of(userIds)).map(({ itemId }) => itemId);
  return { items, looks, of };
}

Deno.test("[J19] what was read serves until a lesson or a roster changes; then all who were asked about are read at once", async () => {
  const { items, looks, of } = counted(() => 0);
  assert.deepEqual([await of("ada"), await of("ben"), await of("ada", "ben")], [["ada 1"], ["ben 2"], [
    "ada 1",
    "ben 2",
  ]]);
  items.forget();
  assert.deepEqual([await of("ben"), await of("ada")], [["ben 3"], ["ada 3"]]);
  assert.deepEqual(looks, [["ada"], ["ben"], ["ada", "ben"]]);
});

Deno.test("[J19] what was read is used no longer than ten seconds, and read anew before where somebody asks on", async () => {
  let nowMs = 0;
  const { looks, of } = counted(() => nowMs);
  await of("ada");
  nowMs = 10_001;
  assert.deepEqual(await of("ada"), ["ada 2"]);
  nowMs += 5_001;
  assert.deepEqual(await of("ada"), ["ada 2"], "it serves while it is read anew");
  assert.deepEqual(await of("ben"), ["ben 4"]);
  assert.deepEqual(await of("ada"), ["ada 3"]);
  nowMs += 60_001;
  await of("cat");
  nowMs += 5_001;
  await of("cat");
  await of("dan");
  assert.deepEqual(looks.slice(-2), [["cat"], ["dan"]], "who is asked about no more is read no more");
});

Deno.test("[J19] what is read while something changes is told to those who asked, and forgotten", async () => {
  const answer = Promise.withResolvers<readonly AskedStudent[]>();
  const begun = Promise.withResolvers<void>();
  let looks = 0;
  const items = new AskedItems(() => {
    looks += 1;
    begun.resolve();
    return looks === 1 ? answer.promise : Promise.resolve([asking("ada", "new")]);
  }, () => 0);
  const first = items.of(["ada"]);
  await begun.promise;
  items.forget();
  const second = items.of(["ada"]);
  answer.resolve([asking("ada", "old")]);
  assert.deepEqual([await first, await second].map(([one]) => one?.itemId), ["old", "new"]);
});
