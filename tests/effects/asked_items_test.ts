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
  });
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
  const items = new AskedItems(() => fails ? Promise.reject(new Deno.errors.TimedOut("away")) : Promise.resolve([]));
  await assert.rejects(items.of(["ada"]), /away/);
  fails = false;
  assert.deepEqual(await items.of(["ada"]), []);
  assert.deepEqual(await items.of([]), []);
});
